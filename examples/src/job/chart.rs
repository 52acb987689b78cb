//! The load of a department's inspectors as a bar chart (SVG).

use super::error::JobError;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const ROW: i32 = 22;
const NAMES: i32 = 90;
const WIDTH: i32 = 760;

/// One bar an inspector, in the order given; `capacity` is marked by a line where it is near.
pub(super) fn load(bars: &[(String, u32)], capacity: u64) -> Result<String, JobError> {
    let mut svg = String::new();
    draw(&mut svg, bars, capacity).map_err(|e| {
        JobError::unusable(
            format!("无法绘制任务量图：{e}"),
            format!("the load chart cannot be drawn: {e}"),
        )
    })?;
    Ok(svg)
}

fn draw(
    svg: &mut String,
    bars: &[(String, u32)],
    capacity: u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let height = ROW * bars.len().max(1) as i32 + 8;
    let root = SVGBackend::with_string(svg, (WIDTH as u32, height as u32)).into_drawing_area();
    let highest = bars.iter().map(|&(_, n)| n).max().unwrap_or(0).max(1);
    let scale = u32::try_from(capacity).ok().filter(|&c| c <= 2 * highest).unwrap_or(highest);
    let length = |n: u32| (WIDTH - NAMES - 40) * n as i32 / scale.max(highest) as i32;
    let text = |anchor| {
        TextStyle::from(("sans-serif", 14).into_font())
            .color(&RGBColor(40, 50, 60))
            .pos(Pos::new(anchor, VPos::Center))
    };
    for (row, (name, n)) in (0..).zip(bars) {
        let top = row * ROW + 4;
        let middle = top + ROW / 2 - 2;
        root.draw(&Text::new(name.as_str(), (NAMES - 8, middle), text(HPos::Right)))?;
        let bar = [(NAMES, top), (NAMES + length(*n), top + ROW - 6)];
        root.draw(&Rectangle::new(bar, RGBColor(62, 116, 166).filled()))?;
        let end = (NAMES + length(*n) + 6, middle);
        root.draw(&Text::new(n.to_string(), end, text(HPos::Left)))?;
    }
    if u64::from(scale) == capacity {
        let x = NAMES + length(scale);
        let line = vec![(x, 0), (x, height)];
        root.draw(&PathElement::new(line, RGBColor(190, 80, 60).stroke_width(1)))?;
    }
    root.present()?;
    Ok(())
}
