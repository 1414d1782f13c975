//! `utfall` turns repeated six-month assessments of the users of a service into outcome tables that can be published.
//!
//! # The map
//!
//! ```text
//!  files ─▶ read ─▶ intake ─▶ store ─▶ cohort ─▶ tally ─▶ describe, change, model ─▶ estimates ─▶ disclosure ─▶ table, figure ─▶ published, report
//!             ▲                   ▲                                                    (cleared from here on)
//!         dictionary           pipeline                                                              run: what has changed
//!    what the numbers mean   what is asked
//! ```
//!
//! Two ideas make the program simple. **Answers to questionnaires are codes, so everything after the store is a function of
//! counts**: a cohort is reduced to its distinct covariate patterns with their frequencies, and every test, regression, table and
//! disclosure check works on that small table. **The store is split into buckets by respondent**: all waves of a person are in one
//! bucket, which is linked, derived and tallied by itself on any thread; then the patterns are added up.
//!
//! # The modules, in the order of the flow
//!
//! | module | what it does | sees |
//! |---|---|---|
//! | [`written`] | reads files that people write (TOML), answers a mistake with its line | nothing |
//! | [`dictionary`] | instruments, items, scales, labels, missing codes with reasons | `written` |
//! | [`plan`] | the parts of a resolved plan: waves, sources, cohorts, columns; no logic | `dictionary`, `estimate` |
//! | [`evaluation`] | the whole plan, of questions of any kind, and what every room may ask of a question | `plan` |
//! | [`convention`] | what R, SPSS and Stata compute differently | `estimate` |
//! | [`estimate`] | what a statistic is and rests on; the keys of an estimate; value, n, method, conditions | nothing |
//! | [`distribution`] | tail probabilities and quantiles of every test and interval | nothing |
//! | [`read`] | files of other programs → columns and records with typed cells; knows no dictionary | nothing |
//! | [`store`] | the validated Parquet data set; the sole reader and writer of it | `dictionary` |
//! | [`intake`] | files of forms → checked rows in the store; what is no form, rejected or merged with the reason | `read`, `store`, `plan` |
//! | [`cohort`] | waves linked, variables derived, services attached, states | polars, `plan` |
//! | [`tally`] | a linked bucket → distinct patterns with frequencies | polars |
//! | [`names`] | what the names in a pipeline may stand for | `plan`, `cohort` |
//! | [`describe`] | counts, shares and moments of one variable; follow-up | patterns |
//! | [`change`] | paired change between two waves; trajectories, families of tests | slices of numbers |
//! | [`model`] | logistic regression with full inference; ridge for prediction, apart | slices of numbers |
//! | [`attrition`] | the followed and the lost compared; weights that make up for loss | `describe`, `model` |
//! | [`statistic`] | every statistic by the name that code asks for it by | the stages |
//! | [`disclosure`] | the only maker of cleared estimates | `estimate`, `statistic`, `distribution`, `change` |
//! | [`table`] | cleared estimates laid out; the only place that rounds | cleared estimates |
//! | [`published`] | the ledger: published figures against computed ones, and against each other | cleared estimates, tables |
//! | [`figure`] | cleared estimates drawn, as SVG and PNG | cleared estimates |
//! | [`report`] | one self-contained HTML page per language | tables |
//! | [`codebook`] | every variable with its codes, derivation and released counts; as a page and as DDI | cleared estimates |
//! | [`workbook`] | all tables as sheets that can be computed on | tables |
//! | [`document`] | all tables and figures for a word processor | tables, pictures |
//! | [`notebook`] | notebooks in Python and R that make every released number again | `evaluation`, `estimate` |
//! | [`question`] | the kinds of question, a folder each: keys, numbers, sentences, notebook code | the stages, `names`, `report`, `notebook` |
//! | [`draft`] | dictionaries and a pipeline from files, with a comment at each guess | `read`, `dictionary` |
//! | [`simulate`] | made-up respondents from a description of published margins | `dictionary`, `plan` |
//! | [`pipeline`] | the pipeline file as written → the plan | `question`, and what a pipeline may name: checks, layouts, figures |
//! | [`run`] | steps, fingerprints, the output moved into place whole | everything above |
//! | [`compare`] | two runs: which numbers differ, and what moved them | `run` |
//! | [`cli`], [`command`] | arguments, and what each command prints | `run` |
//!
//! A module imports only from what stands before it in the flow, and only `run` knows both `pipeline` and the stages;
//! `tests/library/architecture.rs` checks this. A number that is not cleared cannot reach a table: [`disclosure::Cleared`] has no
//! constructor outside its own module, so such code does not compile.
//!
//! # Where a new thing goes
//!
//! | new | a file in | a line in |
//! |---|---|---|
//! | kind of question | `question/<kind>/`, a folder | `kinds!` in `question/mod.rs` |
//! | file format | `read/` | [`read::FORMATS`] |
//! | check | `intake/checks/` | [`intake::CHECKS`] |
//! | statistic of change | `change/` | [`change::PROCEDURES`] |
//! | statistic of regression | `model/` | [`model::PROCEDURES`] |
//! | table layout | `table/layout/` | [`table::LAYOUTS`] |
//! | kind of figure | `figure/kind/` | [`figure::KINDS`] |
//! | rule that compares published figures with each other | `published/rules/` | [`published::RULES`] |
//!
//! CONTRIBUTING.md has worked examples of a check, a statistic, a layout and a kind of figure.

pub mod attrition;
pub mod change;
pub mod cli;
pub mod codebook;
pub mod cohort;
pub mod command;
pub mod compare;
pub mod convention;
pub mod describe;
pub mod dictionary;
pub mod disclosure;
pub mod distribution;
pub mod document;
pub mod draft;
pub mod embedded;
pub mod estimate;
pub mod evaluation;
pub mod figure;
pub mod intake;
pub mod model;
pub mod names;
pub mod notebook;
pub mod pipeline;
pub mod plan;
pub mod published;
pub mod question;
pub mod read;
mod registry;
pub mod report;
pub mod run;
pub mod schema;
pub mod simulate;
pub mod statistic;
pub mod store;
pub mod table;
pub mod tally;
pub mod workbook;
pub mod written;
