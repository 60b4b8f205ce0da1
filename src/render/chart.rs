//! Charts from plain values: values and words go in, an inline SVG comes out. It has no script and no colour of its
//! own; its parts have classes, which the style sheet paints. Widths are shares of what there is, so that words keep
//! their size on a telephone.

use std::fmt::Write;

/// What a chart is called, and what it says to those who do not see it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// Its name on the page, unique there.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// What is to be seen in it.
    pub says: &'a str,
}

/// One column of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands below it.
    pub label: String,
    /// What a pointer is told that rests on it.
    pub hint: String,
    /// How much it has; none where nobody said.
    pub value: Option<u32>,
}

/// How much of something there is, and how much of it was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meter {
    /// How much there is.
    pub value: u32,
    /// How much of that is only a makeshift: it stands behind the rest.
    pub besides: u32,
    /// What a full bar would be.
    pub full: u32,
    /// Where the mark stands, if something was wanted.
    pub wanted: Option<u32>,
}

/// The height of a line of words, of a step and of the columns, in pixels.
const WORDS: u32 = 18;
const STEP: u32 = 40;
const HIGH: u32 = 112;

/// At most so many columns have a label below them.
const LABELS: usize = 10;

/// A column takes this share of its place.
const WIDE: f64 = 0.8;

/// Columns that stand on a line, the highest one measured by the words above them.
pub fn columns(caption: Caption, columns: &[Column], highest: &str) -> String {
    let most = columns.iter().filter_map(|column| column.value).max();
    let most = f64::from(most.unwrap_or(0).max(1));
    let ground = WORDS + 4 + HIGH;
    let mut svg = open(caption, ground + WORDS + 4);
    words(&mut svg, "0", 13, "start", highest);
    line(&mut svg, WORDS + 4);
    for (place, column) in places(columns) {
        let height = f64::from(column.value.unwrap_or(0)) / most * f64::from(HIGH);
        let top = f64::from(ground) - height;
        bar(&mut svg, "bar", &place, top, height, &column.hint);
    }
    line(&mut svg, ground);
    below(&mut svg, columns, ground + WORDS);
    svg + "</svg>"
}

/// A ladder: each column stands on the step that its value names, the first step at the bottom.
pub fn ladder(caption: Caption, columns: &[Column], steps: &[&str]) -> String {
    let ground = STEP * steps.len() as u32;
    let mut svg = open(caption, ground + WORDS + 4);
    for (at, step) in steps.iter().rev().enumerate() {
        let top = at as u32 * STEP;
        words(&mut svg, "0", top + 14, "start", step);
        line(&mut svg, top + STEP);
    }
    for (place, column) in places(columns) {
        let step = column.value.filter(|step| *step < steps.len() as u32);
        if let Some(step) = step {
            let top = f64::from(ground - step * STEP - 18);
            bar(&mut svg, "bar", &place, top, 14.0, &column.hint);
        }
    }
    below(&mut svg, columns, ground + WORDS);
    svg + "</svg>"
}

/// A bar of how much there is, with a mark where it was wanted.
pub fn meter(caption: Caption, meter: Meter) -> String {
    let share = |part: u32| 100.0 * f64::from(part.min(meter.full)) / f64::from(meter.full.max(1));
    let mut svg = open(caption, 24);
    let (own, both) = (share(meter.value), share(meter.value + meter.besides));
    rect(&mut svg, "rest", 0.0, 100.0);
    rect(&mut svg, "besides", own, both - own);
    rect(&mut svg, "bar", 0.0, own);
    if let Some(wanted) = meter.wanted {
        let at = share(wanted);
        let _ = write!(
            svg,
            "<line class=\"wanted\" x1=\"{at:.2}%\" x2=\"{at:.2}%\" y1=\"0\" y2=\"24\"/>"
        );
    }
    svg + "</svg>"
}

/// A chart is a picture: what is inside is not read out, its title and its description are.
fn open(caption: Caption, height: u32) -> String {
    let Caption { id, title, says } = caption;
    let (title, says) = (escaped(title), escaped(says));
    format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-title {id}-says\" width=\"100%\" height=\"{height}\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-says\">{says}</desc>"
    )
}

/// Where a column stands, in hundredths of the width.
struct Span {
    left: f64,
    width: f64,
}

fn places(columns: &[Column]) -> impl Iterator<Item = (Span, &Column)> {
    let each = 100.0 / columns.len().max(1) as f64;
    columns.iter().enumerate().map(move |(at, column)| {
        let span = Span {
            left: (at as f64 + (1.0 - WIDE) / 2.0) * each,
            width: WIDE * each,
        };
        (span, column)
    })
}

fn bar(svg: &mut String, class: &str, span: &Span, top: f64, height: f64, hint: &str) {
    let Span { left, width } = span;
    let hint = escaped(hint);
    let _ = write!(
        svg,
        "<rect class=\"{class}\" x=\"{left:.2}%\" y=\"{top:.1}\" width=\"{width:.2}%\" height=\"{height:.1}\">\
         <title>{hint}</title></rect>"
    );
}

fn rect(svg: &mut String, class: &str, left: f64, width: f64) {
    let _ = write!(
        svg,
        "<rect class=\"{class}\" x=\"{left:.2}%\" y=\"5\" width=\"{width:.2}%\" height=\"14\"/>"
    );
}

