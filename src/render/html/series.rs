//! Counts over time, drawn as stacked areas. The labels are HTML around a picture without text, so
//! that they keep their size on a small screen.
//!
//! Everything works without the script, because every point of the picture has a tooltip. The
//! script shows the tooltip in a line below the chart, also when the arrow keys move from point to
//! point.

use std::fmt::Write;

use maud::{Markup, html};

use crate::answer::{Line, Point, Series};
use crate::catalog::Category;
use crate::terminal::sanitize;
use crate::text::{grouped, percent};

/// The script of the chart.
pub const SCRIPT: &str = include_str!("series.js");
/// The style of the chart.
pub const STYLE: &str = include_str!("series.css");

/// The size of the picture in its coordinate system. The page stretches it.
const WIDTH: usize = 1000;
const HEIGHT: u64 = 300;
/// The maximum number of points to draw. More would be narrower than a pixel.
const MAX_POINTS: usize = 400;

/// Draws the chart. `name` must be unique in the page.
pub fn chart(series: &Series<'_>, name: &str) -> Markup {
    let plot = Plot::new(series);
    let last = series.points.len().saturating_sub(1);
    // Labels are evenly spaced, so a middle label must belong to the exact middle.
    let marks = if last.is_multiple_of(2) { vec![0, last / 2, last] } else { vec![0, last] };
    let about = format!(
        "{} by {}, from {} to {}. The table below has the numbers.",
        series.unit,
        series.axis.to_lowercase(),
        series.points.first().map_or_else(String::new, |point| sanitize(&point.label).into_owned()),
        series.points.last().map_or_else(String::new, |point| sanitize(&point.label).into_owned()),
    );
    html! {
        figure.series {
            p.axis.quiet { (series.unit) }
            div.scale aria-hidden="true" {
                @for tick in plot.ticks() { span { (grouped(tick)) } }
            }
            div.plot tabindex="0" role="group" aria-label=(about) {
                (plot.picture(name, &about))
            }
            div.marks aria-hidden="true" {
                @for (index, mark) in marks.iter().copied().enumerate() {
                    @if index == 0 || mark != marks[index - 1] {
                        span { (sanitize(&series.points[mark].label)) }
                    }
                }
            }
            p.axis.quiet.across { (series.axis) }
            p.reading role="status" {}
            ul.legend {
                @for line in series.lines.iter().rev() { li { (legend(name, line)) } }
            }
        }
    }
}

/// The maximum number of points of a sparkline, which is narrow.
const MAX_LINE_POINTS: usize = 40;

/// Draws counts over time as a sparkline, with its most important numbers as a label for screen
/// readers.
pub fn line(values: &[u64]) -> Markup {
    let count = values.len().min(MAX_LINE_POINTS);
    let last = values.len().saturating_sub(1);
    let largest = values.iter().copied().max().unwrap_or_default();
    let gaps = count.saturating_sub(1).max(1);
    let mut points = String::new();
    for index in 0..count {
        let height = u128::from(values[index * last / gaps]) * 100 / u128::from(largest.max(1));
        // Writing to a string cannot fail.
        let _ = write!(points, "{},{} ", index * 100 / gaps, 100 - height);
    }
    let [first, last] =
        [values.first(), values.last()].map(|value| grouped(value.copied().unwrap_or_default()));
    let label = format!("from {first} to {last}, at most {}", grouped(largest));
    html! {
        svg.line role="img" aria-label=(label) viewBox="0 0 100 100" preserveAspectRatio="none" {
            polyline points=(points.trim_end()) {}
        }
    }
}

/// Returns the legend of a line.
fn legend(name: &str, line: &Line<'_>) -> Markup {
    let (first, last) = (line.values.first(), line.values.last());
    let [first, last] = [first, last].map(|value| grouped(value.copied().unwrap_or_default()));
    html! {
        svg.swatch aria-hidden="true" focusable="false" viewBox="0 0 24 16" {
            g.(line.category) { rect width="24" height="16" fill={ "url(#" (fill(name, line.category)) ")" } stroke="currentColor" {} }
        }
        span.(line.category) { (sanitize(&line.label)) }
        span.quiet { (last) " now, " (first) " at first" }
    }
}

