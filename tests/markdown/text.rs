//! Text without markup, and what a text links to.

use learnflow::markdown::{first_paragraph, links, paragraphs, plain, sentences, shorten};

#[test]
fn plain_text_has_no_markup() {
    let check =
        |source: &str, expected: &str| assert_eq!(plain(source), expected, "from {source:?}");
    check("", "");
    check(
        "# A *b*\n\nc\n  d\\\ne `f  g`\n\n```\nh\ni\n```",
        "A b c d e f g h i",
    );
    check("- a\n- b\n  - c\n\n> d\n\n> [!NOTE]\n> e", "a b c d e");
    check("|a|b|\n|-|-|\n|c|d|\n\ne\n: f", "a b c d e f");
    check("## A {#b minutes=5}\n- [x] c", "A c");
    check("[a](b) ![c *d*](e) <https://f.org>", "a c d https://f.org");
    check("a[^1] b\n\n[^1]: c\n\nd", "a b d");
    check(
        "a <kbd>b</kbd> c<br>d <!-- e -->\n\n<div>\nf\n</div>\n\ng",
        "a b c d g",
    );
    check("a < b &lt; &amp; \"c\"", "a < b < & \"c\"");
    check("10\u{a0}%\u{1}x", "10\u{a0}% x");
}

#[test]
fn paragraphs_stay_apart() {
    let check =
        |source: &str, expected: &str| assert_eq!(paragraphs(source), expected, "from {source:?}");
    check("# A\n\nb *c*\nd.\n\n> e", "A\n\nb c d.\n\ne");
    check("Do:\n\n- a\n- `b`\n\nThen c.", "Do:\n\n- a\n- b\n\nThen c.");
    check("3. a\n4. b", "3. a\n4. b");
    check("- a\n  - b\n  - c\n- d", "- a\n- b\n- c\n- d");
    check(
        "See [it](https://a.example) and [that](day.md) and <https://b.example>.",
        "See it (https://a.example) and that and https://b.example.",
    );
    check("| a | b |\n| - | - |\n| c | d |", "a b\n\nc d");
    check("<!-- a -->\n\n[^1]: b\n\nc[^1]", "c");
    check("", "");
}

#[test]
fn first_paragraph_is_found() {
    let check = |source: &str, expected: &str| {
        assert_eq!(first_paragraph(source), expected, "from {source:?}")
    };
    check("# A\n\nb *c*\nd.\n\ne", "b c d.");
    check("> a\n\n- b\n\n[^1]: c\n\n<!-- d -->\n\n![](e)\n\nf", "f");
    check("- a", "");
    check("", "");
}

#[test]
fn shortening_keeps_sense() {
    let check = |text: &str, max: usize, expected: &str| {
        assert_eq!(shorten(text, max), expected, "{text:?} to {max}")
    };
    check("Short enough.", 13, "Short enough.");
    check("One two. Three four five.", 12, "One two.");
    check("One. Two three four five six.", 20, "One. Two three four…");
    check("One two three", 9, "One two…");
    check("One two three", 8, "One two…");
    check("One two, three", 9, "One two…");
    check("“One two!” Then three.", 14, "“One two!”");
    check("Ask J. Hart about it", 12, "Ask J. Hart…");
    check("Read e.g. the note", 13, "Read e.g.…");
    check("Version 1.10 is out now", 12, "Version…");
    check("Donaudampfschiff", 6, "Donau…");
    check("ÄÖÜ äöü", 4, "ÄÖÜ…");
    check("船が出る。港に着く。", 6, "船が出る。");
    check("abc", 1, "…");
    check("abc", 0, "");
}

#[test]
fn a_text_falls_into_sentences() {
    let check = |text: &str, expected: &[&str]| assert_eq!(sentences(text), expected, "{text:?}");
    check(" One. Two: two!  Three ", &["One.", "Two: two!", "Three"]);
    check(
        "“Why?” Ask J. Hart. Then go",
        &["“Why?”", "Ask J. Hart.", "Then go"],
    );
    check(
        "Version 1.10 is e.g. out. now",
        &["Version 1.10 is e.g. out. now"],
    );
    check("船が出る。港に着く。", &["船が出る。", "港に着く。"]);
    check("", &[]);
}

#[test]
fn relative_links_are_listed() {
    let source = "[a](b.md#c) ![d](e.png) <https://f.org> [g](#h) [i](mailto:j) <k@l.org> [m]() [n][o] [p](q:r) [s](//t)\n\n[o]: u.md";
    let listed: Vec<_> = links(source)
        .into_iter()
        .map(|(at, href, image)| (&source[at], href, image))
        .collect();
    assert_eq!(
        listed,
        [
            ("[a](b.md#c)", "b.md#c".to_owned(), false),
            ("![d](e.png)", "e.png".to_owned(), true),
            ("[n][o]", "u.md".to_owned(), false),
        ]
    );
}
