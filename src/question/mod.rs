//! Questions: one folder a kind, which holds all of its own.
//!
//! | file | what it holds |
//! |---|---|
//! | `mod.rs` | the question, resolved; what it tells every room of itself |
//! | `keys.rs` | its keys in a pipeline, and their resolution |
//! | `numbers.rs` | what it is counted over, and its numbers |
//! | `notebook.rs`, `python/`, `r/` | its prose and its code in a notebook, and the functions that the code calls |
//! | `words.*.toml` | words that only it has |
//!
//! Beside the kinds [`ranking`] holds what the sentences above tables rank, for which nobody asks.
//!
//! A new kind is a folder and a line in [`kinds!`]. The rooms before this one know no kind: each asks a question by a trait of its
//! own ([`Asked`], [`Told`], [`Remade`]); the pipeline and the run, after it, by the list and by [`Question`].

mod answer;
mod patterns;
pub mod ranking;

use std::any::Any;
use std::sync::Arc;

use toml::Spanned;

pub use answer::{Answers, Ground, OfEstimates, OfPatterns, Unanswered, only_column};
pub use patterns::PatternTable;

use crate::convention::Convention;
use crate::disclosure::Maker;
use crate::estimate::{Kind, Statistic};
use crate::evaluation::{self, Asked};
use crate::figure::{self, FigureSpec};
use crate::names::{Names, Scope};
use crate::notebook::{Remade, Stage};
use crate::plan::{Cohort, Source};
use crate::report::Told;
use crate::table::{self, Layout, TableSpec};
use crate::written::Mistake;

/// Hands the list of kinds to a macro, in the order in which analyses are answered and shown: a later one may be made of the numbers
/// of an earlier one. Those that every cohort is asked without a word in the pipeline stand first, then those that an analysis brings
/// with it; of the others the name is the table's in a pipeline, with its keys.
macro_rules! kinds {
    ($then:ident) => {
        $then! {
            followup;

            contrast;

            /// Who was lost at a wave, and weights that make up for it.
            attrition: AttritionWritten,
            describe: DescribeWritten,
            /// Where everybody stands at each wave, and who flows from where to where.
            trajectory: TrajectoryWritten,
            change: ChangeWritten,
            /// Change as it was rated against change as the answers differ.
            agreement: AgreementWritten,
            /// How far users came with their goals.
            goals: GoalsWritten,
            model: ModelWritten,
            /// Tests that belong together, their p-values adjusted for multiple tests.
            family: FamilyWritten,
        }
    };
}
pub(crate) use kinds;

macro_rules! declare {
    (
        $($undeclared:ident),*;
        $($implied:ident),*;
        $($(#[$about:meta])* $kind:ident: $keys:ident),* $(,)?
    ) => {
        $(pub mod $undeclared;)*
        $(pub mod $implied;)*
        $(pub mod $kind;)*

        /// Each kind by its name, in the order of the flow.
        pub static KINDS: &[(&str, &Registered)] = &[
            $((stringify!($undeclared), &$undeclared::KIND),)*
            $((stringify!($implied), &$implied::KIND),)*
            $((stringify!($kind), &$kind::KIND),)*
        ];

        /// What a cohort is asked without a word in the pipeline: the kind's name with the question.
        pub fn undeclared(cohort: &Cohort) -> impl Iterator<Item = (&'static str, Arc<dyn Question>)> {
            [$($undeclared::of_cohort(cohort).map(|question| (stringify!($undeclared), question))),*]
                .into_iter()
                .flatten()
        }

        /// What an analysis brings with it.
        pub fn implied(analysis: &Analysis) -> Vec<Analysis> {
            let named = |kind: &str, question, label| {
                let name = analysis.id.split_once('.').map_or(&*analysis.id, |(_, name)| name);
                Analysis { id: format!("{kind}.{name}"), label, cohort: analysis.cohort, question }
            };
            let implied = [$($implied::of_analysis(analysis)
                .map(|question| named(stringify!($implied), question, $implied::label(analysis)))),*];
            implied.into_iter().flatten().collect()
        }
    };
}
kinds!(declare);

/// What a kind adds to the lists of other rooms.
pub struct Registered {
    /// The stages that its numbers come from.
    pub stages: &'static [&'static Stage],
    /// Tables of it, beside those that the room of tables has.
    pub layouts: &'static [&'static Layout],
    /// Figures of it, beside those that the room of figures has.
    pub figures: &'static [&'static figure::Kind],
}

