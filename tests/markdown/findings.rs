//! What authors are told, and where.

use super::findings;

/// Each finding as its severity, code and the part of the source it points to.
fn check_findings(source: &str, expected: &[&str]) {
    let found: Vec<String> = findings(source)
        .into_iter()
        .map(|f| {
            format!(
                "{} {} {}",
                if f.severity_error { "error" } else { "warning" },
                f.code,
                &source[f.at]
            )
        })
        .collect();
    assert_eq!(found, expected, "from {source:?}");
}

#[test]
fn findings_point_at_their_place() {
    check_findings(
        "[a](here.md) [b](#c) <https://d.org> ![e](f.png) <kbd>g</kbd> <!-- h --> a[^1]\n\n[^1]: b",
        &[],
    );
    check_findings("ä [b](soon.md)", &["warning link-unreleased [b](soon.md)"]);
    check_findings(
        "> - a\n>   [b\n>   c][d]\n\n[d]: gone.md",
        &["error broken-link [b\n>   c][d]"],
    );
    check_findings(
        "[a]() [b](https://)",
        &["error broken-link [a]()", "error broken-link [b](https://)"],
    );
    check_findings(
        "[a](javascript:b) <file:///c>",
        &[
            "error unsafe-link [a](javascript:b)",
            "error unsafe-link <file:///c>",
        ],
    );
    check_findings("![ ](a.png)", &["error image-without-alt ![ ](a.png)"]);
    check_findings("![a](//b.org/c)", &["error foreign-image ![a](//b.org/c)"]);
    check_findings(
        "![](http://b.org/c)",
        &[
            "error image-without-alt ![](http://b.org/c)",
            "error foreign-image ![](http://b.org/c)",
        ],
    );
    check_findings(
        "![a](soon.png) ![b](gone.png)",
        &[
            "warning link-unreleased ![a](soon.png)",
            "error broken-link ![b](gone.png)",
        ],
    );
    check_findings(
        "![a](#b) ![c](data:d)",
        &[
            "error broken-link ![a](#b)",
            "error unsafe-link ![c](data:d)",
        ],
    );
    check_findings(
        "a <b>c</b> <kbd id=\"d\" open>e</kbd>",
        &["warning html-removed <b>", "warning html-removed id=\"d\""],
    );
    check_findings("a </kbd>", &["warning html-removed </kbd>"]);
    check_findings("a <s>b", &["warning html-unclosed <s>"]);
    check_findings(
        "> <details>\n> <div\n> onclick=a>b <i>c</i>\n> </details>",
        &[
            "warning html-removed <div\n> onclick=a>",
            "warning html-removed <i>",
        ],
    );
    check_findings(
        "> a <i\n> b=\"é\">c",
        &["warning html-removed <i\n> b=\"é\">"],
    );
    check_findings(
        "<?php ?> <!DOCTYPE html>",
        &[
            "warning html-removed <?php ?>",
            "warning html-removed <!DOCTYPE html>",
        ],
    );
    check_findings("[^a]: b", &["warning footnote-unused [^a]: b"]);
    check_findings(
        "[^a]\n\n[^a]: b\n\n[^A]: c",
        &["warning footnote-twice [^A]: c"],
    );
}

#[test]
fn findings_say_what_to_do() {
    for (source, message, help) in [
        (
            "[a](soon.md)",
            "`soon.md` is not public yet, so its words stand here without a link",
            "the link appears by itself once the other document is released",
        ),
        (
            "[a](gone.md)",
            "nothing is found at `gone.md`",
            "did you mean `here.md`?",
        ),
        (
            "[a](c:/b.md)",
            "`c:/b.md` begins with a scheme that pages do not use",
            "links begin with `https:`, `http:` or `mailto:`; if this is a file, write `./` before its name",
        ),
        (
            "![](a.png)",
            "the image `a.png` has no alternative text",
            "say in the square brackets what it shows, for those who do not see it: `![A ferry at the quay](ferry.jpg)`",
        ),
        (
            "![a](https://b.org/c.png)",
            "the image `https://b.org/c.png` lies on another host, and our pages ask other hosts for nothing",
            "save it beside this document, if its licence allows, and write its file name here",
        ),
        (
            "a <b>b</b>",
            "the tag `<b>` is left out",
            "write `**strong**`",
        ),
        (
            "a <kbd onclick='b'>c</kbd>",
            "the attribute `onclick` is left out",
            "looks and behaviour belong to the layout",
        ),
    ] {
        let found = findings(source);
        assert_eq!(found.len(), 1, "from {source:?}");
        assert_eq!(
            (found[0].message.as_str(), found[0].help.as_str()),
            (message, help)
        );
    }
    let long = format!("[a](x:{})", "y".repeat(1_000_000));
    assert!(findings(&long)[0].message.len() < 200);
}
