//! The strict text file: each thing that a writer of the specification would not have written is refused at its line,
//! and the nearest thing that it would have written is read.
#![allow(clippy::unwrap_used, missing_docs)]

use yicha::code::TargetId;
use yicha::draw::text::{FileError, FileFault, Reader, Writer};
use yicha::explain::{Explain, Lang, Said};
use yicha_tests::speaks_both_languages;

const TITLE: &str = "yicha-test/1";

/// The first fault of a file of the title and rows of two fields.
fn read(bytes: &[u8]) -> Result<Vec<[String; 2]>, FileError> {
    let mut reader = Reader::new(bytes, Some(TITLE))?;
    let mut rows = Vec::new();
    while let Some(row) = reader.row::<2>()? {
        rows.push(row.map(str::to_owned));
    }
    reader.end()?;
    Ok(rows)
}

fn refused(bytes: &[u8]) -> (usize, FileFault) {
    let FileError { line, fault } = read(bytes).unwrap_err();
    (line, fault)
}

#[test]
fn fields_are_between_tabs_and_lines_before_line_feeds() {
    let rows = read("yicha-test/1\na\tb\n名称\t\u{feff} \u{3000}\n\t\n".as_bytes()).unwrap();
    assert_eq!(rows, [["a", "b"], ["名称", "\u{feff} \u{3000}"], ["", ""]]);
    assert_eq!(read(b"yicha-test/1\n"), Ok(Vec::new()));
}

#[test]
fn the_first_byte_that_is_not_utf_8_is_told_by_line_and_place() {
    for (bytes, line, byte) in [
        (&b"\xff"[..], 1, 1),
        (b"yicha-test/1\na\tb\xff\n", 2, 4),
        (b"yicha-test/1\na\tb\n\xe5\x90", 3, 1),
        ("yicha-test/1\n名".as_bytes().split_last().unwrap().1, 2, 1),
        (b"yicha-test/1\n\xe5\x90\x8d\xe5\n", 2, 4),
        (b"\0\n\n\xff", 3, 1),
    ] {
        assert_eq!(refused(bytes), (line, FileFault::NotUtf8 { byte }), "{bytes:?}");
    }
}

#[test]
fn no_control_character_but_tab_and_line_feed_stands_anywhere() {
    let lawful = (' '..='~').chain(['\t', '\u{a0}', '\u{200b}', '界']);
    for c in lawful {
        let mut reader = Reader::new(&format!("{c}\n").into_bytes(), None).map(|_| ());
        assert_eq!(reader, Ok(()), "{c:?}");
        reader = Reader::new(&format!("x\n{c}\n").into_bytes(), None).map(|_| ());
        assert_eq!(reader, Ok(()), "{c:?}");
    }
    for found in ['\0', '\u{1}', '\u{b}', '\r', '\u{1f}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}'] {
        for (text, line) in [(format!("{found}a\n"), 1), (format!("x\na\t{found}\n"), 2)] {
            let error = Reader::new(text.as_bytes(), None).err();
            assert_eq!(error, Some(FileError { line, fault: FileFault::Control { found } }));
        }
    }
}

#[test]
fn a_byte_order_mark_is_refused_where_one_would_stand() {
    let found = '\u{feff}';
    assert_eq!(refused("\u{feff}yicha-test/1\n".as_bytes()), (1, FileFault::Control { found }));
    assert!(read("yicha-test/1\n\u{feff}\tx\n".as_bytes()).is_ok());
}

#[test]
fn every_line_ends_and_none_is_empty() {
    for (text, line, fault) in [
        ("", 1, FileFault::NoFinalNewline),
        ("yicha-test/1", 1, FileFault::NoFinalNewline),
        ("yicha-test/1\na\tb", 2, FileFault::NoFinalNewline),
        ("\n", 1, FileFault::EmptyLine),
        ("\nyicha-test/1\n", 1, FileFault::EmptyLine),
        ("yicha-test/1\n\na\tb\n", 2, FileFault::EmptyLine),
        ("yicha-test/1\na\tb\n\n", 3, FileFault::EmptyLine),
    ] {
        assert_eq!(refused(text.as_bytes()), (line, fault), "{text:?}");
    }
}