fn fill(name: &str, category: Category) -> String {
    format!("{name}-{category}")
}

/// A chart with its scale.
struct Plot<'s> {
    series: &'s Series<'s>,
    /// The indices of the points to draw.
    points: Vec<usize>,
    /// The value at the top of the picture.
    top: u64,
}

impl<'s> Plot<'s> {
    fn new(series: &'s Series<'s>) -> Self {
        let last = series.points.len().saturating_sub(1);
        let count = series.points.len().min(MAX_POINTS);
        let points = (0..count).map(|index| index * last / count.saturating_sub(1).max(1));
        let sum = |point: usize| series.lines.iter().map(|line| line.values[point]).sum::<u64>();
        let largest = (0..series.points.len()).map(sum).max().unwrap_or_default();
        Self { series, points: points.collect(), top: round_up(largest) }
    }

    /// Returns the values at the grid lines, from the top.
    fn ticks(&self) -> Vec<u64> {
        if self.top.is_multiple_of(2) { vec![self.top, self.top / 2, 0] } else { vec![self.top, 0] }
    }

    fn x(&self, index: usize) -> usize {
        index * WIDTH / (self.points.len() - 1).max(1)
    }

    fn y(&self, value: u64) -> u64 {
        let height = u128::from(value) * u128::from(HEIGHT) / u128::from(self.top);
        HEIGHT - u64::try_from(height).unwrap_or(HEIGHT).min(HEIGHT)
    }

    fn picture(&self, name: &str, about: &str) -> Markup {
        let mut below = vec![0; self.points.len()];
        let bands =
            self.series.lines.iter().map(|line| (line.category, self.band(line, &mut below)));
        let bands: Vec<(Category, String)> = bands.collect();
        html! {
            svg role="img" aria-label=(about) viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" {
                defs {
                    @for line in &self.series.lines { (pattern(name, line.category)) }
                }
                @for tick in self.ticks() {
                    line.grid x1="0" x2=(WIDTH) y1=(self.y(tick)) y2=(self.y(tick)) {}
                }
                @for (category, band) in &bands {
                    g.(category) {
                        path d=(band) fill={ "url(#" (fill(name, *category)) ")" } stroke="currentColor" {}
                    }
                }
                @for index in 0..self.points.len() { (self.hit_area(index)) }
            }
        }
    }

    /// Returns the outline of the area of a line, on top of the areas below it, and adds the line
    /// to `below`.
    fn band(&self, line: &Line<'_>, below: &mut [u64]) -> String {
        let mut path = String::new();
        for (index, &point) in self.points.iter().enumerate() {
            let pen = if index == 0 { 'M' } else { 'L' };
            let top = below[index] + line.values[point];
            // Writing to a string cannot fail.
            let _ = write!(path, "{pen}{} {}", self.x(index), self.y(top));
        }
        for (index, &point) in self.points.iter().enumerate().rev() {
            let _ = write!(path, "L{} {}", self.x(index), self.y(below[index]));
            below[index] += line.values[point];
        }
        path + "Z"
    }

    /// Returns the invisible area around a point, with the numbers of the point as its tooltip.
    fn hit_area(&self, index: usize) -> Markup {
        let half = WIDTH / (self.points.len() - 1).max(1) / 2;
        let left = self.x(index).saturating_sub(half);
        let right = (self.x(index) + half.max(1)).min(WIDTH);
        html! {
            rect.hit x=(left) width=(right - left) y="0" height=(HEIGHT) { title { (self.numbers(self.points[index])) } }
        }
    }

    fn numbers(&self, point: usize) -> String {
        let Point { label, whole } = &self.series.points[point];
        let sum = self.series.lines.iter().map(|line| line.values[point]).sum::<u64>();
        let mut text = format!(
            "{}: {} of {} ({})",
            sanitize(label),
            grouped(sum),
            grouped(*whole),
            percent(sum, *whole)
        );
        for line in self.series.lines.iter().filter(|line| line.values[point] > 0) {
            text += &format!("; {} {}", sanitize(&line.label), grouped(line.values[point]));
        }
        text
    }
}

