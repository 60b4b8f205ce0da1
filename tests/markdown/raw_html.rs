//! What becomes of HTML in Markdown, and of texts that mean harm.

use learnflow::markdown::{Options, html, plain};

use super::{Library, check, check_all, findings, rendered};

#[test]
fn raw_html_is_reduced_to_a_safe_set() {
    check("a<br/>b&nbsp;c", "<p>a<br>b\u{a0}c</p>");
    check_all(
        r##"
Press <kbd>Ctrl</kbd>
----
<p>Press <kbd>Ctrl</kbd></p>
====
<ABBR title='&quot;R&amp;D&quot;' LANG=en>x</ABBR>
----
<p><abbr title="&quot;R&amp;D&quot;" lang="en">x</abbr></p>
====
<details open>
<summary>More &lt;here&gt; & there</summary>

*Text* of

- it

</details>
----
<details open="">
<summary>More &lt;here&gt; &amp; there</summary>
<p><em>Text</em> of</p>
<ul>
<li>it</li>
</ul>
</details>
"##,
    );
    // What is removed leaves its words.
    check_all(
        r##"
<b style='x'>a</b> <a href="here.md">b</a> <img src=x onerror=y>
----
<p>a b </p>
====
<kbd class=x id=y onclick="z()" style="a">K</kbd>
----
<p><kbd>K</kbd></p>
====
<h1>a</h1>
----
a
====
<svg><a xlink:href="javascript:x">a</a></svg>
----
<p>a</p>
====
a <script>b</script>
----
<p>a b</p>
"##,
    );
    // What readers were never meant to read goes whole.
    check("<!-- all\n\nof it -->", "");
    check("<style>p{}", "");
    check_all(
        r##"
a <!-- not
for you --> b
----
<p>a  b</p>
====
<!--> a -->
----
 a --&gt;
====
<script>
alert(1)

</script>

a
----
<p>a</p>
====
<div><style>p{}</STYLE>a <![CDATA[b]]></div>
----
a
"##,
    );
    // What is no tag is text.
    check("<kbd", "<p>&lt;kbd</p>");
    check(
        "<div>\n<kbd onclick=\"\n<q a=>b",
        "\n&lt;kbd onclick=\"\n&lt;q a=&gt;b",
    );
    check("<div>\n<a b='>' c</div>", "\n&lt;a b='&gt;' c");
    // Nothing leaves the block in which it began, and nothing of ours is ended by the author.
    check_all(
        r##"
a <s>b

c
----
<p>a <s>b</s></p>
<p>c</p>
====
- a <q>b **c <s>d** e</s></q>
- f</li>
----
<ul>
<li>a <q>b <strong>c <s>d</s></strong> e</q></li>
<li>f</li>
</ul>
====
<kbd><q>a</kbd></q>
----
<p><kbd><q>a</q></kbd></p>
====
> <details>

a
----
<blockquote>
<details>
</details></blockquote>
<p>a</p>
"##,
    );
}

#[test]
fn our_own_markup_comes_through_ammonia_unchanged() {
    let ours = r##"
# A {#b}

> [!TIP]
> a[^1] [b](https://a.org) [c](here.md "t")

- [x] a

|a|b|
|:-|-|
|c|d|

```rust
x
```

3. ![d](e)

f
: g

***

[^1]: h
"##;
    let page = rendered(ours);
    assert!(page.contains("footnote-back"));
    let cleaned = rendered(&format!("{ours}\n\n<q>i</q>\n"));
    assert_eq!(cleaned.replace("<p><q>i</q></p>\n", ""), page);
}

#[test]
fn what_is_too_deep_is_plain() {
    let deep = |levels: usize| format!("{}a & *b*", "> ".repeat(levels));
    assert_eq!(findings(&deep(98)), []);
    assert!(rendered(&deep(98)).contains("<em>b</em>"));
    let source = deep(10_000);
    let page = html(&source, &Options::default(), &Library);
    assert_eq!(page.html, "<p>a &amp; b</p>\n");
    assert_eq!(page.findings.len(), 1);
    assert_eq!(
        (page.findings[0].code, page.findings[0].severity_error),
        ("too-deep", true)
    );
    assert_eq!(page.findings[0].at.start, 200, "the 101st `>`");

    check(&"<q>".repeat(101), "<p></p>");
    check(&"<details>".repeat(101), "<p></p>");
    check(
        &"<br>".repeat(200),
        &format!("<p>{}</p>", "<br>".repeat(200)),
    );
}

#[test]
fn hostile_texts_come_to_an_end() {
    for unit in [
        "[",
        "![",
        "![](",
        ">",
        "> ",
        "1. ",
        "*_",
        "``` ",
        "<",
        "<a b=\"",
        "<a ",
        "<!--",
        "<!",
        "<q>",
        "</q>",
        "<b>",
        "<q>\n\n",
        "<details>\n\n</summary>\n\n",
        "<s lang=a>b\n\n",
        "# a\n",
        "[^1]: ",
        "[a][b]",
        "|a",
        "&",
    ] {
        let source = unit.repeat(200_000 / unit.len());
        let page = html(&source, &Options::default(), &Library);
        let warnings = page
            .findings
            .iter()
            .filter(|f| f.code.starts_with("html-"))
            .count();
        assert!(
            warnings <= 100,
            "{warnings} warnings about HTML from {unit:?}"
        );
        assert!(
            page.html.len() <= source.len() * 20,
            "{} bytes from {unit:?}",
            page.html.len()
        );
        assert!(plain(&source).len() <= source.len());
    }
}
