//! What the public sees, in the shape of the national system and with its codes.

use crate::asked::{ask, refuses};
use crate::completed::*;
use crate::desk::{Desk, FIRE, MARKET, code, day, kept};
use crate::planned::{FIRE_SAFETY, FOOD, SCHEME};
use crate::registered::law;
use yicha::actor::Role;
use yicha::draw::announcement::FreeText;
use yicha::publication::*;
use yicha::query::{Answer, AskPublicRecord, CodeTable, NationalTask, Sheet};
use yicha::refusal::Refuse;
use yicha::result::InspectionResult::*;
use yicha::withholding::{Withheld, WithholdingCommand};

fn task(id: &str) -> NationalTask {
    NationalTask {
        kind: code("定向"),
        plan_id: code("411302202600001"),
        plan_name: code("宛城区2026年度部门联合双随机抽查计划"),
        task_id: code(id),
        task_name: code("餐饮服务联合抽查"),
    }
}

fn table() -> CodeTable {
    CodeTable {
        departments: [
            (code(MARKET), code("宛城区市场监督管理局")),
            (code(FIRE), code("宛城区消防救援大队")),
        ]
        .into(),
        inherited: [(code("2025-7"), task("2025-07"))].into(),
        items: [(code(FOOD), code("食品经营监督检查")), (code(FIRE_SAFETY), code("消防安全检查"))]
            .into(),
        results: [(Failed, code("15")), (NoProblemFound, code("1")), (Passed, code("14"))].into(),
        schemes: [(code(SCHEME), task("2026-62"))].into(),
    }
}

fn asked(on: &str, table: CodeTable) -> AskPublicRecord {
    AskPublicRecord { day: day(on), table, target: None }
}

fn sheets(desk: &Desk, on: &str) -> Vec<Sheet> {
    match ask(desk, asked(on, table())).unwrap() {
        Answer::PublicRecord(record) => record.sheets,
        other => panic!("{other:?}"),
    }
}

/// Both results of an inspection completed on 2026-04-01, the market department's published on that day, the fire
/// department's on the next.
fn both() -> Desk {
    let mut desk = published(Failed, "2026-04-01");
    desk.on("2026-04-02").by(Role::Officer, FIRE);
    desk.takes(enter(FIRE_SAFETY, NoProblemFound));
    desk.takes(publish(FIRE_SAFETY));
    desk
}

#[test]
fn each_authority_has_its_sheet_with_the_codes_of_the_table() {
    let desk = both();
    assert!(sheets(&desk, "2026-03-31").is_empty());
    let [market] = &sheets(&desk, "2026-04-01")[..] else { panic!() };
    let text = |text: &str| code::<FreeText>(text);
    assert_eq!(market.authority, text("宛城区市场监督管理局"));
    assert_eq!((&market.task, &market.target), (&task("2026-62"), &code(TARGET)));
    assert_eq!(market.date, day("2026-04-01"));
    let [line] = &market.lines[..] else { panic!() };
    assert_eq!((&line.item, &line.result), (&text("食品经营监督检查"), &text("15")));
    let [_, fire] = &sheets(&desk, "2026-04-02")[..] else { panic!() };
    // The date is that of the inspection, whenever it was published.
    assert_eq!((fire.date, fire.lines[0].published), (day("2026-04-01"), day("2026-04-02")));
    assert_eq!(fire.lines[0].result, text("1"));
}

#[test]
fn a_code_that_is_missing_is_refused_by_its_name() {
    let desk = both();
    let without = |change: fn(&mut CodeTable)| {
        let mut table = table();
        change(&mut table);
        let refusal = refuses(&desk, "national-code-missing", asked("2026-04-02", table));
        refusal.values().into_iter().map(|(_, value)| value).collect::<Vec<_>>()
    };
    assert_eq!(without(|t| _ = t.results.remove(&Failed)), ["results", "failed"]);
    assert_eq!(without(|t| _ = t.items.remove(FIRE_SAFETY)), ["items", FIRE_SAFETY]);
    assert_eq!(without(|t| _ = t.departments.remove(FIRE)), ["departments", FIRE]);
    assert_eq!(without(|t| _ = t.schemes.remove(SCHEME)), ["schemes", SCHEME]);
    // A code that nothing public needs may be missing.
    let mut table = table();
    table.results.remove(&Passed);
    table.inherited = [].into();
    ask(&desk, asked("2026-04-02", table)).unwrap();
}

