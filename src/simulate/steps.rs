//! Draws as written → steps: answers read by their item, names looked up, the order checked.

use std::collections::HashSet;
use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;

use super::answers::{self, Read, number, range};
use super::column::{Cell, Index, Origin};
use super::deal::{Answer, Deal, Shift};
use super::population::{Condition, Fill, Mean, Population, Step};
use super::quota::Quota;
use super::resolve::known;
use super::score::{self, Weight};
use super::written::{AnswersWritten, DrawWritten, PopulationWritten, ShiftWritten, Where};
use crate::dictionary::{Instrument, ItemType};
use crate::written::{self, Mistake};

/// What the draws of a population are resolved against.
struct Ground<'a> {
    source: &'a written::Source,
    instrument: &'a Instrument,
    population: &'a mut Population,
    /// The columns that draws so far have dealt to.
    drawn: HashSet<Index>,
    /// Every wave of the population, in order.
    waves: Vec<String>,
}

/// Resolves the draws of `population`, whose columns are known, into its steps.
pub fn resolve(
    population: &mut Population,
    instrument: &Instrument,
    written: &PopulationWritten,
) -> Result<(), Mistake> {
    let source = population.source.clone();
    let mut waves: Vec<String> = Vec::new();
    for wave in population.columns.iter().filter_map(|column| column.wave.as_ref()) {
        if !waves.contains(wave) {
            waves.push(wave.clone());
        }
    }
    let mut ground = Ground { source: &source, instrument, population, drawn: HashSet::new(), waves };
    ground.places(written)?;
    for (wave, condition) in &written.rows {
        known(&source, "wave", wave, ground.waves.iter().map(String::as_str))?;
        let resolved = ground.conditions(condition, None, None)?;
        for (resolved, name) in resolved.iter().zip(condition.keys()) {
            if ground.population.columns[resolved.column].origin != Origin::Drawn {
                return Err(source
                    .mistake(name.span(), "who has a form cannot depend on this")
                    .help("only on items and hidden variables"));
            }
        }
        ground.population.rows.push((wave.get_ref().clone(), resolved));
    }
    for (number, draw) in written.draw.iter().enumerate() {
        ground.draw(number, draw)?;
    }
    Ok(())
}

