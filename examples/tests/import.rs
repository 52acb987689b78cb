//! The dirty registers against the list of their faults, and the clean ones.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use yicha_examples::register::{Encoding, Import, Level, Options, Registers, write_csv};

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder)
}

fn options() -> Options {
    Options {
        exported: "2026-04-01".parse().unwrap(),
        district: "411302".into(),
        encoding: Encoding::Utf8,
        encodings: BTreeMap::new(),
    }
}

fn gb18030_targets() -> Options {
    let encodings = BTreeMap::from([("targets.csv".to_owned(), Encoding::Gb18030)]);
    Options { encodings, ..options() }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

type Place = (String, usize, String, String, String);

/// What `faults.csv` lists, without what is right though it looks odd.
fn listed() -> Vec<Place> {
    let mut reader = csv::Reader::from_path(data("district_dirty").join("faults.csv")).unwrap();
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[5] != "接受");
    let place = |row: csv::StringRecord| {
        (row[0].into(), row[1].parse().unwrap(), row[2].into(), row[3].into(), row[5].into())
    };
    let mut places: Vec<Place> = rows.map(place).collect();
    places.sort();
    places
}

fn found(import: &Import) -> Vec<Place> {
    let place = |f: &yicha_examples::register::Fault| {
        let level = f.level.label(yicha::explain::Lang::Zh);
        (f.file.clone(), f.line, f.column.clone(), f.code.to_owned(), level.to_owned())
    };
    let mut places: Vec<Place> = import.faults.iter().map(place).collect();
    places.sort();
    places
}

/// The differences, so that a failure names them and not two long lists.
fn compare(found: &[Place], listed: &[Place]) {
    let missed: Vec<_> = listed.iter().filter(|p| !found.contains(p)).collect();
    let extra: Vec<_> = found.iter().filter(|p| !listed.contains(p)).collect();
    assert!(missed.is_empty() && extra.is_empty(), "missed {missed:#?}\nextra {extra:#?}");
    assert_eq!(found.len(), listed.len(), "something was reported twice");
}

#[test]
fn every_listed_fault_is_found_and_no_other() {
    let import = Registers::load(&data("district_dirty"), &gb18030_targets());
    let listed: Vec<_> = listed().into_iter().filter(|p| p.3 != "encoding-gb18030").collect();
    assert!(listed.len() > 80);
    compare(&found(&import), &listed);
}

#[test]
fn a_file_in_another_encoding_is_refused_until_it_is_named() {
    let import = Registers::load(&data("district_dirty"), &options());
    let mut listed = listed();
    listed.retain(|p| p.0 != "targets.csv" && p.3 != "unknown-target" || p.3 == "encoding-gb18030");
    compare(&found(&import), &listed);
    assert!(import.registers.targets.is_empty());
    let named = Registers::load(&data("district_dirty"), &gb18030_targets());
    assert!(named.registers.targets.len() > 500);
}

#[test]
fn the_same_records_in_utf_8_have_the_same_faults() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("district_dirty"), folder.path());
    let utf8 = folder.path().join("targets_utf8.csv");
    std::fs::rename(utf8, folder.path().join("targets.csv")).unwrap();
    let import = Registers::load(folder.path(), &options());
    let named = Registers::load(&data("district_dirty"), &gb18030_targets());
    compare(&found(&import), &found(&named));
    assert_eq!(import.registers, named.registers);
}

#[test]
fn what_looks_odd_and_is_right_is_imported_as_it_stands() {
    let import = Registers::load(&data("district_dirty"), &gb18030_targets());
    let registers = import.registers;
    assert!(registers.targets.iter().any(|t| t.name.contains('𠮷')));
    assert!(registers.targets.iter().any(|t| t.address.contains('"')));
    assert!(registers.targets.iter().any(|t| t.address.contains('\n')));
    assert!(registers.targets.iter().any(|t| t.name.ends_with('\u{3000}')));
    assert!(registers.plan.iter().any(|p| p.remark.contains('\n')));
    assert!(registers.recusals.iter().all(|r| !r.reason.ends_with('\r')));
}

