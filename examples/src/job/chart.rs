//! Bar charts (SVG), such as the load of a department's inspectors.

use super::error::JobError;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const ROW: i32 = 22;
const NAMES: i32 = 90;
/// The width of a label that is a sentence.
const SENTENCES: i32 = 330;
const WIDTH: i32 = 760;

/// One bar an inspector, in the order given; `capacity` is marked by a line where it is near.
pub(super) fn load(bars: &[(String, u32)], capacity: u64) -> Result<String, JobError> {
    chart(|svg| draw(svg, bars, NAMES, Some(capacity)))
}

/// One bar a label, in the order given.
pub(crate) fn bars(bars: &[(String, u32)]) -> Result<String, JobError> {
    chart(|svg| draw(svg, bars, SENTENCES, None))
}

/// What is drawn, as a text that stands in a page.
pub(crate) fn chart(
    draw: impl FnOnce(&mut String) -> Result<(), Box<dyn std::error::Error>>,
) -> Result<String, JobError> {
    let mut svg = String::new();
    draw(&mut svg).map_err(|e| {
        JobError::unusable(format!("无法绘图：{e}"), format!("a chart cannot be drawn: {e}"))
    })?;
    Ok(svg)
}

fn draw(
    svg: &mut String,
    bars: &[(String, u32)],
    names: i32,
    capacity: Option<u64>,
) -> Result<(), Box<dyn std::error::Error>> {
    let height = ROW * bars.len().max(1) as i32 + 8;
    let root = SVGBackend::with_string(svg, (WIDTH as u32, height as u32)).into_drawing_area();
    let highest = bars.iter().map(|&(_, n)| n).max().unwrap_or(0).max(1);
    let near = capacity.and_then(|c| u32::try_from(c).ok()).filter(|&c| c <= 2 * highest);
    let scale = near.unwrap_or(highest).max(highest);
    let length = |n: u32| (WIDTH - names - 40) * n as i32 / scale as i32;
    let text = |anchor| {
        TextStyle::from(("sans-serif", 14).into_font())
            .color(&RGBColor(40, 50, 60))
            .pos(Pos::new(anchor, VPos::Center))
    };
    for (row, (name, n)) in (0..).zip(bars) {
        let top = row * ROW + 4;
        let middle = top + ROW / 2 - 2;
        root.draw(&Text::new(name.as_str(), (names - 8, middle), text(HPos::Right)))?;
        let bar = [(names, top), (names + length(*n), top + ROW - 6)];
        root.draw(&Rectangle::new(bar, RGBColor(62, 116, 166).filled()))?;
        let end = (names + length(*n) + 6, middle);
        root.draw(&Text::new(n.to_string(), end, text(HPos::Left)))?;
    }
    if let Some(near) = near {
        let x = names + length(near);
        let line = vec![(x, 0), (x, height)];
        root.draw(&PathElement::new(line, RGBColor(190, 80, 60).stroke_width(1)))?;
    }
    root.present()?;
    Ok(())
}