#[test]
fn the_title_is_the_first_line_and_nothing_else_is() {
    for first in ["yicha-test/2", "yicha-test/1 ", "yicha-test/1\t", "yicha-test"] {
        let fault = FileFault::Expected { wanted: Said::word(TITLE), found: Some(first.into()) };
        assert_eq!(refused(format!("{first}\na\tb\n").as_bytes()), (1, fault));
    }
    let mut untitled = Reader::new(b"a\tb\n", None).unwrap();
    assert_eq!(untitled.row(), Ok(Some(["a", "b"])));
}

#[test]
fn a_row_has_its_number_of_fields() {
    let count = |found| FileFault::FieldCount { wanted: 2, found };
    assert_eq!(refused(b"yicha-test/1\na\tb\na\n"), (3, count(1)));
    assert_eq!(refused(b"yicha-test/1\na\tb\tc\n"), (2, count(3)));
    assert_eq!(refused(b"yicha-test/1\n\t\t\n"), (2, count(3)));
}

#[test]
fn a_keyed_line_has_its_key_and_its_number_of_fields() {
    let read = |text: &'static str| {
        let mut reader = Reader::new(text.as_bytes(), None)?;
        let fields = reader.fields::<1>("at")?;
        reader.end()?;
        Ok::<_, FileError>(fields)
    };
    assert_eq!(read("at\tx\n"), Ok(["x"]));
    assert_eq!(read("at\t\n"), Ok([""]), "whether a field may be empty its own type decides");
    let count = |found| FileFault::FieldCount { wanted: 2, found };
    let other =
        |found: &str| FileFault::Expected { wanted: Said::word("at"), found: Some(found.into()) };
    let wanted = Said::new("文件的结尾", "the end of the file");
    for (text, line, fault) in [
        ("at\n", 1, count(1)),
        ("at\tx\ty\n", 1, count(3)),
        ("att\tx\n", 1, other("att\tx")),
        (" at\tx\n", 1, other(" at\tx")),
        ("At\tx\n", 1, other("At\tx")),
        ("at\tx\nat\ty\n", 2, FileFault::Expected { wanted, found: Some("at\ty".into()) }),
    ] {
        assert_eq!(read(text), Err(FileError { line, fault }), "{text:?}");
    }
    let mut reader = Reader::new(b"at\tx\n", None).unwrap();
    reader.fields::<1>("at").unwrap();
    let fault = FileFault::Expected { wanted: Said::word("by"), found: None };
    assert_eq!(
        reader.fields::<1>("by"),
        Err(FileError { line: 2, fault }),
        "one past the last line"
    );
}

#[test]
fn what_comes_next_is_told_by_the_whole_first_field() {
    let mut reader = Reader::new(b"at\tx\nb\n", None).unwrap();
    assert!(reader.at("at") && !reader.at("a") && !reader.at("at\tx") && !reader.at("b"));
    assert_eq!(reader.line(), 0, "looking takes nothing");
    reader.fields::<1>("at").unwrap();
    assert!(reader.at("b") && reader.line() == 1);
    assert_eq!(reader.row(), Ok(Some(["b"])));
    assert!(!reader.at("b") && !reader.at(""));
    assert_eq!((reader.row::<1>(), reader.end()), (Ok(None), Ok(())));
}

fn any(text: &str) -> Reader<'_> {
    Reader::new(text.as_bytes(), None).unwrap()
}

#[test]
fn numbers_are_decimal_without_sign_or_leading_zeros_and_fit_64_bits() {
    let reader = any("x\n");
    for (text, number) in [("0", 0), ("7", 7), ("10", 10), ("18446744073709551615", u64::MAX)] {
        assert_eq!(reader.number(2, text), Ok(number));
    }
    for text in [
        "",
        "00",
        "01",
        "+1",
        "-1",
        "-0",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x1",
        "１",
        "18446744073709551616",
    ] {
        let FileError { fault, .. } = reader.number(2, text).unwrap_err();
        let FileFault::Field { field, found, .. } = fault else { panic!("{fault:?}") };
        assert_eq!((field, &*found), (2, text));
    }
}

