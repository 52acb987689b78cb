//! The registers as the office takes them: one line of JSON for each row, department by department.

use super::act::code;
use crate::job::JobError;
use crate::register::{self, Registers, StaffKind, TargetKind, TargetStatus};
use serde::Serialize;
use yicha::code::DepartmentId;
use yicha::date::Date;
use yicha::hash::Suite;
use yicha::register::{
    Certificate, Inspector, Item, ItemKind, LegalBasis, Level, Method, Staff, Target,
    TargetKind as Kind,
};

/// The items of a department's list.
pub(super) fn items(
    registers: &Registers,
    department: &DepartmentId,
    suite: Suite,
) -> Result<String, JobError> {
    let own = registers.items.iter().filter(|item| item.department == *department);
    let items: Result<Vec<_>, _> = own.map(|row| item(row, registers, suite)).collect();
    lines(items?)
}

/// The inspectors of a department.
pub(super) fn inspectors(
    registers: &Registers,
    department: &DepartmentId,
    suite: Suite,
) -> Result<String, JobError> {
    let own = registers.inspectors.iter().filter(|person| person.department == *department);
    let people: Result<Vec<_>, _> = own.map(|row| inspector(row, suite)).collect();
    lines(people?)
}

/// All targets of the district, which one department keeps.
pub(super) fn targets(registers: &Registers, exported: Date) -> Result<String, JobError> {
    let rows: Result<Vec<_>, _> =
        registers.targets.iter().map(|row| target(row, exported)).collect();
    lines(rows?)
}

fn lines(rows: Vec<impl Serialize>) -> Result<String, JobError> {
    let mut text = String::new();
    for row in rows {
        let row = serde_json::to_string(&row).map_err(|e| {
            JobError::unusable(format!("无法写成JSON：{e}"), format!("no JSON can be made: {e}"))
        })?;
        text += &row;
        text.push('\n');
    }
    Ok(text)
}

fn item(row: &register::Item, registers: &Registers, suite: Suite) -> Result<Item, JobError> {
    let kind = if row.key { ItemKind::Key } else { ItemKind::General };
    Ok(Item {
        basis: laws(row)?,
        body: body(row, registers).clone(),
        content: suite.digest(&[row.content.as_bytes()]),
        department: row.department.clone(),
        from: row.in_force,
        id: code(&row.id)?,
        joint: row.joint,
        kind,
        methods: methods(row).into_iter().collect(),
        qualifications: row.qualifications.iter().cloned().collect(),
        until: None,
    })
}

/// 检查主体: the department of that name, or the one whose item it is.
pub(super) fn body<'a>(row: &'a register::Item, registers: &'a Registers) -> &'a DepartmentId {
    let named = registers.departments.iter().find(|department| department.name == row.body);
    named.map_or(&row.department, |department| &department.id)
}

/// The methods of an item, the one by which most can be seen first.
pub(super) fn methods(row: &register::Item) -> Vec<Method> {
    let mut methods: Vec<_> = row.methods.iter().filter_map(|word| method(word)).collect();
    methods.sort_unstable();
    methods
}

fn method(word: &str) -> Option<Method> {
    Some(match word {
        "实地核查" => Method::OnSite,
        "书面检查" => Method::Written,
        "网络监测" => Method::OnlineMonitoring,
        "抽样检测" => Method::SamplingTest,
        _ => return None,
    })
}

/// `《law》place`, one or more of them with `；` between.
pub(super) fn laws(row: &register::Item) -> Result<Vec<LegalBasis>, JobError> {
    let law = |text: &str| {
        let (law, place) = match text.strip_prefix('《').and_then(|text| text.split_once('》')) {
            Some((law, place)) => (law, place),
            None => (text, ""),
        };
        let place = if place.is_empty() { None } else { Some(code(place)?) };
        Ok(LegalBasis { law: code(law)?, place })
    };
    row.basis.split('；').map(law).collect()
}

fn inspector(row: &register::Inspector, suite: Suite) -> Result<Inspector, JobError> {
    let number = row.certificate.as_ref().zip(row.valid_until);
    let certificate = number.map(|(number, until)| {
        // The code of the person stands for a salt: a number alone could be tried out.
        let number = suite.digest(&[row.id.as_str().as_bytes(), b"\n", number.as_bytes()]);
        Certificate { number, until }
    });
    let staff = match row.kind {
        StaffKind::Enforcement => Staff::Enforcement,
        StaffKind::Support | StaffKind::Expert => Staff::Support,
    };
    Ok(Inspector {
        categories: row.qualifications.iter().cloned().collect(),
        certificate,
        department: row.department.clone(),
        divisions: row.divisions.iter().map(code).collect::<Result<_, _>>()?,
        ended: None,
        expertise: [].into(),
        id: row.id.clone(),
        level: level(&row.level),
        staff,
    })
}

/// 层级.
pub(super) fn level(word: &str) -> Level {
    match word {
        "省级" => Level::Province,
        "市级" => Level::City,
        "乡级" | "乡镇级" => Level::Township,
        _ => Level::County,
    }
}

fn target(row: &register::Target, exported: Date) -> Result<Target, JobError> {
    let kind = match row.kind {
        TargetKind::Enterprise => Kind::Enterprise,
        TargetKind::IndividualBusiness => Kind::IndividualBusiness,
        TargetKind::OtherBody => Kind::OtherBody,
        TargetKind::Project => Kind::Project,
        TargetKind::Product => Kind::Product,
        TargetKind::Behaviour => Kind::Behaviour,
    };
    Ok(Target {
        class: Some(row.risk),
        division: Some(code(&row.division)?),
        // The registers do not say since when.
        ended: (row.status == TargetStatus::Deregistered).then_some(exported),
        id: row.id.clone(),
        industry: Some(code(&row.industry)?),
        kind,
        labels: [].into(),
    })
}