/// Returns the fill of a category. Each has a different pattern, so that color is not the only
/// sign.
fn pattern(name: &str, category: Category) -> Markup {
    let strokes = match category {
        Category::UserAction => "",
        Category::Support => "M-2 2L2 -2M0 10L10 0M8 12L12 8",
        Category::Institution => "M-2 8L2 12M0 0L10 10M8 -2L12 2",
        Category::Partner => "M0 5H10",
        Category::Unknown => "M5 0V10M0 5H10",
        Category::Ok | Category::Stale | Category::Pending => "M5 0V10",
    };
    html! {
        pattern id=(fill(name, category)) width="10" height="10" patternUnits="userSpaceOnUse" {
            g.(category) {
                rect width="10" height="10" opacity=(if strokes.is_empty() { "0.75" } else { "0.3" }) {}
                path d=(strokes) stroke="currentColor" stroke-width="2.5" fill="none" {}
            }
        }
    }
}

/// Rounds up to a number whose half is also easy to read.
fn round_up(value: u64) -> u64 {
    let mut scale: u64 = 1;
    loop {
        for step in [1, 2, 4, 6, 8, 10] {
            if let Some(top) = scale.checked_mul(step)
                && top >= value
            {
                return top;
            }
        }
        match scale.checked_mul(10) {
            Some(next) => scale = next,
            None => return u64::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[&[u64]]) -> Series<'static> {
        let points =
            (0..values[0].len()).map(|n| Point { label: format!("n{n}").into(), whole: 99 });
        let categories = [Category::UserAction, Category::Support];
        let lines = values.iter().zip(categories).map(|(values, category)| Line {
            label: category.label().into(),
            category,
            values: values.to_vec(),
        });
        Series {
            unit: "Accounts",
            axis: "Snapshot",
            points: points.collect(),
            lines: lines.collect(),
        }
    }

    #[test]
    fn areas_are_stacked_and_fill_the_picture() {
        let series = series(&[&[0, 2, 4], &[1, 1, 0]]);
        let plot = Plot::new(&series);
        assert_eq!(plot.ticks(), [4, 2, 0]);
        let mut below = vec![0; 3];
        assert_eq!(
            plot.band(&series.lines[0], &mut below),
            "M0 300L500 150L1000 0L1000 300L500 300L0 300Z"
        );
        assert_eq!(
            plot.band(&series.lines[1], &mut below),
            "M0 225L500 75L1000 0L1000 0L500 150L0 300Z"
        );
    }

    #[test]
    fn a_picture_of_too_many_points_includes_the_first_and_the_last() {
        let many: Vec<u64> = (0..10_007).collect();
        let series = series(&[&many]);
        let plot = Plot::new(&series);
        assert_eq!(
            (plot.points.len(), plot.points[0], plot.points[MAX_POINTS - 1]),
            (MAX_POINTS, 0, 10_006)
        );
        assert!(plot.points.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn the_scale_ends_at_a_round_number() {
        for (value, top) in
            [(0, 1), (1, 1), (3, 4), (7, 8), (11, 20), (57, 60), (101, 200), (999, 1000)]
        {
            assert_eq!(round_up(value), top, "{value}");
        }
        assert_eq!(round_up(u64::MAX), u64::MAX);
    }

    #[test]
    fn labels_are_escaped() {
        let mut series = series(&[&[1, 2]]);
        series.points[0].label = "<script>\u{202e}".into();
        let page = chart(&series, "trend").into_string();
        assert!(!page.contains("<script>") && !page.contains('\u{202e}'), "{page}");
    }
}
