//! The command line: definitions only.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::dictionary::Language;
use crate::dictionary::exchange::{MissingSaid, Names};

/// Turns repeated six-month assessments into outcome tables: one command from questionnaires to a report that may leave
/// the house.
#[derive(Debug, Parser)]
#[command(name = "utfall", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 compare found a difference, 2 usage, 3 a mistake in a pipeline or dictionary, 4 a data file cannot be read, \
5 a check refused the data, 6 a question cannot be computed, 7 the output cannot be written, 8 the store cannot be read, 9 a \
published figure is contradicted (run --strict), 70 a mistake in utfall.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs an evaluation; only what is stale is done.
    Run(RunArgs),
    /// Checks everything but the results: pipeline, dictionaries, data files and expressions. Writes nothing.
    Check(CheckArgs),
    /// Makes up respondents from a pipeline's simulation.toml and writes its data files.
    Simulate(SimulateArgs),
    /// Says why a step is stale, or where a number came from.
    Explain(ExplainArgs),
    /// Compares two runs: which numbers differ, by how much, and whether data, dictionary, pipeline or program moved them.
    Compare(CompareArgs),
    /// Takes dictionaries from other programs, and gives them to others.
    #[command(subcommand)]
    Dictionary(DictionaryCommand),
    /// Drafts an evaluation from files of any format, or writes a small one to start one's own from.
    Init(InitArgs),
    /// Prints the JSON Schema of a file that people write, or the list of statistics.
    Schema {
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Prints a completion script for a shell.
    Completions {
        #[arg(value_enum)]
        shell: Shell,
    },
}

/// Which evaluation, and how its run behaves.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A folder with pipeline.toml, or the file; without it the shipped evaluation of simulated respondents.
    pub pipeline: Option<PathBuf>,
    /// The folder under which the evaluation's own folder is written.
    #[arg(long, value_name = "FOLDER", default_value = "out")]
    pub out: PathBuf,
    /// Languages of the report: nb, nn, en; several with commas.
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',')]
    pub lang: Option<Vec<Language>>,
    /// Threads; as many as there are processors if left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Does every step, stale or not.
    #[arg(long)]
    pub force: bool,
    /// Ends with exit code 9 where a published figure is contradicted by the computed one.
    #[arg(long)]
    pub strict: bool,
    /// Prints nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A folder with pipeline.toml, or the file; without it the shipped evaluation.
    pub pipeline: Option<PathBuf>,
    /// Threads; as many as there are processors if left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Prints nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// A folder with pipeline.toml and simulation.toml.
    pub pipeline: PathBuf,
    /// The folder that data files go to, instead of the pipeline's own.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// How many respondents, where not as many as in the publication; the figures keep their shares.
    #[arg(long, value_name = "N", value_parser = respondents, allow_negative_numbers = true)]
    pub n: Option<u64>,
    /// Another seed than the description's.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Replaces data files that are there already; they may hold the answers of people.
    #[arg(long)]
    pub force: bool,
}

