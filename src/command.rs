//! The commands. Each takes its arguments, does its work through the library, and prints the result.

pub mod dictionary;
pub mod init;

use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::{CheckArgs, Cli, CompareArgs, ExplainArgs, RunArgs, SchemaOf, SimulateArgs};
use crate::compare;
use crate::embedded::{self, Unpacked};
use crate::run::{
    self, CohortRecord, Outcome, OutputError, Progress, Record, Request, RunError, SourceRecord,
};
use crate::schema;
use crate::simulate::{self as simulation, SimulateError};

/// A mistake in the program itself: where it happened, and that nothing is lost. Never the panic's own message, which
/// could hold a value.
#[allow(clippy::print_stderr, clippy::exit, reason = "a panic has no caller to answer to")]
pub fn report_panic(info: &PanicHookInfo<'_>) {
    let place =
        info.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
    let error = RunError::Internal(format!("it stopped unexpectedly{place}"));
    eprintln!("{error}");
    std::process::exit(i32::from(error.exit_code()));
}

/// `utfall run`.
///
/// # Errors
/// [`RunError`].
pub fn run(args: &RunArgs) -> Result<(), RunError> {
    threads(args.jobs)?;
    let (pipeline, _unpacked) = pipeline_of(args.pipeline.as_deref())?;
    let progress = Progress::new(args.quiet);
    let request =
        Request { pipeline, out: args.out.clone(), languages: args.lang.clone(), force: args.force };
    let outcome = run::run(&request, &progress);
    progress.end();
    let outcome = outcome?;
    if !args.quiet {
        print(&summary(&outcome))?;
    }
    match &outcome.record.published {
        Some(published) if args.strict && !published.contradicted.is_empty() => Err(RunError::Contradicted {
            figures: published.contradicted.clone(),
            ledger: outcome.place.join("release/published.csv"),
        }),
        _ => Ok(()),
    }
}

/// `utfall check`.
///
/// # Errors
/// [`RunError`].
pub fn check(args: &CheckArgs) -> Result<(), RunError> {
    threads(args.jobs)?;
    let (pipeline, _unpacked) = pipeline_of(args.pipeline.as_deref())?;
    let progress = Progress::new(args.quiet);
    let request = Request { pipeline, out: PathBuf::new(), languages: None, force: false };
    let checked = run::check(&request, &progress);
    progress.end();
    let checked = checked?;
    let mut text = source_lines(&checked.sources);
    let plan = checked.plan;
    for warning in checked.cohorts.iter().flat_map(CohortRecord::warnings).chain(run::of_plan(&plan)) {
        text += &format!("warning: {warning}\n");
    }
    text += &format!(
        "{}: {} analyses and {} tables can be computed on these data\n",
        plan.id,
        plan.analyses.len(),
        plan.tables.len()
    );
    match args.quiet {
        true => Ok(()),
        false => print(&text),
    }
}

/// `utfall simulate`.
///
/// # Errors
/// [`RunError`].
pub fn simulate(args: &SimulateArgs) -> Result<(), RunError> {
    let plan = run::load_plan(&args.pipeline)?;
    let out = args.out.clone().unwrap_or_else(|| plan.folder.clone());
    let description = plan.folder.join("simulation.toml");
    let options = simulation::Options { size: args.n, seed: args.seed, replace: args.force };
    let report = simulation::simulate(&description, &out, options).map_err(|error| match error {
        SimulateError::Mistake(mistake) => RunError::Mistake(mistake),
        SimulateError::Unwritable { path, cause } => {
            RunError::Output(OutputError::Write { path, error: io::Error::other(cause) })
        }
        SimulateError::InTheWay { path } => RunError::Output(OutputError::InTheWay(path)),
    })?;
    let lines = report.files.iter().map(|file| format!("{}: {} rows\n", file.path.display(), file.rows));
    let uneven = report.uneven.iter().map(|draw| {
        format!(
            "warning: {}:{}: the counts of {} add up to {}, and they are dealt to {} in proportion\n",
            description.display(),
            draw.line,
            draw.column,
            draw.counts,
            draw.persons
        )
    });
    print(&lines.chain(uneven).collect::<String>())
}

/// `utfall explain`.
///
/// # Errors
/// [`RunError`].
pub fn explain(args: &ExplainArgs) -> Result<(), RunError> {
    print(&run::explain(&args.pipeline, &args.out, args.what.as_deref())?)
}

/// `utfall compare`.
///
/// # Errors
/// [`RunError::Differ`] where numbers differ; another where a run or a file cannot be read or written.
pub fn compare(args: &CompareArgs) -> Result<(), RunError> {
    if !(0.0..=1.0).contains(&args.tolerance) {
        return Err(RunError::Asked(format!("the tolerance {} is not a share from 0 to 1", args.tolerance)));
    }
    let options = compare::Options { raw: args.raw, tolerance: args.tolerance };
    let comparison = compare::compare(&args.before, &args.after, options)?;
    let save = |path: &Path, text: &str| {
        std::fs::write(path, text).map_err(|error| OutputError::Write { path: path.to_owned(), error })
    };
    if let Some(path) = &args.csv {
        save(path, &compare::csv(&comparison).map_err(RunError::internal)?)?;
    }
    if let Some(path) = &args.markdown {
        save(path, &compare::markdown(&comparison))?;
    }
    print(&compare::summary(&comparison, args.top))?;
    match comparison.differences.len() {
        0 => Ok(()),
        differing => Err(RunError::Differ(differing)),
    }
}

