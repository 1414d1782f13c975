//! Ledger as written → ledger: every name looked up, every mistake with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use indexmap::IndexMap;
use toml::Spanned;

use super::claim::{Claim, Operator};
use super::ledger::{Against, Document, Expression, Figure, Ledger, Same, Unit, Whole, WholeOf};
use super::written::{ExpressionWritten, FigureWritten, PublishedFile, WholeOfWritten};
use crate::dictionary::Text;
use crate::written::{Mistake, Source};

/// The computed numbers that a ledger may name.
pub struct Known<'a> {
    /// The ids of the evaluation's analyses.
    pub analyses: Vec<&'a str>,
    /// The statistics of an analysis, by its id.
    pub statistics: &'a dyn Fn(&str) -> Vec<&'static str>,
}

/// Reads and resolves a ledger.
///
/// # Errors
/// A [`Mistake`] with file and line where the file cannot be read, has an unknown key, names what does not exist, or breaks a
/// rule.
pub fn load(path: &Path, known: &Known<'_>) -> Result<Ledger, Mistake> {
    let source = Source::read(path)?;
    let file: PublishedFile = source.parse()?;
    if *file.format.get_ref() != 1 {
        return Err(source
            .mistake(file.format.span(), "this version of utfall reads ledgers of format 1")
            .help("write `format = 1`"));
    }
    let documents: Vec<Document> = file
        .document
        .iter()
        .map(|(id, written)| Document { id: id.get_ref().clone(), title: written.title.clone() })
        .collect();
    for (id, _) in &file.document {
        check_name(&source, "document", id)?;
    }
    if file.figure.is_empty() || documents.is_empty() {
        return Err(Mistake::of_file(path, "the ledger has no figure, or no document")
            .help("add a [document.…] and a [[figure]] for each published figure"));
    }
    let desk = Desk { source: &source, file: &file, known, documents: &documents };
    let mut figures: Vec<Figure> = Vec::with_capacity(file.figure.len());
    for written in &file.figure {
        check_name(&source, "figure", &written.id)?;
        if figures.iter().any(|known| known.id == *written.id.get_ref()) {
            return Err(source
                .mistake(written.id.span(), format!("the figure `{}` stands twice", written.id.get_ref())));
        }
        figures.push(desk.figure(written)?);
    }
    let wholes = file.whole.iter().map(|written| {
        let parts = written.parts.iter().map(|name| desk.place(name)).collect::<Result<Vec<_>, _>>()?;
        if parts.len() < 2 {
            return Err(source
                .mistake(written.whole.span(), "a whole has two parts or more")
                .help("name the figures in `parts`"));
        }
        Ok(Whole { parts, whole: desk.whole(&written.whole)? })
    });
    let wholes = wholes.collect::<Result<Vec<_>, Mistake>>()?;
    for (written, whole) in file.whole.iter().zip(&wholes) {
        let unit = match whole.whole {
            WholeOf::Figure(place) => figures[place].unit,
            WholeOf::Number(_) => figures[whole.parts[0]].unit,
        };
        if let Some(at) = whole.parts.iter().position(|part| figures[*part].unit != unit) {
            return Err(source
                .mistake(written.parts[at].span(), "this part has another unit than the whole")
                .help(format!(
                    "the whole is a {}: give this part the same unit, or take it out of the parts",
                    unit.as_str()
                )));
        }
    }
    let mut same = Vec::new();
    for written in &file.same {
        let figures = written.figures.iter().map(|name| desk.place(name)).collect::<Result<Vec<_>, _>>()?;
        same.push(Same { figures });
    }
    Ok(Ledger {
        note: file.note.clone().unwrap_or_default(),
        documents,
        populations: texts(&file.population),
        reasons: texts(&file.reason),
        figures,
        wholes,
        same,
    })
}

fn texts(written: &IndexMap<String, Text>) -> BTreeMap<String, Text> {
    written.iter().map(|(key, text)| (key.clone(), text.clone())).collect()
}

/// A name becomes part of ids and of names of files.
fn check_name(source: &Source, what: &str, name: &Spanned<String>) -> Result<(), Mistake> {
    let text = name.get_ref();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    match !text.is_empty() && text.chars().all(plain) {
        true => Ok(()),
        false => Err(source
            .mistake(name.span(), format!("`{text}` cannot be the name of a {what}"))
            .help("letters a–z, digits and `_` only")),
    }
}

/// What a figure is resolved with.
struct Desk<'a> {
    source: &'a Source,
    file: &'a PublishedFile,
    known: &'a Known<'a>,
    documents: &'a [Document],
}

