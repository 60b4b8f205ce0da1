//! What becomes of Markdown's own forms.

use learnflow::markdown::{Options, Words, html};

use super::{Library, check, check_all};

#[test]
fn blocks_and_words() {
    check("", "");
    check(
        "one\ntwo  \nthree\\\nfour",
        "<p>one\ntwo<br>\nthree<br>\nfour</p>",
    );
    check("a\u{0}b\u{b}c&#13;d", "<p>abcd</p>");
    check(
        "one\r\ntwo\r\n\r\n    code\r\n",
        "<p>one\ntwo</p>\n<pre><code>code\n</code></pre>",
    );
    check_all(
        r##"
Just *this* **one** `a < b`.
----
<p>Just <em>this</em> <strong>one</strong> <code>a &lt; b</code>.</p>
====
"Quotes" -- and ... stay
----
<p>"Quotes" -- and ... stay</p>
====
a < b & c > d &amp; &copy; ~~e~~
----
<p>a &lt; b &amp; c &gt; d &amp; © ~~e~~</p>
====
> quoted
----
<blockquote>
<p>quoted</p>
</blockquote>
====
above

---

below
----
<p>above</p>
<hr>
<p>below</p>
====
- a
- b
  1. c
----
<ul>
<li>a</li>
<li>b
<ol>
<li>c</li>
</ol>
</li>
</ul>
====
7. a

8. b
----
<ol start="7">
<li>
<p>a</p>
</li>
<li>
<p>b</p>
</li>
</ol>
====
Ferry
: A boat
: A service
----
<dl>
<dt>Ferry</dt>
<dd>A boat</dd>
<dd>A service</dd>
</dl>
====
    <b>

a
----
<pre><code>&lt;b&gt;
</code></pre>
<p>a</p>
====
```rust,ignore x
let a = "b";
```
----
<pre><code class="language-rust,ignore">let a = "b";
</code></pre>
====
```"><b>
```
----
<pre><code class="language-&quot;&gt;&lt;b&gt;"></code></pre>
====
```
plain
```
----
<pre><code>plain
</code></pre>
====
- [ ] ask
- [x] share
----
<ul>
<li><input type="checkbox" disabled="" aria-label="To do"> ask</li>
<li><input type="checkbox" disabled="" checked="" aria-label="Done"> share</li>
</ul>
"##,
    );
}

#[test]
fn tables_scroll_in_a_named_region() {
    check_all(
        r##"
| Day | *What* | | By |
|---|:--|:-:|--:|
| Mon | a \| b |
----
<div class="table" role="region" tabindex="0" aria-label="Table: Day, What, By"><table>
<thead><tr><th scope="col">Day</th><th scope="col" class="align-left"><em>What</em></th><th scope="col" class="align-center"></th><th scope="col" class="align-right">By</th></tr></thead><tbody>
<tr><td>Mon</td><td class="align-left">a | b</td><td class="align-center"></td><td class="align-right"></td></tr>
</tbody></table></div>
====
||
|-|
----
<div class="table" role="region" tabindex="0" aria-label="Table"><table>
<thead><tr><th scope="col"></th></tr></thead><tbody>
</tbody></table></div>
"##,
    );
}

#[test]
fn callouts_say_what_they_are() {
    for (kind, class, label) in [
        ("NOTE", "note", "Note"),
        ("TIP", "tip", "Tip"),
        ("IMPORTANT", "important", "Important"),
        ("WARNING", "warning", "Warning"),
        ("CAUTION", "caution", "Caution"),
    ] {
        check(
            &format!("> [!{kind}]\n> Mind the gap."),
            &format!(
                "<aside class=\"callout callout-{class}\" role=\"note\">\n\
                 <p class=\"callout-label\">{label}</p>\n<p>Mind the gap.</p>\n</aside>"
            ),
        );
    }
}

#[test]
fn headings_have_ids_of_their_own() {
    check_all(
        r##"
# Say hello!
----
<h2 id="say-hello">Say hello!</h2>
====
## What's *new* in `2026`?
----
<h2 id="whats-new-in-2026">What's <em>new</em> in <code>2026</code>?</h2>
====
## Über Fähren – Œuvre
----
<h2 id="uber-fahren-oeuvre">Über Fähren – Œuvre</h2>
====
## 船
----
<h2 id="section">船</h2>
====
## Do {#Do-it minutes=5 .big}
----
<h2 id="Do-it">Do</h2>
====
## Do {#a"b}
----
<h2 id="a-b">Do</h2>
====
## ![A ship](ship.png)
----
<h2 id="a-ship"><img src="ship.png" alt="A ship"></h2>
====
## A 2
## A
## A
## A
----
<h2 id="a-2">A 2</h2>
<h2 id="a">A</h2>
<h2 id="a-3">A</h2>
<h2 id="a-4">A</h2>
"##,
    );
}

#[test]
fn headings_fit_the_outline_of_their_page() {
    for (shift, level, expected) in [
        (0, 1, 2),
        (0, 3, 3),
        (1, 3, 4),
        (-1, 3, 2),
        (3, 6, 6),
        (127, 1, 6),
        (-128, 6, 2),
    ] {
        let options = Options {
            shift,
            ..Options::default()
        };
        let source = format!("{} A", "#".repeat(level));
        let expected = format!("<h{expected} id=\"a\">A</h{expected}>\n");
        assert_eq!(
            html(&source, &options, &Library).html,
            expected,
            "{source:?} shifted by {shift}"
        );
    }
}