fn respondents(text: &str) -> Result<u64, String> {
    text.parse()
        .ok()
        .filter(|n| *n > 0)
        .ok_or_else(|| "expected a whole number from 1, such as 1000000".to_owned())
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A folder with pipeline.toml, or the file.
    pub pipeline: PathBuf,
    /// A step (`model.satisfied`), or a number by its id (`analysis/group/variable/term/statistic`); without it every step.
    pub what: Option<String>,
    /// The folder under which the evaluation was written.
    #[arg(long, value_name = "FOLDER", default_value = "out")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The folder of the earlier run, with run.json in it: a copy of `out/<evaluation>`.
    pub before: PathBuf,
    /// The folder of the later run.
    pub after: PathBuf,
    /// Compares the estimates before disclosure control; what is printed must then stay in the house.
    #[arg(long)]
    pub raw: bool,
    /// Numbers that differ by less, relative to the larger, count as the same.
    #[arg(long, value_name = "SHARE", default_value_t = 1e-9)]
    pub tolerance: f64,
    /// How many numbers of each analysis are printed, those that differ most.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub top: usize,
    /// Writes every difference at full precision.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Writes every difference as tables to read.
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to make; it must not exist, or be empty.
    pub folder: PathBuf,
    /// Files of answers: CSV, SPSS, Stata, Excel, OpenDocument or Parquet. A dictionary and a pipeline are drafted from them;
    /// without files a small evaluation of simulated answers is written.
    pub files: Vec<PathBuf>,
    /// The column with the respondent's id, where it is not guessed rightly.
    #[arg(long, value_name = "COLUMN", requires = "files")]
    pub respondent: Option<String>,
    /// The column that tells the wave, where it is not guessed rightly.
    #[arg(long, value_name = "COLUMN", requires = "files")]
    pub wave_column: Option<String>,
    /// The sheet of the workbooks that holds the answers; the first with anything in it, if left out.
    #[arg(long, value_name = "NAME", requires = "files")]
    pub sheet: Option<String>,
    /// The row of the heading, from 1, where titles stand above it.
    #[arg(long, value_name = "ROW", requires = "files", value_parser = clap::value_parser!(u32).range(1..))]
    pub heading: Option<u32>,
    /// How many rows the heading has; the names above each other are joined.
    #[arg(long, value_name = "N", requires = "files", value_parser = clap::value_parser!(u32).range(1..))]
    pub heading_rows: Option<u32>,
    /// The language of the files' labels and of the report: nb, nn, en.
    #[arg(long, value_name = "LANGUAGE", default_value = "nb")]
    pub lang: Language,
    /// Copies the files into the folder; otherwise the pipeline refers to where they are.
    #[arg(long, requires = "files")]
    pub copy: bool,
}

#[derive(Debug, Subcommand)]
pub enum DictionaryCommand {
    /// Writes dictionaries as REDCap's data dictionary, Frictionless Table Schema or DDI Codebook.
    Export(ExportArgs),
    /// Makes dictionaries of REDCap's data dictionary, a Frictionless schema, a DDI Codebook, or the labels in an SPSS or Stata file.
    Import(ImportArgs),
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Dictionary files, or a folder with pipeline.toml, whose dictionaries are meant.
    #[arg(required = true)]
    pub dictionaries: Vec<PathBuf>,
    /// The form that is written.
    #[arg(long, value_enum)]
    pub to: ExportTo,
    /// The file that is written; it must not exist.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The language of the labels where the form has one: nb, nn, en.
    #[arg(long, value_name = "LANGUAGE", default_value = "nb")]
    pub lang: Language,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// REDCap's data dictionary (.csv), a Frictionless Table Schema, resource or Data Package (.json), a DDI Codebook (.xml), or a
    /// file of SPSS (.sav, .zsav) or Stata (.dta).
    pub file: PathBuf,
    /// The dictionary that is written, or a folder where the file has several; what is there already is not written over.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The form of the file, where its name does not tell.
    #[arg(long, value_enum)]
    pub from: Option<ImportFrom>,
    /// The language that its labels are in: nb, nn, en.
    #[arg(long, value_name = "LANGUAGE", default_value = "nb")]
    pub lang: Language,
    /// Codes or letters that stand for a missing answer, each with its reason, and of which items where not of all:
    /// 99=unknown,UNK=unknown,98=refused:cesd*
    #[arg(long, value_name = "CODE=REASON[:ITEMS]", value_delimiter = ',', allow_hyphen_values = true)]
    pub missing: Vec<MissingSaid>,
    /// Items whose answers have an order, by name; `*` stands for any letters: 'cesd*','days'
    #[arg(long, value_name = "ITEMS", value_delimiter = ',')]
    pub ordinal: Vec<Names>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportTo {
    /// REDCap's data dictionary: CSV of 18 columns.
    Redcap,
    /// A Table Schema of one dictionary, a Data Package of several: JSON.
    Frictionless,
    /// DDI Codebook 2.5: XML, in every language of the dictionaries.
    Ddi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFrom {
    /// REDCap's data dictionary: CSV.
    Redcap,
    /// A Table Schema, a resource or a Data Package: JSON.
    Frictionless,
    /// DDI Codebook 2.5: XML.
    Ddi,
    /// An SPSS system file.
    Spss,
    /// A Stata file.
    Stata,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// Dictionary files.
    Dictionary,
    /// Pipeline files.
    Pipeline,
    /// Ledgers of published figures.
    Published,
    /// Simulation files.
    Simulation,
    /// Every statistic of `estimates`, as Markdown.
    Statistics,
}