#[test]
fn every_record_is_either_imported_or_set_aside() {
    let import = Registers::load(&data("district_dirty"), &gb18030_targets());
    let aside = |file: &str| import.set_aside.iter().filter(|s| s.file == file).count();
    let records = |file: &str| {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_path(data("district_dirty").join(file))
            .unwrap();
        reader.byte_records().count()
    };
    assert_eq!(import.registers.targets.len() + aside("targets.csv"), records("targets_utf8.csv"));
    assert_eq!(import.registers.items.len() + aside("items.csv"), records("items.csv"));
    assert_eq!(import.registers.plan.len() + aside("plan_2026.csv"), records("plan_2026.csv"));
    assert_eq!(
        import.registers.inspectors.len() + aside("inspectors.csv"),
        records("inspectors.csv")
    );
    let refused = import.faults.iter().filter(|f| f.level == Level::Refused).count();
    assert_eq!(import.set_aside.len(), refused, "one refusal a row in these files");
    let spoiled = import.set_aside.iter().find(|s| s.file == "recusals.csv" && s.line == 27);
    assert!(spoiled.unwrap().fields[2].contains("\\x"), "what is not text is kept as escapes");
}

#[test]
fn the_clean_registers_are_whole() {
    let import = Registers::load(&data("district"), &options());
    let codes: Vec<_> = import.faults.iter().map(|f| f.code).collect();
    // The README of the registers says so: four certificates ended before the export.
    assert_eq!(codes, ["expired"; 4]);
    assert!(import.set_aside.is_empty());
    let r = import.registers;
    let counts = [
        r.departments.len(),
        r.items.len(),
        r.industries.len(),
        r.targets.len(),
        r.inspectors.len(),
        r.recusals.len(),
        r.plan.len(),
        r.codes.len(),
    ];
    assert_eq!(counts, [15, 67, 14, 12_000, 265, 120, 14, 144]);
    let halves = r.plan.iter().flat_map(|p| p.rates).filter(|(_, rate)| rate.get() == 250);
    assert_eq!(halves.count(), 1, "2.5% is 250 basis points");
}

#[test]
fn faults_are_written_so_that_a_spreadsheet_opens_them() {
    let import = Registers::load(&data("district_dirty"), &gb18030_targets());
    let mut file = Vec::new();
    write_csv(&import.faults, &mut file).unwrap();
    let text = String::from_utf8(file).unwrap();
    assert!(text.starts_with("\u{feff}文件,行号,列,"));
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap);
    assert_eq!(rows.count(), import.faults.len());
    assert!(text.contains("宛区双随机办〔2026〕3号第13条"), "the article where one applies");
}

#[test]
fn a_missing_file_and_a_missing_column_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let import = Registers::load(folder.path(), &options());
    let places: Vec<_> = import.faults.iter().map(|f| (&*f.file, f.line, f.code)).collect();
    assert_eq!(places.len(), 8, "every file, not only the first: {places:?}");
    assert!(places.contains(&("recusals.csv", 0, "unreadable")));
    assert_eq!(import.not_imported.len(), 8);
    copy(&data("district"), folder.path());
    std::fs::write(folder.path().join("recusals.csv"), "人员代码,原因\n1,x\n").unwrap();
    let import = Registers::load(folder.path(), &options());
    let fault = import.faults.iter().find(|f| f.code == "missing-column").unwrap();
    assert_eq!((&*fault.file, fault.line, &*fault.column), ("recusals.csv", 1, "检查对象代码"));
    assert_eq!(fault.level, Level::Refused);
    assert_eq!(import.not_imported, ["recusals.csv"]);
}

#[test]
fn an_empty_file_is_not_an_empty_register() {
    let folder = tempfile::tempdir().unwrap();
    let header = std::fs::read_to_string(data("district").join("recusals.csv")).unwrap();
    let header = header.lines().next().unwrap();
    for (text, not_imported) in [("", &["recusals.csv"][..]), (header, &[])] {
        copy(&data("district"), folder.path());
        std::fs::write(folder.path().join("recusals.csv"), text).unwrap();
        let import = Registers::load(folder.path(), &options());
        assert_eq!(import.not_imported, not_imported, "{text:?}");
        assert!(import.registers.recusals.is_empty());
    }
}