#[test]
fn what_was_inherited_has_a_task_of_its_own() {
    let mut desk = Desk::new();
    let inherited = Inherited {
        department: code(MARKET),
        item: code(FOOD),
        negative: None,
        published: day("2025-11-30"),
        result: Failed,
        source: code("省级平台2025年度抽查结果"),
        target: code(TARGET),
        text: None,
    };
    desk.by(Role::Officer, MARKET);
    desk.takes(PublicationCommand::Inherit { inherited, inspection: code("2025-7") });
    assert!(sheets(&desk, "2025-11-29").is_empty());
    let [sheet] = &sheets(&desk, "2025-11-30")[..] else { panic!() };
    assert_eq!((&sheet.task, sheet.date), (&task("2025-07"), day("2025-11-30")));
    let mut table = table();
    table.inherited = [].into();
    let refusal = refuses(&desk, "national-code-missing", asked("2025-11-30", table));
    assert!(refusal.values().contains(&("list", "inherited".into())));
}

#[test]
fn what_has_stopped_or_is_withheld_is_left_out_and_what_is_corrected_is_changed() {
    let mut desk = both();
    let period = Period {
        months: 3.try_into().unwrap(),
        source: law("市场监督管理信用修复管理办法"),
        start: day("2026-04-01"),
    };
    let (inspection, item) = (code(VISIT), code(FOOD));
    desk.by(Role::Officer, MARKET);
    desk.takes(PublicationCommand::SetPeriod { inspection, item, period });
    assert_eq!([sheets(&desk, "2026-07-01").len(), sheets(&desk, "2026-07-02").len()], [2, 1]);
    let order = CorrectionOrder {
        document: Some(code("宛区市监更〔2026〕1号")),
        grounds: kept("判决"),
        reason: CorrectionReason::Judgment,
    };
    let correction =
        Correction { item: code(FOOD), negative: None, order, result: Passed, text: None };
    desk.on("2026-06-01").by(Role::DepartmentHead, MARKET);
    desk.takes(PublicationCommand::Correct { correction, inspection: code(VISIT) });
    let result = |on| sheets(&desk, on)[0].lines[0].result.to_string();
    assert_eq!([result("2026-05-31"), result("2026-06-01")], ["15", "14"]);
    assert_eq!(sheets(&desk, "2026-07-02").len(), 2);
    let withheld = Withheld {
        item: Some(code(FOOD)),
        laws: vec![law("中华人民共和国保守国家秘密法")],
        scope: kept("结果"),
        subject: yicha::inspection::case(&code(VISIT)),
    };
    desk.on("2026-08-03");
    desk.takes(WithholdingCommand::Withhold { withheld, withholding: code("B1") });
    assert_eq!([sheets(&desk, "2026-08-02").len(), sheets(&desk, "2026-08-03").len()], [2, 1]);
}

#[test]
fn a_target_is_asked_about_and_nobody_who_acted_is_named() {
    let desk = both();
    let of =
        |target| AskPublicRecord { target: Some(code(target)), ..asked("2026-04-02", table()) };
    let Answer::PublicRecord(record) = ask(&desk, of(TARGET)).unwrap() else { panic!() };
    assert_eq!(record.sheets.len(), 2);
    let Answer::PublicRecord(none) = ask(&desk, of("T2")).unwrap() else { panic!() };
    assert!(none.sheets.is_empty());
    let json = serde_json::to_string(&record).unwrap();
    for person in ["m1", "m2", "f1", "officer-1", "inspector", "class", "actor"] {
        assert!(!json.contains(person), "{person} in {json}");
    }
}
