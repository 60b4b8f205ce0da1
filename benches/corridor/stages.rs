//! The corridor, room by room, in one process. What a stage adds is the difference of two walks.

use crate::generate::NOW;
use crate::measure::{Cost, part};
use learnflow::disk::{self, Quiet, Writer};
use learnflow::model::Output;
use learnflow::pipeline::{self, Inputs};
use learnflow::render;
use std::path::Path;
use std::{fs, io};

const STAGES: [&str; 6] = [
    "read the files",
    "load: YAML, outlines, checks",
    "plan and what is visible",
    "public pages",
    "feeds, ledger and team pages",
    "write",
];

/// Prints what each stage costs: its share of the whole, and in parts of the floor's full build.
pub fn run(root: &Path, out: &Path, floor: Cost, turns: usize) -> io::Result<()> {
    let walks: Vec<[Cost; 6]> = (0..turns)
        .map(|_| walk(root, out))
        .collect::<io::Result<_>>()?;
    let [read, load, prepare, public, made, written] = std::array::from_fn(|stage| {
        Cost::best(&walks.iter().map(|walk| walk[stage]).collect::<Vec<_>>())
    });
    let best = [
        read,
        load,
        prepare,
        public,
        made.beyond(public),
        written.beyond(made),
    ];
    let whole = |of: fn(&Cost) -> f64| best.iter().map(of).sum::<f64>();
    let (cpu, wall) = (whole(|c| c.cpu), whole(|c| c.wall));
    println!(
        "| stage | CPU, % | CPU / floor | wall, % | wall / floor |\n| --- | --: | --: | --: | --: |"
    );
    for (name, cost) in STAGES.iter().zip(&best) {
        println!(
            "| {name} | {:.0} | {:.2} | {:.0} | {:.2} |",
            100.0 * cost.cpu / cpu,
            cost.cpu / floor.cpu,
            100.0 * cost.wall / wall,
            cost.wall / floor.wall
        );
    }
    println!();
    Ok(())
}

/// What each walk costs, every later one with all that it does again.
fn walk(root: &Path, out: &Path) -> io::Result<[Cost; 6]> {
    let ((folder, _), read) = part(|| disk::read(root, &["content", "sites", "layouts"]));
    let (loaded, load) = part(|| pipeline::load(&folder));
    let now = NOW.parse().expect("an instant");
    let inputs = Inputs {
        folder,
        now,
        ..Inputs::default()
    };
    let plan = || {
        let (mut prepared, _) = pipeline::prepare(&loaded, &inputs);
        let site = prepared.pop().filter(|_| prepared.is_empty());
        site.ok_or_else(|| io::Error::other("one site"))
    };
    let (site, prepare) = part(|| plan().map(|site| (site.seen().0, site)));
    let ((view, site), again) = (site?, plan()?);
    let nowhere = |_: Output| {};
    let (_, public) = part(|| render::public(&view, &loaded.library, &inputs.folder, &nowhere));
    let (_, made) = part(|| site.outputs(&inputs.folder, &nowhere));
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let (report, written) = part(|| {
        let writer = Writer::open(out, &Quiet)?;
        again.outputs(&inputs.folder, &|output| {
            writer
                .put_content(&output.path, &output.content)
                .expect("it can be written");
        });
        writer.commit()
    });
    report?;
    Ok([read, load, prepare, public, made, written])
}