/// `utfall schema`.
///
/// # Errors
/// [`RunError`] where standard output is closed.
pub fn schema(of: SchemaOf) -> Result<(), RunError> {
    print(&match of {
        SchemaOf::Dictionary => schema::dictionary(),
        SchemaOf::Pipeline => schema::pipeline(),
        SchemaOf::Published => schema::published(),
        SchemaOf::Simulation => schema::simulation(),
        SchemaOf::Statistics => schema::statistics(),
    })
}

/// `utfall completions`.
///
/// # Errors
/// None; the type is that of every command.
pub fn completions(shell: Shell) -> Result<(), RunError> {
    clap_complete::generate(shell, &mut Cli::command(), "utfall", &mut io::stdout());
    Ok(())
}

/// The pipeline asked for, or the shipped one.
fn pipeline_of(asked: Option<&Path>) -> Result<(PathBuf, Option<Unpacked>), RunError> {
    match asked {
        Some(path) => Ok((path.to_owned(), None)),
        None => {
            let unpacked = embedded::shipped().map_err(|error| {
                RunError::Output(OutputError::Write { path: std::env::temp_dir(), error })
            })?;
            Ok((unpacked.pipeline.clone(), Some(unpacked)))
        }
    }
}

/// Limits the threads of our own pool and of polars'.
fn threads(jobs: Option<u16>) -> Result<(), RunError> {
    let Some(jobs) = jobs else { return Ok(()) };
    // SAFETY: no other thread has been started yet, so none can be reading the environment.
    #[allow(unsafe_code, reason = "polars reads the number of its threads from the environment alone")]
    unsafe {
        std::env::set_var("POLARS_MAX_THREADS", jobs.to_string());
    }
    rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global().map_err(RunError::internal)
}

/// Writes to standard output; a reader that has gone away (`| head`) is no mistake.
fn print(text: &str) -> Result<(), RunError> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(RunError::Output(OutputError::Write { path: "standard output".into(), error }))
        }
        _ => Ok(()),
    }
}

/// ` + 3 blank`, where there are any.
fn some(rows: u64, what: &str) -> String {
    match rows {
        0 => String::new(),
        rows => format!(" + {rows} {what}"),
    }
}

/// What became of each file. A column that another source of the same file reads is passed over by none.
fn source_lines(sources: &[SourceRecord]) -> String {
    let same =
        |one: &SourceRecord, other: &SourceRecord| one.file == other.file && one.digest == other.digest;
    let lines = sources.iter().map(|source| {
        let others: Vec<&SourceRecord> = sources.iter().filter(|other| same(source, other)).collect();
        let by_all = |column: &&String| others.iter().all(|other| other.columns_ignored.contains(column));
        let passed_over: Vec<String> = source.columns_ignored.iter().filter(by_all).cloned().collect();
        of_source(source, &passed_over)
    });
    lines.collect()
}

fn of_source(source: &SourceRecord, passed_over: &[String]) -> String {
    let mut text = format!(
        "{} ({}): {} rows read = {} stored{} + {} rejected{}; {}\n",
        source.source,
        source.file,
        source.rows_read,
        source.rows_stored,
        some(source.rows_blank, "blank"),
        source.rows_rejected,
        some(source.rows_merged, "merged"),
        ignored(passed_over)
    );
    for finding in &source.findings {
        text += &format!("  {finding}\n");
    }
    text
}

fn summary(outcome: &Outcome) -> String {
    let record = &outcome.record;
    if outcome.done.is_empty() {
        // What was to be said of the numbers is to be said as long as they stand.
        let warnings: String =
            record.warnings.iter().map(|warning| format!("warning: {warning}\n")).collect();
        return warnings
            + &format!(
                "{}: nothing is stale; {} is up to date\n",
                record.evaluation,
                outcome.place.display()
            );
    }
    let mut text: String = source_lines(&record.sources);
    for cohort in &record.cohorts {
        text += &format!("cohort {}: {} rows\n", cohort.cohort, cohort.rows);
    }
    let told: Vec<&String> = record.sources.iter().flat_map(|source| &source.findings).collect();
    for warning in record.warnings.iter().filter(|warning| !told.contains(warning)) {
        text += &format!("warning: {warning}\n");
    }
    if let Some(published) = &record.published {
        text += &format!("{}\n", published.summary());
    }
    let first = outcome.done.iter().all(|done| done.why == run::NO_EARLIER_RUN);
    for done in outcome.done.iter().filter(|_| !first) {
        text += &format!("{}: {}\n", done.step, done.why);
    }
    text += &disclosed(record);
    let kept = record.steps.len() - outcome.done.len();
    text += &format!("{} steps done, {kept} kept, {:.1} seconds\n", outcome.done.len(), record.seconds);
    for language in &record.languages {
        text +=
            &format!("{}\n", outcome.place.join("release").join(format!("report.{language}.html")).display());
    }
    text
}

/// What the release hides, and how to see it; or that it hides nothing.
fn disclosed(record: &Record) -> String {
    match (record.policy.as_str(), record.hidden) {
        ("none", _) => {
            "policy none: nothing is hidden in release/; it may leave the house only if the answers may\n"
                .to_owned()
        }
        (_, 0) => String::new(),
        (policy, hidden) => format!(
            "policy {policy}: {hidden} numbers are hidden in release/, so that nobody can be recognised; to see all numbers, run a copy of the pipeline with policy = \"none\", and do not publish what it writes\n"
        ),
    }
}

/// The columns that were passed over: the first by name, all in `run.json`.
fn ignored(columns: &[String]) -> String {
    const NAMED: usize = 8;
    match columns {
        [] => "every column is in the dictionary".to_owned(),
        few if few.len() <= NAMED => format!("not in the dictionary: {}", few.join(", ")),
        many => format!(
            "{} columns not in the dictionary: {} … (all in run.json)",
            many.len(),
            many[..NAMED].join(", ")
        ),
    }
}