impl Ground<'_> {
    /// How many decimal places each decimal item has: as many as the draws write.
    fn places(&mut self, written: &PopulationWritten) -> Result<(), Mistake> {
        for draw in &written.draw {
            for (name, answers) in &draw.deal {
                let decimal =
                    self.instrument.item(name.get_ref()).is_some_and(|item| item.kind == ItemType::Decimal);
                let ends = answers.keys().flat_map(|answer| answer.get_ref().split(".."));
                let places = ends.filter_map(|end| end.split_once('.')).map(|(_, part)| part.len()).max();
                let Some(places) = places.filter(|_| decimal) else {
                    continue;
                };
                if places > 6 {
                    return Err(self
                        .source
                        .mistake(name.span(), "numbers are made with at most 6 decimal places"));
                }
                for column in &mut self.population.columns {
                    if column.name == *name.get_ref() {
                        column.places = column.places.max(places as u32);
                    }
                }
            }
        }
        Ok(())
    }

    fn draw(&mut self, number: usize, draw: &DrawWritten) -> Result<(), Mistake> {
        let wave = match &draw.wave {
            Some(wave) => {
                known(self.source, "wave", wave, self.waves.iter().map(String::as_str))?;
                Some(wave.get_ref().clone())
            }
            None => Some(&self.waves).filter(|waves| waves.len() == 1).map(|waves| waves[0].clone()),
        };
        let mut condition = self.conditions(&draw.condition, wave.as_deref(), None)?;
        let filled: Vec<&Spanned<String>> =
            draw.deal.keys().chain(draw.list.keys()).chain(draw.shift.keys()).collect();
        for name in draw.mean.keys() {
            known(
                self.source,
                "variable dealt in this draw",
                name,
                draw.deal.keys().map(|name| name.get_ref().as_str()),
            )?;
        }
        let mut columns = Vec::with_capacity(filled.len());
        for name in &filled {
            let column = self.column(name.get_ref(), name.span(), wave.as_deref(), None)?;
            if self.population.columns[column].origin != Origin::Drawn {
                return Err(self
                    .source
                    .mistake(name.span(), format!("`{}` is not for draws to fill", name.get_ref()))
                    .help(
                        "traits are normal by themselves; attached variables are filled where they come from",
                    ));
            }
            columns.push(column);
        }
        // Who has no form at a wave has no answers at it.
        if columns.iter().any(|column| self.population.columns[*column].wave.is_some()) {
            let rows = self.population.rows.iter().find(|(of, _)| Some(of) == wave.as_ref());
            for row in rows.into_iter().flat_map(|(_, conditions)| conditions) {
                self.is_drawn(row.column, filled[0].span())?;
                condition.push(row.clone());
            }
        }
        for (name, column) in filled.into_iter().zip(columns) {
            let (fill, quota) = if let Some(answers) = draw.deal.get(name) {
                self.deal(name, column, answers, draw, wave.as_deref())?
            } else if let Some(list) = draw.list.get(name) {
                (self.list(name, list)?, Quota::new(&[1.0]))
            } else {
                let Some(shift) = draw.shift.get(name) else {
                    unreachable!("a filled name is one of the three")
                };
                self.shift(shift, column, wave.as_deref())?
            };
            let mean =
                draw.mean.get_key_value(name).map(|(name, mean)| Mean { mean: *mean, span: name.span() });
            self.drawn.insert(column);
            self.population.steps.push(Step {
                column,
                purpose: format!("{}/{number}", self.population.columns[column].key()),
                condition: condition.clone(),
                fill,
                mean,
                quota,
                span: name.span(),
            });
        }
        Ok(())
    }

    fn deal(
        &self,
        name: &Spanned<String>,
        column: Index,
        answers: &IndexMap<Spanned<String>, f64>,
        draw: &DrawWritten,
        wave: Option<&str>,
    ) -> Result<(Fill, Quota), Mistake> {
        let item = self.instrument.item(name.get_ref());
        let places = self.population.columns[column].places;
        let mut missing: Vec<(Cell, f64)> = Vec::new();
        let mut valid: Vec<((i64, usize), Answer, f64)> = Vec::new();
        for (answer, weight) in answers {
            if !(weight.is_finite() && *weight >= 0.0 && *weight <= 1e12) {
                return Err(self.source.mistake(answer.span(), "a count or share is a number from 0 up"));
            }
            match answers::answer(self.source, item, places, answer)? {
                Read::Missing(cell) => missing.push((cell, *weight)),
                Read::Answer(Answer::Code(code)) => {
                    // In the dictionary's order, whatever the order of the file.
                    let position =
                        item.and_then(|item| item.codes.iter().position(|known| known.code == code));
                    let key = position.map_or((code, 0), |position| (0, position));
                    valid.push((key, Answer::Code(code), *weight));
                }
                Read::Answer(Answer::Range(least, greatest)) => {
                    valid.push(((least, 0), Answer::Range(least, greatest), *weight));
                }
            }
        }
        missing.sort_by_key(|(cell, _)| cell.written());
        valid.sort_by_key(|(key, _, _)| *key);
        let weights: Vec<f64> = missing
            .iter()
            .map(|(_, weight)| *weight)
            .chain(valid.iter().map(|(_, _, weight)| *weight))
            .collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            return Err(self.source.mistake(
                name.span(),
                format!("no answers are given for `{}`: its counts add up to 0", name.get_ref()),
            ));
        }
        // Shares are told from counts by their decimals.
        let sum: f64 = weights.iter().sum();
        if weights.iter().any(|weight| weight.fract() != 0.0) && (sum - 1.0).abs() > 0.0005 {
            return Err(self
                .source
                .mistake(name.span(), format!("the shares of `{}` add up to {sum:.3}", name.get_ref()))
                .help("shares, which have decimals, add up to 1; counts are whole numbers"));
        }
        let score = draw
            .score
            .iter()
            .map(|(of, weight)| self.weight(of, *weight, wave, name.get_ref()))
            .collect::<Result<Vec<Weight>, Mistake>>()?;
        let deal = Deal {
            missing: missing.into_iter().map(|(cell, _)| cell).collect(),
            answers: valid.into_iter().map(|(_, answer, _)| answer).collect(),
            score,
        };
        Ok((Fill::Deal(deal), Quota::new(&weights)))
    }

    fn list(&self, name: &Spanned<String>, list: &[i64]) -> Result<Fill, Mistake> {
        if list.len() as u64 != self.population.size {
            return Err(self
                .source
                .mistake(name.span(), format!("the list of `{}` has {} answers", name.get_ref(), list.len()))
                .help(format!(
                    "the population has {} members; a list has one answer for each",
                    self.population.size
                )));
        }
        let item = self.instrument.item(name.get_ref());
        let cells = list.iter().map(|code| answers::coded(self.source, item, *code, name.span()));
        Ok(Fill::List(cells.collect::<Result<Vec<Cell>, Mistake>>()?))
    }

    fn shift(
        &self,
        shift: &ShiftWritten,
        column: Index,
        wave: Option<&str>,
    ) -> Result<(Fill, Quota), Mistake> {
        let from = self.column(shift.from.get_ref(), shift.from.span(), wave, None)?;
        self.is_drawn(from, shift.from.span())?;
        let places = self.population.columns[column].places;
        let mut steps = Vec::with_capacity(shift.by.len());
        for (step, weight) in &shift.by {
            let amount = number(step.get_ref(), places).filter(|_| *weight >= 0.0);
            let amount = amount.ok_or_else(|| {
                self.source
                    .mistake(step.span(), "a step is a number, with its count or share")
                    .help("by = { 0 = 1, 1 = 1 } adds nothing to one half and 1 to the other")
            })?;
            steps.push((amount, *weight));
        }
        steps.sort_by_key(|(step, _)| *step);
        let weights: Vec<f64> = steps.iter().map(|(_, weight)| *weight).collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            return Err(self
                .source
                .mistake(shift.from.span(), "`by` gives no steps: its counts add up to 0"));
        }
        let steps: Vec<i64> = steps.into_iter().map(|(step, _)| step).collect();
        Ok((Fill::Shift(Shift::new(from, &steps)), Quota::new(&weights)))
    }

    fn weight(
        &self,
        of: &Spanned<String>,
        weight: f64,
        wave: Option<&str>,
        itself: &str,
    ) -> Result<Weight, Mistake> {
        let (name, code) = match of.get_ref().split_once('=') {
            None => (of.get_ref().as_str(), None),
            Some((name, code)) => {
                let code = code.parse::<i64>().map_err(|_| {
                    self.source.mistake(of.span(), format!("`{code}` is not a code")).help("as in \"sex=2\"")
                })?;
                (name, Some(code))
            }
        };
        if !weight.is_finite() || weight.abs() > 1000.0 {
            return Err(self
                .source
                .mistake(of.span(), "a weight lies between -1000 and 1000")
                .help("noise has a standard deviation of 1: weights from -3 to 3 are usual"));
        }
        let column = self.column(name, of.span(), wave, Some(itself))?;
        self.is_drawn(column, of.span())?;
        Ok(Weight { column, code, weight: score::fixed(weight) })
    }

    fn conditions(
        &self,
        written: &Where,
        wave: Option<&str>,
        itself: Option<&str>,
    ) -> Result<Vec<Condition>, Mistake> {
        let mut conditions = Vec::with_capacity(written.len());
        for (name, answers) in written {
            let column = self.column(name.get_ref(), name.span(), wave, itself)?;
            let places = self.population.columns[column].places;
            let answers = match answers {
                AnswersWritten::One(code) => vec![(*code, *code)],
                AnswersWritten::Several(codes) => codes.iter().map(|code| (*code, *code)).collect(),
                AnswersWritten::Range(text) => vec![range(text, places).ok_or_else(|| {
                    self.source
                        .mistake(name.span(), format!("{text:?} is not a range"))
                        .help("a code (1), several ([1, 2]) or a range (\"18..25\", both ends in it)")
                })?],
            };
            conditions.push(Condition { column, answers });
        }
        Ok(conditions)
    }

    /// The column that a name stands for: at the wave it says, without waves, or at the draw's own wave.
    fn column(
        &self,
        name: &str,
        span: Range<usize>,
        wave: Option<&str>,
        itself: Option<&str>,
    ) -> Result<Index, Mistake> {
        let (plain, at) = match name.rsplit_once('@') {
            Some((plain, at)) => (plain, Some(at)),
            None => (name, None),
        };
        let plain = itself.filter(|_| plain == "self").unwrap_or(plain);
        let columns = &self.population.columns;
        let found = columns.iter().position(|column| {
            column.name == plain
                && (column.wave.as_deref() == at || at.is_none() && column.wave.as_deref() == wave)
        });
        found.ok_or_else(|| {
            let named = columns.iter().any(|column| column.name == plain);
            let mistake = self.source.mistake(span, format!("there is no variable `{name}` here"));
            match named {
                true if self.waves.len() > 1 => mistake.help(format!(
                    "`{plain}` has waves: give the draw a `wave`, or write `{plain}@{}`",
                    self.waves.first().map_or("w1", String::as_str)
                )),
                _ => {
                    let mut names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
                    names.dedup();
                    mistake.suggest(plain, names)
                }
            }
        })
    }

    fn is_drawn(&self, column: Index, span: Range<usize>) -> Result<(), Mistake> {
        let meaning = &self.population.columns[column];
        let drawn = match &meaning.origin {
            Origin::Drawn => self.drawn.contains(&column),
            Origin::Trait => true,
            Origin::Attached { by, .. } => self.drawn.contains(by),
        };
        match drawn {
            true => Ok(()),
            false => Err(self
                .source
                .mistake(span, format!("this depends on `{}`, which is not drawn before", meaning.key()))
                .help("put the draw of what others depend on before them")),
        }
    }
}
