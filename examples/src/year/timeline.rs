//! What happened when, from the entries: a line for each kind of event, a dot for each day.

use crate::job::{JobError, chart::chart};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::collections::BTreeMap;
use yicha::archive::DossierEvent;
use yicha::date::Date;
use yicha::drawing::DrawingEvent;
use yicha::event::Event;
use yicha::follow_up::{
    clue::ClueEvent, listing::ListingEvent, penalty::PenaltyEvent,
    rectification::RectificationEvent,
};
use yicha::inspection::InspectionEvent;
use yicha::ledger::Entry;
use yicha::plan::{annual::PlanEvent, call::CallEvent};
use yicha::publication::PublicationEvent;

/// A kind of event with the days on which it happened, and how often on each.
pub(super) struct Track {
    pub(super) label: &'static str,
    days: BTreeMap<Date, usize>,
}

impl Track {
    pub(super) fn count(&self) -> usize {
        self.days.values().sum()
    }

    pub(super) fn first(&self) -> String {
        self.days.keys().next().map(Date::to_string).unwrap_or_default()
    }

    pub(super) fn last(&self) -> String {
        self.days.keys().next_back().map(Date::to_string).unwrap_or_default()
    }
}

/// The kinds that occurred, in the order of a year.
pub(super) fn tracks(entries: &[Entry]) -> Vec<Track> {
    let mut tracks: BTreeMap<(usize, &'static str), BTreeMap<Date, usize>> = BTreeMap::new();
    for entry in entries {
        if let Some(kind) = kind(&entry.event) {
            *tracks.entry(kind).or_default().entry(entry.effective).or_default() += 1;
        }
    }
    tracks.into_iter().map(|((_, label), days)| Track { label, days }).collect()
}

/// The place of a kind of event in the year, and its name.
const fn kind(event: &Event) -> Option<(usize, &'static str)> {
    Some(match event {
        Event::Item(_) | Event::Target(_) | Event::Inspector(_) => (0, "名录导入"),
        Event::AnnualPlan(PlanEvent::Proposed(_)) => (1, "计划申报"),
        Event::AnnualPlan(PlanEvent::Issued(_)) => (2, "计划印发"),
        Event::Call(CallEvent::Answered(_)) => (3, "吹哨响应"),
        Event::Scheme(_) => (4, "工作方案"),
        Event::Drawing(DrawingEvent::Drawn(_)) => (5, "抽取对象"),
        Event::Drawing(DrawingEvent::Matched(_)) => (6, "匹配人员"),
        Event::Drawing(DrawingEvent::ShortageFound(_)) => (7, "人员不足"),
        Event::Inspection(InspectionEvent::Visited(_)) => (8, "到场检查"),
        Event::Inspection(InspectionEvent::Replaced(_)) => (9, "更换人员"),
        Event::Inspection(InspectionEvent::Completed) => (10, "检查完成"),
        Event::Publication(PublicationEvent::Published(_)) => (11, "结果公示"),
        Event::Publication(PublicationEvent::Corrected(_)) => (12, "依令更正"),
        Event::Rectification(RectificationEvent::Ordered(_)) => (13, "责令改正"),
        Event::Rectification(RectificationEvent::Rechecked(_)) => (14, "复查"),
        Event::Clue(ClueEvent::Transferred(_)) => (15, "线索移交"),
        Event::Clue(ClueEvent::Closed(_)) => (16, "线索办结"),
        Event::Penalty(PenaltyEvent::Penalised(_)) => (17, "行政处罚"),
        Event::Listing(ListingEvent::Listed(_)) => (18, "列入或标记"),
        Event::Listing(ListingEvent::Removed(_)) => (19, "移出"),
        Event::Publication(PublicationEvent::Ceased(_)) => (20, "停止公示"),
        Event::Dossier(DossierEvent::Closed(_)) => (21, "案卷归档"),
        _ => return None,
    })
}

const WIDTH: i32 = 900;
const NAMES: i32 = 110;
const ROW: i32 = 22;

/// The tracks over the days from the first one to the last one of the year.
pub(super) fn picture(tracks: &[Track], from: Date, until: Date) -> Result<String, JobError> {
    chart(|svg| draw(svg, tracks, from, until))
}

fn draw(
    svg: &mut String,
    tracks: &[Track],
    from: Date,
    until: Date,
) -> Result<(), Box<dyn std::error::Error>> {
    let height = ROW * (tracks.len() as i32 + 1) + 10;
    let root = SVGBackend::with_string(svg, (WIDTH as u32, height as u32)).into_drawing_area();
    let days = (until.days() - from.days()).max(1);
    let x = |day: Date| NAMES + (WIDTH - NAMES - 20) * (day.days() - from.days()) / days;
    let text = |anchor| {
        let style = TextStyle::from(("sans-serif", 13).into_font()).color(&RGBColor(40, 50, 60));
        style.pos(Pos::new(anchor, VPos::Center))
    };
    let firsts = (1..=12).filter_map(|month| Date::from_ymd(until.year(), month, 1));
    for first in firsts.filter(|first| (from..=until).contains(first)) {
        let line = vec![(x(first), ROW), (x(first), height)];
        root.draw(&PathElement::new(line, RGBColor(217, 224, 230).stroke_width(1)))?;
        let month = format!("{}月", first.ymd().1);
        root.draw(&Text::new(month, (x(first) + 3, ROW / 2), text(HPos::Left)))?;
    }
    for (row, track) in (1..).zip(tracks) {
        let middle = row * ROW + ROW / 2;
        root.draw(&Text::new(track.label, (NAMES - 10, middle), text(HPos::Right)))?;
        for (day, count) in &track.days {
            let size = 3 + count.ilog2() as i32;
            root.draw(&Circle::new(
                (x(*day), middle),
                size,
                RGBColor(62, 116, 166).mix(0.6).filled(),
            ))?;
        }
    }
    root.present()?;
    Ok(())
}
