//! 第二十四条 立卷归档: each department's dossier of an inspection, in which nothing is missing and nothing altered.

use crate::desk::{Desk, FIRE, HEALTH, MARKET, code, day, kept};
use crate::inspected::{self, Field};
use crate::planned::{FIRE_SAFETY, FOOD};
use yicha::actor::Role;
use yicha::archive::*;
use yicha::citation::Basis::Article;
use yicha::hash::Digest;
use yicha::inspection::{
    AttemptKind, Background, Confirmation, Consulted, Ground, InspectionCommand, Notice,
    NoticeForm, Prepared, Recorded, Recording, RecordingMedia, Revised,
};
use yicha::result::InspectionResult::*;

fn open(dossier: &str, department: &str) -> DossierCommand {
    let opened = Opened { department: code(department), inspection: inspected::id() };
    DossierCommand::Open { dossier: code(dossier), opened }
}

fn file(dossier: &str, documents: &[Digest]) -> DossierCommand {
    let document =
        |&recorded: &Digest| Document { found: recorded, medium: Medium::Text, recorded };
    let documents = documents.iter().map(document).collect();
    DossierCommand::File { dossier: code(dossier), filed: Filed { documents } }
}

fn close(dossier: &str, retention: Retention) -> DossierCommand {
    let closed = Closed { place: code("区档案室"), retention };
    DossierCommand::Close { closed, dossier: code(dossier) }
}

/// A completed inspection, with a preparation of the fire department and a notice to the target.
fn finished() -> Field {
    let mut field = inspected::opened();
    let consulted = vec![Consulted { digest: kept("消防许可"), kind: Background::Permit }];
    let prepared = Prepared { consulted, department: code(FIRE) };
    field.desk.by(Role::Officer, FIRE);
    field.desk.takes(InspectionCommand::Prepare { inspection: inspected::id(), prepared });
    let notice =
        Notice { form: NoticeForm::Written, text: kept("检查通知"), visit: day("2026-05-06") };
    field.desk.by(Role::Officer, MARKET);
    field.desk.takes(InspectionCommand::Notify { inspection: inspected::id(), notice });
    let team = field.team();
    field.at("2026-05-06", MARKET, 0).takes(inspected::visit(team));
    let food = Recorded { record: kept("食品记录"), ..inspected::found(FOOD, Failed) };
    field.desk.takes(inspected::record(food));
    let fire = Recorded { record: kept("消防记录"), ..inspected::found(FIRE_SAFETY, Passed) };
    field.at("2026-05-06", FIRE, 0).takes(inspected::record(fire));
    let right =
        Recorded { record: kept("消防记录二"), ..inspected::found(FIRE_SAFETY, Failed) };
    let revised = Revised { reason: kept("笔误"), recorded: right };
    field.desk.takes(InspectionCommand::Revise { inspection: inspected::id(), revised });
    field.at("2026-05-06", MARKET, 0);
    field
}

/// The target refuses to sign, a witness attests it, and the inspection is completed.
fn confirmed(mut field: Field) -> Desk {
    let recording = |text, media| Recording { digest: kept(text), media };
    let refused = Confirmation::Refused {
        attestation: Some(kept("见证")),
        note: kept("拒签注明"),
        recordings: vec![
            recording("录音", RecordingMedia::Audio),
            recording("录像", RecordingMedia::Video),
        ],
    };
    field.desk.takes(inspected::confirm(refused, &[FOOD, FIRE_SAFETY]));
    field.desk.takes(inspected::complete());
    field.desk
}

const OF_FIRE: [&str; 4] = ["消防许可", "消防记录", "笔误", "消防记录二"];
const OF_MARKET: [&str; 6] = ["食品记录", "检查通知", "见证", "拒签注明", "录音", "录像"];

#[test]
fn each_department_of_the_team_opens_one_dossier_of_an_inspection() {
    let mut desk = confirmed(finished());
    desk.by(Role::Officer, HEALTH);
    desk.refuses("inspection-department-not-coming", Article(20), open("A-1", HEALTH));
    desk.refuses("not-entitled-department", Article(24), open("A-1", FIRE));
    desk.by(Role::Inspector, FIRE).refuses("not-entitled-role", Article(24), open("A-1", FIRE));
    desk.by(Role::Officer, FIRE).takes(open("A-1", FIRE));
    desk.refuses("case-exists", Article(4), open("A-1", FIRE));
    desk.refuses("dossier-opened-already", Article(24), open("A-2", FIRE));
    desk.refuses("case-unknown", Article(4), file("A-9", &[kept("消防许可")]));
    desk.by(Role::Officer, MARKET).takes(open("A-2", MARKET));
}

