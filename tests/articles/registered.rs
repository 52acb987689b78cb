//! What stands in the departments' registers: an item, a target, an inspector, a guide.

use crate::desk::{code, day, kept};
use yicha::actor::Role;
use yicha::register::guide::{GuideCommand, LawChange};
use yicha::register::inspector::{InspectorChange, InspectorCommand};
use yicha::register::item::{ItemChange, ItemCommand};
use yicha::register::target::{TargetChange, TargetCommand, TargetRegistered};
use yicha::register::*;

/// Everybody who may keep a register for a department.
pub(crate) const KEEPERS: [Role; 3] = [Role::Officer, Role::DepartmentHead, Role::Platform];

pub(crate) fn law(title: &str) -> LegalBasis {
    LegalBasis { law: code(title), place: None }
}

/// An item fit for joint inspection, in force since 2024.
pub(crate) fn item(id: &str, department: &str) -> Item {
    Item {
        basis: vec![law("中华人民共和国消防法")],
        body: code(department),
        content: kept("检查内容"),
        department: code(department),
        from: day("2024-05-01"),
        id: code(id),
        joint: true,
        kind: ItemKind::General,
        methods: [Method::OnSite].into(),
        qualifications: [].into(),
        until: None,
    }
}

pub(crate) fn set(item: Item) -> ItemCommand {
    ItemCommand::Change(ItemChange::Set(item))
}

/// An enterprise that is not classified.
pub(crate) fn target(id: &str) -> Target {
    Target {
        class: None,
        division: Some(code("411302")),
        ended: None,
        id: code(id),
        industry: Some(code("6210")),
        kind: TargetKind::Enterprise,
        labels: [].into(),
    }
}

pub(crate) fn register_target(department: &str, target: Target) -> TargetCommand {
    let registered = TargetRegistered { department: code(department), target };
    TargetCommand::Change(TargetChange::Registered(registered))
}

/// Enforcement staff with a certificate until the end of 2027.
pub(crate) fn inspector(id: &str, department: &str) -> Inspector {
    Inspector {
        categories: [code("fire")].into(),
        certificate: Some(Certificate { number: kept(id), until: day("2027-12-31") }),
        department: code(department),
        divisions: [code("411302")].into(),
        ended: None,
        expertise: [].into(),
        id: code(id),
        level: Level::County,
        staff: Staff::Enforcement,
    }
}

pub(crate) fn register_inspector(inspector: Inspector) -> InspectorCommand {
    InspectorCommand::Change(InspectorChange::Registered(inspector))
}

/// The first version of an item's guide, in force since 2024.
pub(crate) fn guide(item: &str, department: &str) -> Guide {
    Guide {
        department: code(department),
        from: day("2024-05-01"),
        item: code(item),
        laws: vec![law("中华人民共和国消防法")],
        methods: [Method::OnSite].into(),
        points: kept("项目"),
        procedure: kept("程序"),
    }
}

pub(crate) fn issue_guide(guide: Guide) -> GuideCommand {
    GuideCommand::Issue(guide)
}

pub(crate) fn law_changed(title: &str, document: &str) -> GuideCommand {
    GuideCommand::MarkLaw(LawChange { document: code(document), law: code(title) })
}
