//! What the kinds that draw descriptions have in common.

use super::{FigureError, Input, Kind};
use crate::dictionary::Text;
use crate::table::labels::Key;
use crate::table::{AnalysisView, Cell, Format, words};

/// A coded variable that is drawn.
pub(super) struct Coded<'i, 'a> {
    pub analysis: &'i AnalysisView<'a>,
    /// `mental_health@w1`.
    pub variable: &'a str,
    pub codes: Vec<String>,
}

/// The coded variables of all analyses, in order.
///
/// # Errors
/// Where an analysis has none, or has a variable that is not coded.
pub(super) fn coded<'i, 'a>(input: &'i Input<'a>, kind: &Kind) -> Result<Vec<Coded<'i, 'a>>, FigureError> {
    let mut all = Vec::new();
    for analysis in &input.analyses {
        let before = all.len();
        for variable in input.variables(analysis) {
            let found = analysis.terms(variable, "count");
            if found.is_empty() {
                return Err(input.cannot_show(kind, analysis, variable, "coded variables"));
            }
            let codes = input.labels.codes(variable, &found);
            all.push(Coded { analysis, variable, codes });
        }
        if all.len() == before {
            return Err(input.lacks(kind, analysis, "counts of a coded variable"));
        }
    }
    Ok(all)
}

impl Coded<'_, '_> {
    /// The share of an answer among those of a group who answered.
    pub fn share(&self, group: &str, code: &str) -> Cell {
        match self.analysis.find(group, self.variable, code, "count") {
            // A code that nobody gave may have no estimate: nobody is what its absence means.
            None => Cell::Zero,
            Some(_) => self.analysis.cell((group, self.variable), code, "share", Format::Percent(0)),
        }
    }

    /// How many of a group answered.
    pub fn valid(&self, group: &str) -> Cell {
        self.analysis.cell((group, self.variable), "", "valid", Format::Count)
    }

    /// The variable's label, with its wave where the figure has several.
    pub fn label(&self, input: &Input<'_>, several_waves: bool) -> Text {
        match several_waves {
            true => input.labels.variable_at(self.variable),
            false => input.labels.variable(self.variable),
        }
    }
}

/// Whether the variables are of several waves, so that a name is not enough.
pub(super) fn several_waves(all: &[Coded<'_, '_>]) -> bool {
    let wave = |coded: &Coded<'_, '_>| Key::parse(coded.variable).wave.map(str::to_owned);
    all.windows(2).any(|pair| wave(&pair[0]) != wave(&pair[1]))
}

/// Whose answers they are, and the wave where all are of one.
pub(super) fn notes(input: &Input<'_>, all: &[Coded<'_, '_>]) -> Vec<Text> {
    let wave = all.first().and_then(|coded| Key::parse(coded.variable).wave).filter(|_| !several_waves(all));
    let answered = words::word("note.of_answered");
    match wave.filter(|_| input.labels.waves.len() > 1) {
        None => vec![answered],
        Some(wave) => {
            let wave = input.labels.wave(wave);
            vec![words::each(|language| format!("{}. {}", wave.get(language), answered.get(language)))]
        }
    }
}