#[test]
fn bytes_are_lower_case_hexadecimal_of_their_length() {
    let reader = any("x\n");
    assert_eq!(reader.hex(3, "00ff0a"), Ok([0, 255, 10]));
    assert_eq!(reader.hex(3, ""), Ok([]));
    for text in
        ["", "00ff", "00ff0", "00ff0a0b", "00FF0a", "00ff0g", " 0ff0a", "0x00ff", "００ff0a"]
    {
        let FileError { fault, .. } = reader.hex::<3>(3, text).unwrap_err();
        let FileFault::Field { field, wanted, .. } = fault else { panic!("{fault:?}") };
        assert_eq!((field, &*wanted.en), (3, "6 lower-case hexadecimal digits"));
    }
}

#[test]
fn lines_ascend_by_bytes_without_repeats() {
    let reader = any("x\n");
    for (before, found) in [("a", "b"), ("Z", "a"), ("a", "a0"), ("2", "30"), ("10", "2")] {
        assert_eq!(reader.ascending(Some(&before), &found), Ok(()));
        let fault = FileFault::Order { found: before.into(), before: found.into() };
        assert_eq!(reader.ascending(Some(&found), &before), Err(FileError { line: 0, fault }));
    }
    assert!(reader.ascending(Some(&"a"), &"a").is_err());
    assert!(reader.ascending(None, &"a").is_ok());
}

#[test]
fn a_written_file_is_read_back() {
    let mut file = Writer::new();
    file.line(&[&TITLE]).line(&[&"a", &12]).line(&[&"", &"名"]);
    let text = file.finish();
    assert_eq!(text, "yicha-test/1\na\t12\n\t名\n");
    assert_eq!(read(text.as_bytes()).unwrap(), [["a", "12"], ["", "名"]]);
}

#[test]
fn every_fault_has_its_code_and_says_in_both_languages_what_would_be_right() {
    let count = FileFault::FieldCount { wanted: 2, found: 1 };
    let mut codes = std::collections::BTreeSet::new();
    for (bytes, zh, en) in [
        (
            &b"\xff"[..],
            "第1行：本行第1个字节不是合法的UTF-8",
            "line 1: byte 1 of the line is not UTF-8",
        ),
        (b"\r\n", r"第1行：含控制字符'\r'", r"line 1: control character '\r'"),
        (
            b"x",
            "第1行：最后一行应以换行符(0x0A)结尾",
            "line 1: the last line does not end with a line feed",
        ),
        (b"\n", "第1行：空行", "line 1: empty line"),
        (
            b"x\n",
            "第1行：应为yicha-test/1，读到\"x\"",
            "line 1: yicha-test/1 should stand here, found \"x\"",
        ),
        (
            b"yicha-test/1\nx\n",
            "第2行：应有2个字段，读到1个",
            "line 2: the line should have 2 fields, it has 1",
        ),
    ] {
        let error = read(bytes).unwrap_err();
        assert_eq!((error.message(Lang::Zh), error.message(Lang::En)), (zh.into(), en.into()));
        codes.insert(error.code());
    }
    assert_eq!(codes.len(), 6);
    let error = any("x\n").fault(count);
    assert_eq!(error.to_string(), error.message(Lang::En));
    let mut reader = any("x\n");
    reader.row::<1>().unwrap();
    let ends = reader.fields::<1>("at").unwrap_err();
    assert_eq!(ends.message(Lang::Zh), "第2行：文件在此结束，应为at");
    assert_eq!(ends.message(Lang::En), "line 2: the file ends here, at should follow");
    let order = any("x\n").ascending(Some(&"b"), &"a").unwrap_err();
    assert_eq!(order.message(Lang::Zh), "第0行：\"a\"不在\"b\"之后；各行应按字节升序，不得重复");
    let number = any("x\n").number(2, "01").unwrap_err();
    assert_eq!([order.code(), number.code()], ["file-order", "file-field"]);
    let code = any("x\n").parse::<TargetId>(2, "A B").unwrap_err();
    assert_eq!(
        code.message(Lang::Zh),
        "第0行：第2个字段应为正确的写法（第2个字符为' '；代码只能含 0-9 A-Z a-z . _ # -），读到\"A B\""
    );
    for error in [order, number, code, ends] {
        speaks_both_languages(&error);
    }
}