#[test]
fn a_dossier_is_closed_when_everything_that_the_inspection_has_left_is_in_it() {
    for (department, documents) in [(FIRE, &OF_FIRE[..]), (MARKET, &OF_MARKET)] {
        let mut desk = confirmed(finished());
        desk.by(Role::Officer, department).takes(open("A-1", department));
        let kept_until = |text| close("A-1", Retention::Until(day(text)));
        for document in documents {
            let refused = kept_until("2036-12-31");
            desk.refuses("dossier-document-missing", Article(24), refused);
            desk.takes(file("A-1", &[kept(document)]));
        }
        desk.refuses("dossier-retention-over", Article(24), kept_until("2026-05-06"));
        desk.takes(kept_until("2026-05-07"));
        let again = close("A-1", Retention::Permanent);
        desk.refuses("dossier-already-closed", Article(24), again);
        // What comes in later is filed behind.
        desk.on("2026-06-01").takes(file("A-1", &[kept("复议决定")]));
        assert_eq!(desk.world.dossiers["A-1"].documents.len(), documents.len() + 1);
    }
}

#[test]
fn evidence_and_what_else_stands_for_a_signature_belong_to_the_dossier() {
    let mut field = finished();
    let ground = Ground::SeriouslyUncooperative;
    let evidence = inspected::evidence(ground, AttemptKind::Other, "2026-05-06");
    field.desk.takes(inspected::collect(evidence));
    let gone = Confirmation::Unavailable { note: kept("无人") };
    field.desk.takes(inspected::confirm(gone, &[FOOD, FIRE_SAFETY]));
    field.desk.takes(inspected::complete());
    let mut desk = field.desk;
    desk.by(Role::Officer, MARKET).takes(open("A-1", MARKET));
    let closing = || close("A-1", Retention::Permanent);
    for missing in ["食品记录", "检查通知", "照片", "无人"].map(kept) {
        let filed = ["食品记录", "检查通知", "照片", "无人"].map(kept);
        let filed: Vec<_> = filed.into_iter().filter(|document| *document != missing).collect();
        let mut desk = desk.clone();
        desk.takes(file("A-1", &filed));
        desk.refuses("dossier-document-missing", Article(24), closing());
        desk.takes(file("A-1", &[missing]));
        desk.takes(closing());
    }
}

#[test]
fn documents_are_filed_once_and_as_they_were() {
    let mut desk = confirmed(finished());
    desk.by(Role::Officer, FIRE).takes(open("A-1", FIRE));
    desk.refuses("dossier-nothing-filed", Article(24), file("A-1", &[]));
    let record = kept("消防记录");
    let altered = Document { found: kept("改过"), medium: Medium::Text, recorded: record };
    let filed = Filed { documents: vec![altered] };
    let altered = DossierCommand::File { dossier: code("A-1"), filed };
    desk.refuses("dossier-document-altered", Article(24), altered);
    desk.refuses("dossier-document-twice", Article(24), file("A-1", &[record, record]));
    desk.by(Role::Officer, MARKET);
    desk.refuses("not-entitled-department", Article(24), file("A-1", &[record]));
    desk.by(Role::DepartmentHead, FIRE).takes(file("A-1", &[record]));
    desk.refuses("dossier-document-twice", Article(24), file("A-1", &[record]));
}

#[test]
fn an_inspection_is_over_before_its_dossiers_are_closed() {
    let mut field = finished();
    field.desk.by(Role::Officer, FIRE).takes(open("A-1", FIRE));
    field.desk.takes(file("A-1", &OF_FIRE.map(kept)));
    let permanent = || close("A-1", Retention::Permanent);
    field.desk.refuses("dossier-inspection-open", Article(24), permanent());
    field.desk.by(Role::Officer, MARKET);
    field.desk.refuses("not-entitled-department", Article(24), permanent());
    let mut desk = confirmed(field);
    desk.by(Role::Officer, FIRE).takes(permanent());
    assert!(desk.world.dossiers["A-1"].closed.is_some());
}
