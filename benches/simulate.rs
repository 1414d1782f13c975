//! Making a million respondents, beside writing the same rows with the csv crate.
//!
//! ```sh
//! cargo bench --bench simulate -- [respondents] [runs]
//! ```
//!
//! **Ours** is the program as anyone runs it, from start to end: `utfall simulate pipelines/sintef-lav --n 1000000 --seed 7`, two
//! files of 90 columns (the second for the 93 % who are followed) and three small ones.
//!
//! **The peer** makes nothing. It has the rows of the two large files in memory, each field by itself, and writes them to the same
//! folder twice over with `csv::Writer::write_record`, and again with `write_byte_record`, the crate's fastest way. Only the
//! writing is timed, not the reading before it. It writes on one thread, as the crate does; the program uses all there are,
//! so a second time is taken with one thread.
//!
//! Both end when the operating system has the bytes, in turn, on the same machine in one run. Processor seconds are those of all
//! threads, the system's among them; unlike the clock they hardly depend on what else the machine does. They and memory, the
//! greatest resident set, are what Linux tells of a process; memory for the asked number of respondents and for a quarter of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::wildcard_imports,
    reason = "a bench prints, and stops where something is wrong"
)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use csv::{ByteRecord, ReaderBuilder, Writer, WriterBuilder};

const LARGE: [&str; 2] = ["data/kartlegging-w1.csv", "data/kartlegging-w2.csv"];
/// A larger buffer than the crate's own: in its favour.
const BUFFER: usize = 1 << 17;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let (respondents, runs): (u64, u64) = (numbers.next().unwrap_or(1_000_000), numbers.next().unwrap_or(3));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (out, again) = (folder.path().join("out"), folder.path().join("again"));

    println!("{respondents} respondents; seconds by the clock, and of the processors");
    println!("| run | utfall | on one thread | write_record ×2 | write_byte_record ×2 |");
    println!("|---|---|---|---|---|");
    let mut memory = 0;
    for run in 1..=runs {
        let ours = simulate(respondents, &out, None);
        memory = memory.max(ours.memory);
        let alone = simulate(respondents, &out, Some(1)).took;
        let [plain, fast] = peer(&out, folder.path());
        println!("| {run} | {} | {alone} | {plain} | {fast} |", ours.took);
        println!(
            "| peer / utfall | | | {:.2} ({:.2}) | {:.2} ({:.2}) |",
            plain.clock / ours.took.clock,
            plain.processors / ours.took.processors,
            fast.clock / ours.took.clock,
            fast.processors / ours.took.processors
        );
    }
    let quarter = simulate(respondents / 4, &again, None).memory;
    println!(
        "\ngreatest memory: {} MB for {} respondents, {} MB for {respondents}",
        quarter >> 10,
        respondents / 4,
        memory >> 10
    );
    simulate(respondents, &out, None);
    simulate(respondents, &again, Some(1));
    let same = LARGE.iter().all(|file| same(&out.join(file), &again.join(file)));
    println!(
        "the same seed on all threads and on one: {}",
        if same { "the same bytes" } else { "OTHER BYTES" }
    );
    assert!(same, "the same seed gave other bytes");
}

/// Seconds.
#[derive(Clone, Copy, Default)]
struct Took {
    clock: f64,
    processors: f64,
}

impl std::fmt::Display for Took {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} ({:.2})", self.clock, self.processors)
    }
}

/// Processor seconds of a process so far; Linux counts in hundredths.
fn processors(process: &str) -> f64 {
    let told = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = told.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

struct Run {
    took: Took,
    /// The greatest resident set in kB; 0 where the system does not tell.
    memory: u64,
}

fn simulate(respondents: u64, out: &Path, threads: Option<u32>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_utfall"));
    command.args(["simulate", concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/sintef-lav"), "--seed", "7"]);
    command.args(["--force", "--n", &respondents.to_string(), "--out"]).arg(out).stdout(Stdio::null());
    if let Some(threads) = threads {
        command.env("RAYON_NUM_THREADS", threads.to_string());
    }
    let start = Instant::now();
    let mut program = command.spawn().expect("the program starts");
    let status = PathBuf::from(format!("/proc/{}/status", program.id()));
    let (mut memory, mut spent) = (0, 0.0);
    loop {
        spent = processors(&program.id().to_string()).max(spent);
        let ended = program.try_wait().expect("the program can be waited for");
        if let Some(ended) = ended {
            assert!(ended.success(), "the program failed");
            let took = Took { clock: start.elapsed().as_secs_f64(), processors: spent };
            return Run { took, memory };
        }
        let told = fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        memory = memory.max(peak.and_then(|peak| peak.trim().parse().ok()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Writing the large files twice over: record by record, and by the crate's fastest way.
fn peer(made: &Path, folder: &Path) -> [Took; 2] {
    let mut times = [Took::default(); 2];
    for file in LARGE {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .delimiter(b';')
            .from_path(made.join(file))
            .expect("the file is there");
        let rows: Vec<ByteRecord> =
            reader.byte_records().collect::<Result<_, _>>().expect("the file is readable");
        twice(folder, &mut times[0], |writer| {
            rows.iter().try_for_each(|row| writer.write_record(row)).expect("the row is written");
        });
        twice(folder, &mut times[1], |writer| {
            rows.iter().try_for_each(|row| writer.write_byte_record(row)).expect("the row is written");
        });
        assert!(same(&made.join(file), &folder.join("peer-2.csv")), "the peer wrote something else");
    }
    times
}

fn twice(folder: &Path, took: &mut Took, mut write: impl FnMut(&mut Writer<File>)) {
    let (start, spent) = (Instant::now(), processors("self"));
    for copy in 1..=2 {
        let mut writer = WriterBuilder::new()
            .delimiter(b';')
            .buffer_capacity(BUFFER)
            .from_path(folder.join(format!("peer-{copy}.csv")))
            .expect("the file can be written");
        write(&mut writer);
        writer.flush().expect("the file can be written");
    }
    took.clock += start.elapsed().as_secs_f64();
    took.processors += processors("self") - spent;
}

fn same(one: &Path, other: &Path) -> bool {
    fs::read(one).expect("the file is there") == fs::read(other).expect("the file is there")
}
