//! Markdown as pages, feeds and checks see it.

mod findings;
mod properties;
mod raw_html;
mod rendering;
mod text;

use learnflow::markdown::{Finding, Links, Options, Target, html};

/// A small library: `here.md` and `ship.png` are public, `soon.*` is not yet, `gone.*` is not there.
struct Library;

impl Links for Library {
    fn link(&self, href: &str) -> Target {
        match href {
            "here.md" => Target::To("/here/?a=1&b=2".to_owned()),
            "soon.md" | "soon.png" => Target::Unreleased,
            "gone.md" | "gone.png" => Target::Missing {
                help: "did you mean `here.md`?".to_owned(),
            },
            _ => Target::Keep,
        }
    }

    fn image(&self, src: &str) -> Target {
        self.link(src)
    }
}

fn rendered(source: &str) -> String {
    html(source, &Options::default(), &Library).html
}

fn findings(source: &str) -> Vec<Finding> {
    html(source, &Options::default(), &Library).findings
}

fn check(source: &str, expected: &str) {
    assert_eq!(rendered(source).trim_end(), expected, "from {source:?}");
}

/// Checks many cases in one text: a source, a line `----`, what is expected, a line `====`.
fn check_all(cases: &str) {
    for case in cases.trim_matches('\n').split("\n====\n") {
        let (source, expected) = case.split_once("\n----\n").expect("two halves");
        check(source, expected);
    }
}