impl Registered {
    /// A kind whose numbers come from `stages`, with no layouts and figures of its own.
    pub const fn of(stages: &'static [&'static Stage]) -> Registered {
        Registered { stages, layouts: &[], figures: &[] }
    }
}

/// The stages of all kinds.
pub fn stages() -> impl Iterator<Item = &'static Stage> {
    KINDS.iter().flat_map(|(_, kind)| kind.stages).copied().chain([&ranking::STAGE])
}

/// All layouts, by the names that pipelines use.
pub fn layouts() -> impl Iterator<Item = &'static Layout> + Clone {
    table::LAYOUTS.iter().chain(KINDS.iter().flat_map(|(_, kind)| kind.layouts)).copied()
}

/// All kinds of figures, by the names that pipelines use.
pub fn figures() -> impl Iterator<Item = &'static figure::Kind> + Clone {
    figure::KINDS.iter().chain(KINDS.iter().flat_map(|(_, kind)| kind.figures)).copied()
}

/// The stage of a name.
pub fn stage(name: &str) -> Option<&'static Stage> {
    stages().find(|stage| stage.kind.as_str() == name)
}

/// The statistics of a stage.
pub fn statistics(kind: Kind) -> Vec<&'static Statistic> {
    stages().filter(|stage| stage.kind == kind).flat_map(|stage| (stage.statistics)()).collect()
}

/// A statistic by the stage it comes from and its name, as it is read back from a file.
pub fn statistic(kind: Kind, name: &str) -> Option<&'static Statistic> {
    statistics(kind).into_iter().find(|known| known.name == name)
}

/// A question, whatever its kind.
pub trait Question: Asked + Told + Remade + Any {
    /// What it is answered from.
    fn answers(&self) -> Answers<'_>;

    /// Takes note of the tables and figures that show it, where there are numbers that are worked out only if they are shown.
    fn shown_in(&mut self, _tables: &[&TableSpec], _figures: &[&FigureSpec]) {}

    /// How its numbers, where they are worked out of others, are worked out of what may be seen of these; `id` is the analysis's.
    fn maker<'q>(&'q self, _id: &'q str) -> Option<Box<Maker<'q>>> {
        None
    }
}

/// The plan of an evaluation that may ask anything.
pub type Plan = evaluation::Plan<dyn Question>;

/// An analysis that may ask anything.
pub type Analysis = evaluation::Analysis<dyn Question>;

/// A question as it is written in a pipeline.
pub trait Keys {
    /// The place of the cohort that is asked, and the question; `id` is the analysis's name.
    ///
    /// # Errors
    /// A [`Mistake`] with its line, where a name stands for nothing or a rule of the method is broken.
    fn question(&self, id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake>;
}

/// What a question is resolved within.
pub struct Within<'a> {
    pub names: &'a Names<'a>,
    pub cohorts: &'a [Arc<Cohort>],
    pub sources: &'a [Source],
    /// The program whose variants of the tests are computed.
    pub convention: Convention,
    /// The analyses declared before it.
    pub analyses: &'a [Analysis],
}

/// The question of an analysis, where it is of one kind.
pub fn as_kind<Q: Question>(analysis: &Analysis) -> Option<&Q> {
    let question: &dyn Any = &*analysis.question;
    question.downcast_ref::<Q>()
}

impl Within<'_> {
    /// The place of a cohort, the cohort, and the names of its columns.
    ///
    /// # Errors
    /// Where there is no such cohort.
    pub fn cohort(&self, name: &Spanned<String>) -> Result<(usize, &Cohort, Scope<'_>), Mistake> {
        let ids = self.cohorts.iter().map(|cohort| cohort.id.as_str());
        let place = self.names.known("cohort", name.get_ref(), name.span(), ids)?;
        let cohort = &*self.cohorts[place];
        Ok((place, cohort, self.names.scope(cohort, self.sources)))
    }

    /// The analyses before it of one kind.
    pub fn of_kind<Q: Question>(&self) -> impl Iterator<Item = (&Analysis, &Q)> {
        self.analyses.iter().filter_map(|analysis| Some((analysis, as_kind(analysis)?)))
    }
}
