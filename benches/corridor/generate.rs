//! A synthetic library: the same seed writes the same bytes.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// Activities in one programme, which has one run.
pub const EACH: usize = 30;
/// The moment of the build: every run is over, and the last ones still stand in the feeds.
pub const NOW: &str = "2026-03-01T09:00:00Z";

const SEED: u64 = 0x6c65_6172_6e66_6c6f;
const CHANNELS: usize = 8;
const RAMP: [&str; 5] = ["look", "react", "answer", "share", "host"];
const WORDS: &str = "the a of to and in is that it for with as on at by from this one we you they when where what \
    which who people colleague team group question answer post network share read write notice try ask reply \
    thank follow describe compare small useful honest half finished clear open early often again together week \
    morning shift desk harbour ticket timetable handover customer example problem lesson habit step draft list \
    before after between without because while only also still already almost never always perhaps sentence \
    picture meeting note reason decision change result idea work place time day month year hour minute";

/// SplitMix64 (Steele, Lea and Flood 2014): a few lines, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }
}

/// Writes a repository with so many activities below a folder.
pub fn write(root: &Path, activities: usize) -> io::Result<()> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut author = Author {
        dice: Dice(SEED),
        words,
        text: String::new(),
    };
    for folder in ["content/challenges", "sites/library/runs"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join("sites/library/site.yaml"), site())?;
    let programmes = activities.div_ceil(EACH);
    for number in 0..programmes {
        let count = EACH.min(activities - number * EACH);
        let challenge = author.challenge(number, programmes, count);
        fs::write(
            root.join(format!("content/challenges/series-{number:04}.md")),
            challenge,
        )?;
        fs::write(
            root.join(format!("sites/library/runs/run-{number:04}.md")),
            author.run(number),
        )?;
    }
    Ok(())
}

fn site() -> String {
    let mut text = "id: library\ntitle: The library\nsummary: Where we learn together.\n\
        base_url: https://learn.example.org/\nauthority: \"learn.example.org,2026\"\nzone: Europe/London\n\
        language: en-GB\nat: \"09:00\"\nchannels:\n"
        .to_owned();
    for channel in 0..CHANNELS {
        let url = format!("https://network.example.org/groups/{channel}");
        let _ = writeln!(
            text,
            "  - {{id: channel-{channel}, title: Channel {channel}, url: \"{url}\"}}"
        );
    }
    text
}

struct Author<'w> {
    dice: Dice,
    words: Vec<&'w str>,
    text: String,
}

impl Author<'_> {
    fn challenge(&mut self, number: usize, programmes: usize, count: usize) -> String {
        self.text.clear();
        let _ = write!(
            self.text,
            "---\nkind: challenge\nid: series-{number:04}\ntitle: Series {number}\nsummary: A series of small steps.\n\
             purpose: So that everybody finds one colleague to ask the next time they are stuck.\n\
             audience: Everybody\neffort: 5 to 10 minutes a day\ncount: {count}\n\
             cadence: {{every: day, days: weekdays, at: \"09:00\"}}\nnumbering: \"Day {{n}}\"\n\
             ramp: [look, react, answer, share, host]\n---\n"
        );
        self.paragraph(60);
        for step in 0..count {
            // A rung lower now and then: five in a row on one rung are warned about.
            let rung = (step * RAMP.len() / count).saturating_sub(usize::from(step % 4 == 3));
            let (ramp, minutes) = (RAMP[rung], 3 + self.dice.roll(8));
            let _ = write!(self.text, "## Step {step} of {number}");
            let end = if step + 1 == count {
                " milestone=celebration"
            } else {
                ""
            };
            let _ = write!(
                self.text,
                " {{#step-{step:02} minutes={minutes} ramp={ramp}{end}}}\n\n### Why\n\n"
            );
            self.paragraph(45);
            self.text.push_str("### Do\n\nWrite down ");
            self.paragraph(50);
            self.list(step % 2 == 0);
            let other = self.dice.roll(programmes);
            let _ = write!(
                self.text,
                "See also [an earlier series](series-{other:04}.md). "
            );
            self.paragraph(30);
            if step % 7 == 0 {
                self.table();
            }
            self.text.push_str("### Share\n\n");
            self.paragraph(45);
            self.text.push_str("### If you have ten minutes\n\n");
            self.paragraph(35);
            self.text.push_str("### Example\n\n");
            self.paragraph(60);
            if step % 3 == 0 {
                self.text.push_str("### For the guide\n\n");
                self.paragraph(25);
            }
        }
        std::mem::take(&mut self.text)
    }

    /// One dated delivery. Starts lie a few days apart, from the spring of 2023 on.
    fn run(&mut self, number: usize) -> String {
        let day = number * 3 % (33 * 28);
        let (month, day) = (day / 28 + 3, day % 28 + 1);
        let starts = format!(
            "{}-{:02}-{day:02}",
            2023 + (month - 1) / 12,
            (month - 1) % 12 + 1
        );
        let (first, second) = (
            number % CHANNELS,
            (number + 1 + self.dice.roll(CHANNELS - 1)) % CHANNELS,
        );
        let _ = write!(
            self.text,
            "---\nid: run-{number:04}\nprogramme: series-{number:04}\ncreated: {starts}\nstarts: {starts}\n\
             channels: [channel-{first}, channel-{second}]\nroles:\n  learning-guide: guide-{number}\n---\n"
        );
        self.paragraph(40);
        std::mem::take(&mut self.text)
    }

    fn paragraph(&mut self, length: usize) {
        self.line(length);
        self.text.push_str(".\n\n");
    }

    fn list(&mut self, numbered: bool) {
        for _ in 0..4 {
            self.text.push_str(if numbered { "1. " } else { "- " });
            self.line(16);
            self.text.push('\n');
        }
        self.text.push('\n');
    }

    fn table(&mut self) {
        self.text.push_str("| What | How |\n| --- | --- |\n");
        for _ in 0..3 {
            self.text.push_str("| ");
            self.line(3);
            self.text.push_str(" | ");
            self.line(6);
            self.text.push_str(" |\n");
        }
        self.text.push('\n');
    }

    /// Words, some of them in emphasis, in code or linked, with a full stop now and then.
    fn line(&mut self, length: usize) {
        for index in 0..length {
            let word = self.words[self.dice.roll(self.words.len())];
            if index > 0 {
                self.text
                    .push_str(if self.dice.roll(12) == 0 { ". " } else { " " });
            }
            let _ = match self.dice.roll(40) {
                0 => write!(self.text, "**{word}**"),
                1 => write!(self.text, "*{word}*"),
                2 => write!(self.text, "`{word}`"),
                3 => write!(self.text, "[{word}](https://example.org/{word})"),
                _ => write!(self.text, "{word}"),
            };
        }
    }
}
