//! The command line: definitions only.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::dictionary::Language;
use crate::dictionary::exchange::{MissingSaid, Names};

/// Turns repeated six-month assessments into outcome tables: one command from questionnaires to a report that may be
/// published.
#[derive(Debug, Parser)]
#[command(name = "utfall", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 compare found a difference, 2 usage, 3 a mistake in a pipeline or dictionary, 4 a data file cannot be read, \
5 a check stopped the run, 6 a question cannot be computed, 7 the output cannot be written, 8 the stored data cannot be read, 9 a \
published figure is contradicted (run --strict), 70 a mistake in utfall.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs an evaluation. Runs are incremental: only what changed is done again.
    Run(RunArgs),
    /// Checks pipeline, dictionaries, data files and expressions without computing results. Writes nothing.
    Check(CheckArgs),
    /// Makes up respondents from a pipeline's simulation.toml, and writes its data files.
    Simulate(SimulateArgs),
    /// Explains which steps a run will repeat and why, or where a number comes from.
    Explain(ExplainArgs),
    /// Compares two runs: which numbers differ, by how much, and whether data, dictionary, pipeline or program caused it.
    Compare(CompareArgs),
    /// Imports dictionaries from other programs, and exports them.
    #[command(subcommand)]
    Dictionary(DictionaryCommand),
    /// Drafts an evaluation from your files, or writes a small one to learn on.
    Init(InitArgs),
    /// Prints the JSON Schema of the files that you write, or the list of statistics.
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
    /// The folder with pipeline.toml, or the file itself. Default: the shipped evaluation of simulated respondents.
    pub pipeline: Option<PathBuf>,
    /// Where to write: the evaluation gets a folder of its own in this folder.
    #[arg(long, value_name = "FOLDER", default_value = "out")]
    pub out: PathBuf,
    /// Languages of the report: nb, nn, en. Separate several with commas. Default: all of the pipeline's.
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',')]
    pub lang: Option<Vec<Language>>,
    /// Number of threads. Default: the number of processors.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Repeats every step, also those that did not change.
    #[arg(long)]
    pub force: bool,
    /// Ends with exit code 9 if a computed number contradicts a published figure.
    #[arg(long)]
    pub strict: bool,
    /// Prints errors only.
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The folder with pipeline.toml, or the file itself. Default: the shipped evaluation.
    pub pipeline: Option<PathBuf>,
    /// Number of threads. Default: the number of processors.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Prints errors only.
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// The folder with pipeline.toml and simulation.toml.
    pub pipeline: PathBuf,
    /// Where to write the data files, instead of the pipeline's own folder.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Number of respondents. Default: as in simulation.toml. The known figures are scaled.
    #[arg(long, value_name = "N", value_parser = respondents, allow_negative_numbers = true)]
    pub n: Option<u64>,
    /// Random seed. Default: the one in simulation.toml.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Overwrites existing data files. Take care: they may hold answers of real people.
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
    /// The folder with pipeline.toml, or the file itself.
    pub pipeline: PathBuf,
    /// A step (`model.satisfied`), or the id of a number (`analysis/group/variable/term/statistic`). Default: every step.
    pub what: Option<String>,
    /// The folder that `run --out` wrote to.
    #[arg(long, value_name = "FOLDER", default_value = "out")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The folder of the earlier run: a copy of `out/<evaluation>`, with run.json in it.
    pub before: PathBuf,
    /// The folder of the later run.
    pub after: PathBuf,
    /// Compares the numbers before disclosure control. What this prints must not be published.
    #[arg(long)]
    pub raw: bool,
    /// Numbers that differ by less than this, relative to the larger one, count as equal.
    #[arg(long, value_name = "SHARE", default_value_t = 1e-9)]
    pub tolerance: f64,
    /// How many numbers of each analysis to print, the largest differences first.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub top: usize,
    /// Writes every difference to a CSV file, at full precision.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Writes every difference to a Markdown file, as tables.
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to make. It must be empty or not exist yet.
    pub folder: PathBuf,
    /// Your files of answers: CSV, SPSS, Stata, Excel, OpenDocument or Parquet. Without files, a small evaluation of simulated
    /// answers is written.
    pub files: Vec<PathBuf>,
    /// The column with the respondent's id, if the guess is wrong.
    #[arg(long, value_name = "COLUMN", requires = "files")]
    pub respondent: Option<String>,
    /// The column with the wave, if the guess is wrong.
    #[arg(long, value_name = "COLUMN", requires = "files")]
    pub wave_column: Option<String>,
    /// The sheet with the answers, in workbooks. Default: the first sheet that is not empty.
    #[arg(long, value_name = "NAME", requires = "files")]
    pub sheet: Option<String>,
    /// The row with the column names, counted from 1, if there are titles above it.
    #[arg(long, value_name = "ROW", requires = "files", value_parser = clap::value_parser!(u32).range(1..))]
    pub heading: Option<u32>,
    /// How many rows the column names take. Names above each other are joined.
    #[arg(long, value_name = "N", requires = "files", value_parser = clap::value_parser!(u32).range(1..))]
    pub heading_rows: Option<u32>,
    /// The language of the labels in the files and of the report: nb, nn or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "nb")]
    pub lang: Language,
    /// Copies the files into the folder. Default: the pipeline refers to them where they are.
    #[arg(long, requires = "files")]
    pub copy: bool,
}

#[derive(Debug, Subcommand)]
pub enum DictionaryCommand {
    /// Exports dictionaries to REDCap's data dictionary, Frictionless Table Schema or DDI Codebook.
    Export(ExportArgs),
    /// Imports from REDCap's data dictionary, a Frictionless schema, a DDI Codebook, or the labels in an SPSS or Stata file.
    Import(ImportArgs),
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Dictionary files, or the folder of a pipeline: then all its dictionaries.
    #[arg(required = true)]
    pub dictionaries: Vec<PathBuf>,
    /// The format to write.
    #[arg(long, value_enum)]
    pub to: ExportTo,
    /// The file to write. It must not exist yet.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The language of the labels, if the format has only one: nb, nn or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "nb")]
    pub lang: Language,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// REDCap's data dictionary (.csv), a Frictionless Table Schema, resource or Data Package (.json), a DDI Codebook (.xml), or a
    /// file of SPSS (.sav, .zsav) or Stata (.dta).
    pub file: PathBuf,
    /// The dictionary to write, or a folder if the file has several. Existing files are never overwritten.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The format of the file, if its name does not say it.
    #[arg(long, value_enum)]
    pub from: Option<ImportFrom>,
    /// The language of its labels: nb, nn or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "nb")]
    pub lang: Language,
    /// Codes that mean a missing answer, each with its reason; add items to limit a code to them:
    /// 99=unknown,UNK=unknown,98=refused:cesd*
    #[arg(long, value_name = "CODE=REASON[:ITEMS]", value_delimiter = ',', allow_hyphen_values = true)]
    pub missing: Vec<MissingSaid>,
    /// Items whose answers have an order; `*` stands for any letters: 'cesd*','days'
    #[arg(long, value_name = "ITEMS", value_delimiter = ',')]
    pub ordinal: Vec<Names>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportTo {
    /// REDCap's data dictionary: CSV with 18 columns.
    Redcap,
    /// A Table Schema for one dictionary, a Data Package for several: JSON.
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