impl Desk<'_> {
    fn figure(&self, written: &FigureWritten) -> Result<Figure, Mistake> {
        let document = match (&written.document, self.documents) {
            (None, [_]) => 0,
            (None, _) => {
                return Err(self
                    .source
                    .mistake(written.id.span(), "the figure does not say which document it is from")
                    .help("add document = \"…\", one of the [document.…] above"));
            }
            (Some(name), documents) => {
                let ids = documents.iter().map(|document| document.id.as_str());
                self.known_name("document", name, ids.clone())?;
                ids.into_iter().position(|id| id == name.get_ref()).unwrap_or_default()
            }
        };
        if written.words.get_ref().trim().is_empty() {
            return Err(self
                .source
                .mistake(written.words.span(), "this figure has no `words`")
                .help("quote the publication: the sentence, or the part of it that holds the number"));
        }
        self.known_name("population", &written.population, self.file.population.keys().map(String::as_str))?;
        let claim = self.claim(written)?;
        if written.unit == Unit::Percent && !(0.0..=100.0).contains(&claim.value) {
            return Err(self
                .source
                .mistake(written.value.span(), "a share of persons lies between 0 and 100 per cent")
                .help("where it is a change or a ratio, write unit = \"number\""));
        }
        if let Some(of) = &written.of
            && *of.get_ref() == 0
        {
            return Err(self
                .source
                .mistake(of.span(), "`of` is 0, but a figure is about at least one person or unit"));
        }
        let count = match &written.count {
            None => None,
            Some(name) => {
                let place = self.place(name)?;
                if self.file.figure[place].unit != Unit::Count
                    || written.unit != Unit::Percent
                    || written.of.is_none()
                {
                    return Err(self
                        .source
                        .mistake(name.span(), "`count` names the count that a percentage is given as")
                        .help("the figure is a percentage with `of`, and the one named is a count"));
                }
                Some(place)
            }
        };
        Ok(Figure {
            id: written.id.get_ref().clone(),
            document,
            page: written.page.clone(),
            words: written.words.get_ref().trim().to_owned(),
            population: written.population.get_ref().clone(),
            denominator: written.denominator,
            claim,
            unit: written.unit,
            of: written.of.as_ref().map(|of| *of.get_ref()),
            of_whole_numbers: written.of_whole_numbers,
            count,
            against: self.against(written)?,
            definition_unknown: written.definition_unknown,
            note: written.note.clone().unwrap_or_default(),
        })
    }

    fn claim(&self, written: &FigureWritten) -> Result<Claim, Mistake> {
        let operator = written.operator.as_ref().map_or(Operator::Equal, |operator| *operator.get_ref());
        let value = *written.value.get_ref();
        let to = match (operator, &written.to) {
            (Operator::Between, Some(to)) if *to.get_ref() > value => *to.get_ref(),
            (Operator::Between, _) => {
                return Err(self
                    .source
                    .mistake(written.value.span(), "`between` goes from `value` to a greater `to`")
                    .help("write value = 2 and to = 3"));
            }
            (_, None) => value,
            (_, Some(to)) => {
                return Err(self
                    .source
                    .mistake(to.span(), "`to` can only be used with operator = \"between\"")
                    .help("write operator = \"between\", or leave `to` out"));
            }
        };
        let rounding = match &written.rounding {
            None => last_digit(&self.source.text[written.value.span()]),
            Some(rounding) if *rounding.get_ref() > 0.0 && rounding.get_ref().is_finite() => {
                *rounding.get_ref()
            }
            Some(rounding) => {
                return Err(self
                    .source
                    .mistake(rounding.span(), "a rounding is a positive number")
                    .help("1 for whole numbers, 0.1 for one decimal, 10 for whole tens"));
            }
        };
        match value.is_finite() && to.is_finite() {
            true => Ok(Claim { operator, value, to, rounding }),
            false => Err(self.source.mistake(written.value.span(), "a published figure is a finite number")),
        }
    }

    fn against(&self, written: &FigureWritten) -> Result<Against, Mistake> {
        match (&written.compare, &written.untestable) {
            (Some(compare), None) => {
                let span = compare.span();
                let expression = compare.get_ref().clone().try_into().map_err(|_| {
                    self.source
                        .mistake(span.clone(), "this is neither the id of a number nor a calculation with such ids")
                        .help("write an id, { sum = [\"…\", \"…\"] }, { difference = [\"…\", \"…\"] }, { ratio = [\"…\", \"…\"] } or { complement = \"…\" }")
                })?;
                Ok(Against::Computed(self.expression(&expression, &span)?))
            }
            (None, Some(reason)) => {
                self.known_name("reason", reason, self.file.reason.keys().map(String::as_str))?;
                Ok(Against::Nothing(reason.get_ref().clone()))
            }
            _ => Err(self
                .source
                .mistake(written.id.span(), "a figure has either `compare` or `untestable`")
                .help("compare = \"analysis/group/variable/term/statistic\", or untestable = a [reason]")),
        }
    }

    fn expression(&self, written: &ExpressionWritten, span: &Range<usize>) -> Result<Expression, Mistake> {
        let pair = |pair: &[ExpressionWritten; 2]| -> Result<Box<[Expression; 2]>, Mistake> {
            Ok(Box::new([self.expression(&pair[0], span)?, self.expression(&pair[1], span)?]))
        };
        Ok(match written {
            ExpressionWritten::Estimate(id) => Expression::Estimate(self.estimate(id, span)?),
            ExpressionWritten::Sum { sum } if sum.is_empty() => {
                return Err(self
                    .source
                    .mistake(span.clone(), "this sum has no numbers")
                    .help("write the ids of the numbers to add up: { sum = [\"…\", \"…\"] }"));
            }
            ExpressionWritten::Sum { sum } => Expression::Sum(
                sum.iter().map(|part| self.expression(part, span)).collect::<Result<Vec<_>, _>>()?,
            ),
            ExpressionWritten::Difference { difference } => Expression::Difference(pair(difference)?),
            ExpressionWritten::Ratio { ratio } => Expression::Ratio(pair(ratio)?),
            ExpressionWritten::Complement { complement } => {
                Expression::Complement(Box::new(self.expression(complement, span)?))
            }
        })
    }

    /// An id whose analysis and statistic exist; whether the data have the rest of it, the run tells.
    fn estimate(&self, id: &str, span: &Range<usize>) -> Result<String, Mistake> {
        let parts: Vec<&str> = id.split('/').collect();
        let [analysis, _, _, _, statistic] = parts[..] else {
            return Err(self.source.mistake(span.clone(), format!("`{id}` is not the id of a number")).help(
                "an id is analysis/group/variable/term/statistic, as in release/estimates.csv; write the slash even if a part is empty",
            ));
        };
        if !self.known.analyses.contains(&analysis) {
            return Err(self
                .source
                .mistake(span.clone(), format!("there is no analysis `{analysis}`"))
                .suggest(analysis, self.known.analyses.iter().copied()));
        }
        let statistics = (self.known.statistics)(analysis);
        if !statistics.contains(&statistic) {
            return Err(self
                .source
                .mistake(span.clone(), format!("`{analysis}` gives no statistic `{statistic}`"))
                .suggest(statistic, statistics));
        }
        Ok(id.to_owned())
    }

    /// What parts make up: a figure by its id, or a number.
    fn whole(&self, written: &Spanned<toml::Value>) -> Result<WholeOf, Mistake> {
        match written.get_ref().clone().try_into() {
            Ok(WholeOfWritten::Figure(name)) => {
                self.place(&Spanned::new(written.span(), name)).map(WholeOf::Figure)
            }
            Ok(WholeOfWritten::Number(number)) if number.is_finite() => Ok(WholeOf::Number(number)),
            _ => Err(self
                .source
                .mistake(written.span(), "a whole is a figure or a number")
                .help("write whole = \"…\", the id of a figure, or whole = 100")),
        }
    }

    /// The place of a figure in the ledger.
    fn place(&self, name: &Spanned<String>) -> Result<usize, Mistake> {
        let ids = self.file.figure.iter().map(|figure| figure.id.get_ref().as_str());
        self.known_name("figure", name, ids.clone())?;
        Ok(ids.into_iter().position(|id| id == name.get_ref()).unwrap_or_default())
    }

    fn known_name<'k>(
        &self,
        what: &str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'k str>,
    ) -> Result<(), Mistake> {
        let known: Vec<&str> = known.collect();
        match known.contains(&name.get_ref().as_str()) {
            true => Ok(()),
            false => Err(self
                .source
                .mistake(name.span(), format!("there is no {what} `{}`", name.get_ref()))
                .suggest(name.get_ref(), known)),
        }
    }
}

/// One unit of the last digit of a number as it is written: 0.1 for `35.3`, 1 for `400`.
fn last_digit(written: &str) -> f64 {
    let mantissa = written.trim().split(['e', 'E']).next().unwrap_or_default();
    let decimals = mantissa
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.chars().filter(char::is_ascii_digit).count());
    10f64.powi(-i32::try_from(decimals).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::last_digit;

    #[test]
    fn the_digits_tell_the_rounding() {
        for (written, rounding) in
            [("400", 1.0), ("35.3", 0.1), ("2.0", 0.1), (" 0.0003", 0.0001), ("1_000", 1.0)]
        {
            assert!((last_digit(written) - rounding).abs() < 1e-12, "{written}");
        }
    }
}
