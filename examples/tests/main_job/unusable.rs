//! What cannot be used is told whole and leaves everything as it was; what was there before is kept.

use super::office::{CATERING, copy_registers, data, files, options, secrets, work};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use yicha::explain::Lang;
use yicha_examples::job::JobError;
use yicha_examples::register::{Encoding, Registers};

fn program(registers: &Path, out: &Path, more: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_joint_inspection"));
    program.arg("--registers").arg(registers).arg("--out").arg(out).args(more).output().unwrap()
}

#[test]
fn an_earlier_folder_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let options = options(CATERING, &out);
    work(&options, &mut secrets(1)).unwrap();
    let first = files(&out);
    let (_, said) = work(&options, &mut secrets(2)).unwrap();
    let second = files(&out);
    assert_ne!(first["public/list.txt"], second["public/list.txt"]);
    assert!(said.contains(&format!("原有结果已移至 {}.1", out.display())), "{said}");
    work(&options, &mut secrets(3)).unwrap();
    assert!(files(&folder.path().join("out.1")) == first);
    assert!(files(&folder.path().join("out.2")) == second);
}

#[test]
fn a_run_that_stops_leaves_the_folder_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    work(&options(CATERING, &out), &mut secrets(1)).unwrap();
    let before = files(folder.path());
    let mut unknown = options("渔业", &out);
    let error = work(&unknown, &mut secrets(2)).err().unwrap();
    assert_eq!(error.exit_code(), 2);
    assert!(error.message(Lang::Zh).contains("年度计划中没有行业“渔业”；有：餐饮服务、"));
    unknown = options(CATERING, &out);
    unknown.date = Some("2026-12-01".parse().unwrap());
    let error = work(&unknown, &mut secrets(2)).err().unwrap();
    assert_eq!(error.exit_code(), 1, "a refusal: {error}");
    assert!(error.to_string().ends_with("art. 17)"), "{error}");
    assert!(
        files(folder.path()) == before,
        "the registers are sound, so nothing is written of them either"
    );
}

#[test]
fn all_faults_are_told_at_once_when_the_registers_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let done = program(&data("district_dirty"), &out, &[]);
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.starts_with("以下名录文件不能导入：targets.csv\n"), "{said}");
    let import = Registers::load(&data("district_dirty"), &options("", "".as_ref()).import);
    for fault in &import.faults {
        assert!(said.contains(&fault.in_words(Lang::Zh)), "{fault:?}");
    }
    let table = folder.path().join("out.faults.csv");
    assert!(said.contains(&table.display().to_string()));
    let rows = csv::Reader::from_path(table).unwrap().into_records().count();
    assert_eq!(rows, import.faults.len());
    assert!(!out.exists());
}

#[test]
fn the_same_registers_can_be_used_for_what_is_sound_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let gb18030 = ["--encoding", "targets.csv=gb18030", "--industry"];
    let done = program(&data("district_dirty"), &out, &[&gb18030[..], &["校外培训机构"]].concat());
    assert_eq!(done.status.code(), Some(0));
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("拒绝71处，警告16处，未导入71行"), "{said}");
    let rows = csv::Reader::from_path(out.join("internal/faults.csv")).unwrap().into_records();
    assert!(rows.count() >= 71 + 16);
    // The plan's row of this industry is among those set aside.
    let done = program(&data("district_dirty"), &out, &[&gb18030[..], &[CATERING]].concat());
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        said.contains("年度计划中没有行业“餐饮服务”") && said.contains("plan_2026.csv第2行"),
        "{said}"
    );
}

#[test]
fn a_register_that_is_missing_stops_the_run_and_so_does_one_that_is_spoilt() {
    let folder = tempfile::tempdir().unwrap();
    let registers = folder.path().join("registers");
    fs::create_dir(&registers).unwrap();
    copy_registers(&registers);
    let out = folder.path().join("out");
    let mut options = options(CATERING, &out);
    options.registers = registers.clone();
    work(&options, &mut secrets(1)).unwrap();
    fs::remove_dir_all(&out).unwrap();

    // Nobody would be recused if an unreadable file were taken for an empty one.
    fs::write(registers.join("recusals.csv"), "人员代码,原因\n").unwrap();
    fs::remove_file(registers.join("items.csv")).unwrap();
    fs::remove_file(registers.join("plan_2026.csv")).unwrap();
    let error = work(&options, &mut secrets(1)).err().unwrap();
    assert_eq!(error.exit_code(), 2);
    let said = error.to_string();
    assert!(said.starts_with(
        "these registers cannot be imported: items.csv, recusals.csv, plan_2026.csv\n"
    ));
    assert!(said.contains("items.csv refused") && said.contains("plan_2026.csv refused"), "{said}");
    assert!(said.contains("recusals.csv line 1 检查对象代码 refused"), "{said}");
    let JobError::Registers { faults, .. } = &error else { panic!("{error}") };
    assert_eq!(faults.iter().filter(|f| f.code == "unreadable").count(), 2);
    assert!(!out.exists());
}

#[test]
fn an_encoding_is_named_and_not_guessed() {
    let mut import = options("", "".as_ref()).import;
    assert!(import.set_encoding("big5").is_err());
    assert!(import.set_encoding("others.csv=gb18030").is_err());
    assert!(import.set_encoding("targets.csv=gb18030").is_ok());
    assert_eq!(
        import.encodings.into_iter().collect::<Vec<_>>(),
        [("targets.csv".into(), Encoding::Gb18030)]
    );
}