fn line(svg: &mut String, y: u32) {
    let _ = write!(
        svg,
        "<line class=\"rule\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>"
    );
}

fn words(svg: &mut String, x: &str, y: u32, anchor: &str, words: &str) {
    let words = escaped(words);
    let _ = write!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

/// The labels below the columns: of many every second, fifth or tenth, and the first.
fn below(svg: &mut String, columns: &[Column], y: u32) {
    let apart = [1, 2, 5, 10, 20, 50];
    let apart = apart
        .into_iter()
        .find(|apart| columns.len() / apart <= LABELS)
        .unwrap_or(100);
    let each = 100.0 / columns.len().max(1) as f64;
    for (at, column) in columns.iter().enumerate() {
        // Too near to the first to be read.
        let shown = at == 0 || ((at + 1) % apart == 0 && (at > 1 || apart == 1));
        if shown {
            let x = format!("{:.2}%", (at as f64 + 0.5) * each);
            words(svg, &x, y, "middle", &column.label);
        }
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTION: Caption = Caption {
        id: "c",
        title: "Minutes",
        says: "From 5 & up",
    };

    fn row(values: &[Option<u32>]) -> Vec<Column> {
        let column = |(at, value): (usize, &Option<u32>)| Column {
            label: (at + 1).to_string(),
            hint: format!("<{}>", at + 1),
            value: *value,
        };
        values.iter().enumerate().map(column).collect()
    }

    /// What stands in an attribute of every element of a class.
    fn each<'a>(svg: &'a str, class: &str, attribute: &str) -> Vec<&'a str> {
        let mark = format!("class=\"{class}\"");
        let attribute = format!(" {attribute}=\"");
        let parts = svg.split(&mark).skip(1);
        parts
            .map(|part| {
                let value = part.split(&attribute).nth(1).expect("the attribute");
                value.split('"').next().expect("its value")
            })
            .collect()
    }

    #[test]
    fn a_picture_has_a_name_and_says_what_it_shows() {
        let svg = columns(CAPTION, &row(&[Some(1)]), "1 minute");
        assert!(
            svg.starts_with("<svg class=\"chart\" role=\"img\" aria-labelledby=\"c-title c-says\"")
        );
        assert!(svg.contains("<title id=\"c-title\">Minutes</title>"));
        assert!(svg.contains("<desc id=\"c-says\">From 5 &amp; up</desc>"));
        assert!(svg.contains("<title>&lt;1&gt;</title>"), "{svg}");
        assert!(svg.ends_with("</svg>"));
        assert!(!svg.contains("style") && !svg.contains("fill"), "{svg}");
    }

    #[test]
    fn the_highest_column_fills_the_height_and_one_without_a_value_has_none() {
        let svg = columns(CAPTION, &row(&[Some(10), Some(5), None]), "10 minutes");
        assert_eq!(each(&svg, "bar", "height"), ["112.0", "56.0", "0.0"]);
        assert_eq!(each(&svg, "bar", "x"), ["3.33%", "36.67%", "70.00%"]);
        let none = columns(CAPTION, &row(&[None, None]), "");
        assert_eq!(each(&none, "bar", "height"), ["0.0", "0.0"]);
    }

    #[test]
    fn of_many_columns_some_have_a_label() {
        let labels = |count: usize| {
            let svg = columns(CAPTION, &row(&vec![Some(1); count]), "");
            let middle = svg.split("text-anchor=\"middle\">").skip(1);
            let labels = middle.filter_map(|rest| rest.split('<').next());
            labels.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(4), "1 2 3 4");
        assert_eq!(labels(30), "1 5 10 15 20 25 30");
        assert_eq!(labels(15), "1 4 6 8 10 12 14");
        assert_eq!(labels(260), "1 50 100 150 200 250");
    }

    #[test]
    fn a_ladder_begins_at_the_bottom_and_leaves_out_who_is_on_no_step() {
        let steps = ["look", "react"];
        let svg = ladder(CAPTION, &row(&[Some(0), None, Some(1), Some(7)]), &steps);
        assert_eq!(each(&svg, "bar", "y"), ["62.0", "22.0"]);
        let (look, react) = (svg.find(">look<"), svg.find(">react<"));
        assert!(react < look, "the last step is above: {svg}");
    }

    #[test]
    fn a_meter_is_never_fuller_than_full() {
        let bars = |value, besides, wanted| {
            let full = 10;
            let svg = meter(
                CAPTION,
                Meter {
                    value,
                    besides,
                    full,
                    wanted,
                },
            );
            let width = |class| each(&svg, class, "width")[0].to_owned();
            let mark = each(&svg, "wanted", "x1").first().map(|x| (*x).to_owned());
            (width("bar"), width("besides"), mark)
        };
        let all = |bar: &str, besides: &str, mark: Option<&str>| {
            (bar.to_owned(), besides.to_owned(), mark.map(str::to_owned))
        };
        assert_eq!(bars(3, 2, Some(5)), all("30.00%", "20.00%", Some("50.00%")));
        assert_eq!(bars(12, 2, None), all("100.00%", "0.00%", None));
    }
}