#[test]
fn links_lead_somewhere_safe() {
    check_all(
        r##"
[a](here.md)
----
<p><a href="/here/?a=1&amp;b=2">a</a></p>
====
[a](<two words.md#part> "A \"title\"")
----
<p><a href="two%20words.md#part" title="A &quot;title&quot;">a</a></p>
====
[a][b]

[b]: here.md
----
<p><a href="/here/?a=1&amp;b=2">a</a></p>
====
[a](#part)
----
<p><a href="#part">a</a></p>
====
[a](https://example.org/x?y=1&z)
----
<p><a href="https://example.org/x?y=1&amp;z" rel="noopener">a</a></p>
====
[a](HTTP://example.org)
----
<p><a href="HTTP://example.org" rel="noopener">a</a></p>
====
[a](//example.org/x)
----
<p><a href="//example.org/x" rel="noopener">a</a></p>
====
<https://example.org/ü>
----
<p><a href="https://example.org/%C3%BC" rel="noopener">https://example.org/ü</a></p>
====
<me@example.org> [a](mailto:me@example.org)
----
<p><a href="mailto:me@example.org">me@example.org</a> <a href="mailto:me@example.org">a</a></p>
====
[*a*](soon.md) [b](gone.md) [c]()
----
<p><em>a</em> b c</p>
====
[a](/\example.org)
----
<p><a href="/%5Cexample.org">a</a></p>
====
[
    <a@b.org>](here.md)
----
<p><a href="/here/?a=1&amp;b=2">
a@b.org</a></p>
"##,
    );
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "c:/notes.md",
        "tel:123",
        "https://",
        "http://a:b:c/",
    ] {
        check(&format!("[a]({address})"), "<p>a</p>");
        check(&format!("![a]({address})"), "<p>a</p>");
    }
}

#[test]
fn images_are_local_and_described() {
    check_all(
        r##"
![A ship](ship.png)
----
<p><img src="ship.png" alt="A ship"></p>
====
![A *big* `s` ![x](y)](ship.png "T")
----
<p><img src="ship.png" alt="A big s x" title="T"></p>
====
[![Ship](ship.png)](here.md)
----
<p><a href="/here/?a=1&amp;b=2"><img src="ship.png" alt="Ship"></a></p>
====
![](ship.png)
----
<p><img src="ship.png" alt=""></p>
====
![Ship](here.md)
----
<p><img src="/here/?a=1&amp;b=2" alt="Ship"></p>
"##,
    );
    let elsewhere = ["https://example.org/a.png", "//example.org/a.png"];
    for src in elsewhere
        .into_iter()
        .chain(["soon.png", "gone.png", "#a", ""])
    {
        check(&format!("![A & B]({src})"), "<p>A &amp; B</p>");
    }
}

#[test]
fn footnotes_lead_there_and_back() {
    check("No such [^note].", "<p>No such [^note].</p>");
    let page = r##"
[^b]: Two.

A[^A] b[^b] a[^a].

[^a]: One.

    ```
    x
    ```
----
<p>A<sup class="footnote-reference" id="fnref:1"><a href="#fn:1" aria-label="Footnote 1">1</a></sup> b<sup class="footnote-reference" id="fnref:2"><a href="#fn:2" aria-label="Footnote 2">2</a></sup> a<sup class="footnote-reference" id="fnref:1:2"><a href="#fn:1" aria-label="Footnote 1">1</a></sup>.</p>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn:1"><p>One.</p>
<pre><code>x
</code></pre>
 <a class="footnote-back" href="#fnref:1" aria-label="Back to the text from footnote 1">↩+</a> <a class="footnote-back" href="#fnref:1:2" aria-label="Back to the text from footnote 1">↩+</a></li>
<li id="fn:2"><p>Two. <a class="footnote-back" href="#fnref:2" aria-label="Back to the text from footnote 2">↩+</a></p>
</li>
</ol>
</section>
====
[^unused]: One.

a[^1]

[^1]: Two.

[^1]: Three.
----
<p>a<sup class="footnote-reference" id="fnref:1"><a href="#fn:1" aria-label="Footnote 1">1</a></sup></p>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn:1"><p>Two.</p>
<p>Three. <a class="footnote-back" href="#fnref:1" aria-label="Back to the text from footnote 1">↩+</a></p>
</li>
<li id="fn:2"><p>One.</p>
</li>
</ol>
</section>
"##;
    // The sign after the arrow cannot be seen.
    check_all(&page.replace('+', "\u{fe0e}"));
}

#[test]
fn options_reach_the_page() {
    let words = Words {
        note: "Hinweis",
        done: "Erledigt",
        table: "Tabelle",
        footnote: "Fußnote",
        footnotes: "Fußnoten",
        back: "Zurück von <Fußnote>",
        ..Words::default()
    };
    let options = Options {
        id_prefix: "hello-",
        words,
        ..Options::default()
    };
    let source = "> [!NOTE]\n> - [x] a[^1]\n\n|Tag|\n|-|\n\n[^1]: b";
    let page = html(source, &options, &Library).html;
    for part in [
        "<p class=\"callout-label\">Hinweis</p>",
        "aria-label=\"Erledigt\"",
        "aria-label=\"Tabelle: Tag\"",
        "id=\"hello-fnref:1\"><a href=\"#hello-fn:1\" aria-label=\"Fußnote 1\"",
        "<section class=\"footnotes\" aria-label=\"Fußnoten\">",
        "<li id=\"hello-fn:1\">",
        "href=\"#hello-fnref:1\" aria-label=\"Zurück von &lt;Fußnote&gt; 1\"",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
}
