//! Scores as written → variables derived per assessment, each with the SQL expression that computes it.

mod expression;

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

use expression::expression;

use super::written::{ScoreMethodWritten, ScoreWritten};
use crate::cohort;
use crate::dictionary::{self, Code, Instrument, Item, ItemType, Reason, Text};
use crate::names::{Names, Scope};
use crate::plan::{CohortUnit, Column, Derived, Origin, Score, ScoreItem, ScoreMethod, Sql};
use crate::written::Mistake;

/// So many items may make a score: an expression has at most a few hundred operators.
const MOST: usize = 100;

/// Shares of items are compared with this tolerance: 0.8 of 5 is 4.
const TOLERANCE: f64 = 1e-9;

/// One item of a score.
struct Part {
    item: Arc<Item>,
    /// Least + greatest possible answer, where the item is turned round.
    turned: Option<f64>,
}

impl Names<'_> {
    /// The variable of a score; `earlier` are the scores of the instrument that were declared before.
    pub(super) fn score(
        &self,
        name: &str,
        span: Range<usize>,
        written: &ScoreWritten,
        instrument: &Instrument,
        earlier: &[Derived],
    ) -> Result<Derived, Mistake> {
        let parts = self.parts(name, &span, written, instrument, earlier)?;
        let method = match written.method {
            None | Some(ScoreMethodWritten::Sum) => ScoreMethod::Sum,
            Some(ScoreMethodWritten::Mean) => ScoreMethod::Mean,
            Some(ScoreMethodWritten::Any) => ScoreMethod::Any,
            Some(ScoreMethodWritten::Count) => ScoreMethod::Count,
        };
        if let (ScoreMethod::Any | ScoreMethod::Count, Some(first)) = (method, written.reverse.first()) {
            return Err(self
                .source
                .mistake(first.span(), format!("the items of `{name}` are counted, not added up"))
                .help("`reverse` goes with method = \"sum\" and method = \"mean\""));
        }
        let at_least = self.at_least(written, parts.len())?;
        let text = expression(method, &parts, at_least);
        cohort::sql_columns(&text).map_err(|why| {
            self.source
                .mistake(span.clone(), format!("`{name}` cannot be computed: {why}"))
                .help("make scores of fewer items, and a score of these")
        })?;
        let columns = parts.iter().map(|part| Column {
            name: part.item.name.clone(),
            item: part.item.clone(),
            wave: None,
            origin: Origin::Assessment,
        });
        let score = Score {
            method,
            items: parts
                .iter()
                .map(|part| ScoreItem { name: part.item.name.clone(), is_reversed: part.turned.is_some() })
                .collect(),
            at_least,
        };
        let better = written.better;
        let item = Item {
            codes: if method == ScoreMethod::Any { Code::no_yes() } else { Vec::new() },
            range: self.range(name, written, method, &parts)?,
            better,
            reliability: dictionary::reliability(self.source, name, written.reliability.as_ref(), better)?,
            constant: parts.iter().all(|part| part.item.constant),
            blank: Reason::NotDerived,
            unit: written.unit.clone().unwrap_or_default(),
            ..Item::bare(
                name,
                name,
                written.label.clone().unwrap_or_else(|| Text::same(name)),
                kind(method, &parts, at_least),
            )
        };
        Ok(Derived {
            item: Arc::new(item),
            sql: Sql { text, columns: columns.collect() },
            score: Some(Arc::new(score)),
        })
    }

    /// The items of a score, in the order in which they are named; those of a pattern in the order of the form.
    fn parts(
        &self,
        name: &str,
        span: &Range<usize>,
        written: &ScoreWritten,
        instrument: &Instrument,
        earlier: &[Derived],
    ) -> Result<Vec<Part>, Mistake> {
        let scope = Scope {
            instrument,
            observed: Vec::new(),
            waves: &[],
            unit: CohortUnit::Assessment,
            per_assessment: earlier,
            per_respondent: &[],
            attached: Vec::new(),
        };
        let mut items: Vec<Arc<Item>> = Vec::new();
        for wanted in &written.items {
            for item in self.named(&scope, wanted)? {
                if items.iter().any(|known| known.name == item.name) {
                    return Err(self
                        .source
                        .mistake(
                            wanted.span(),
                            format!("`{}` stands twice among the items of `{name}`", item.name),
                        )
                        .help("name each item once, by itself or by a pattern"));
                }
                if matches!(item.kind, ItemType::Nominal | ItemType::Text | ItemType::Date) {
                    return Err(self
                        .source
                        .mistake(
                            wanted.span(),
                            format!("`{}` is neither a number nor an ordered answer", item.name),
                        )
                        .help("a score is made of ordinal, binary, integer and decimal items"));
                }
                items.push(item);
            }
        }
        if items.len() < 2 || items.len() > MOST {
            return Err(self
                .source
                .mistake(span.clone(), format!("`{name}` is made of {} items", items.len()))
                .help(format!(
                    "a score is made of 2 to {MOST} items: items = [\"b1\", \"b2\"], or items = [\"b*\"]"
                )));
        }
        let reversed = written.reverse.iter().map(|wanted| Ok((wanted, self.named(&scope, wanted)?)));
        let reversed = reversed.collect::<Result<Vec<(&Spanned<String>, Vec<Arc<Item>>)>, Mistake>>()?;
        let mut parts: Vec<Part> = items.into_iter().map(|item| Part { item, turned: None }).collect();
        for (wanted, item) in
            reversed.iter().flat_map(|(wanted, items)| items.iter().map(move |item| (*wanted, item)))
        {
            let Some(part) = parts.iter_mut().find(|part| part.item.name == item.name) else {
                return Err(self
                    .source
                    .mistake(wanted.span(), format!("`{}` is not among the items of `{name}`", item.name))
                    .help("`reverse` names items that stand under `items`"));
            };
            let ends = ends(item).filter(|[least, greatest]| least.is_finite() && greatest.is_finite());
            let Some([least, greatest]) = ends else {
                return Err(self
                    .source
                    .mistake(wanted.span(), format!("it is not known which answers `{}` can have", item.name))
                    .help("to turn a number round, declare its range in the dictionary: range = [least, greatest]"));
            };
            part.turned = Some(least + greatest);
        }
        Ok(parts)
    }

    /// The item of a name, or those of a pattern.
    fn named(&self, scope: &Scope<'_>, wanted: &Spanned<String>) -> Result<Vec<Arc<Item>>, Mistake> {
        let text = wanted.get_ref();
        if !text.contains('*') {
            return match scope.assessed(text) {
                Some(item) => Ok(vec![item]),
                None => {
                    let mistake = self.source.mistake(wanted.span(), format!("there is no item `{text}`"));
                    Err(mistake.suggest(text, scope.instrument.items.iter().map(|item| item.name.as_str())))
                }
            };
        }
        let found: Vec<Arc<Item>> = scope
            .instrument
            .items
            .iter()
            .filter(|item| matches(text, &item.name))
            .map(|item| Arc::new(item.clone()))
            .collect();
        match found.len() {
            0 | 1 => Err(self
                .source
                .mistake(wanted.span(), format!("the pattern `{text}` fits {} of the items", found.len()))
                .help("a pattern fits at least two; `*` stands for any letters")),
            _ => Ok(found),
        }
    }

    /// The number of items that must be answered.
    fn at_least(&self, written: &ScoreWritten, items: usize) -> Result<usize, Mistake> {
        let Some(missing) = &written.missing else { return Ok(items) };
        if missing.get_ref() == "complete" {
            return Ok(items);
        }
        let share: Option<f64> =
            missing.get_ref().strip_prefix("prorate:").and_then(|share| share.trim().parse().ok());
        match share {
            Some(share) if share > 0.0 && share <= 1.0 => {
                Ok(((share * items as f64 - TOLERANCE).ceil() as usize).clamp(1, items))
            }
            _ => Err(self
                .source
                .mistake(missing.span(), format!("`{}` does not say what happens where an item is missing", missing.get_ref()))
                .help("write \"complete\", or \"prorate:0.8\" with the share of the items, above 0 and up to 1, that must be answered")),
        }
    }

    /// The least and the greatest value that the items allow, which is what may be declared.
    fn range(
        &self,
        name: &str,
        written: &ScoreWritten,
        method: ScoreMethod,
        parts: &[Part],
    ) -> Result<Option<[f64; 2]>, Mistake> {
        let sum = || {
            let ends: Vec<[f64; 2]> = parts.iter().map(|part| ends(&part.item)).collect::<Option<_>>()?;
            Some([0, 1].map(|end| ends.iter().map(|ends| ends[end]).sum::<f64>()))
        };
        let n = parts.len() as f64;
        let computed = match method {
            ScoreMethod::Sum => sum(),
            ScoreMethod::Mean => sum().map(|ends| ends.map(|end| end / n)),
            ScoreMethod::Count => Some([0.0, n]),
            ScoreMethod::Any => None,
        };
        let Some(declared) = &written.range else { return Ok(computed) };
        let found = *declared.get_ref();
        let near =
            |one: f64, other: f64| one == other || (one - other).abs() <= TOLERANCE * one.abs().max(1.0);
        match computed {
            _ if method == ScoreMethod::Any => Err(self
                .source
                .mistake(declared.span(), format!("`{name}` has two codes, which are its range"))
                .help("leave `range` out")),
            Some([least, greatest]) if !near(least, found[0]) || !near(greatest, found[1]) => Err(self
                .source
                .mistake(
                    declared.span(),
                    format!(
                        "the {} items of `{name}` give values from {least} to {greatest}, and not from {} to {}",
                        parts.len(),
                        found[0],
                        found[1]
                    ),
                )
                .help("check which items are named and what their codes are; or leave `range` out")),
            None if found[0].is_nan() || found[1].is_nan() || found[0] > found[1] => Err(self
                .source
                .mistake(declared.span(), format!("the range of `{name}` is empty"))
                .help("write range = [least, greatest]")),
            _ => Ok(Some(found)),
        }
    }
}

/// The least and the greatest answer that an item can have: of its codes, or its range.
fn ends(item: &Item) -> Option<[f64; 2]> {
    if !item.is_coded() {
        return item.range;
    }
    let codes = || item.codes.iter().map(|code| code.code);
    Some([codes().min()? as f64, codes().max()? as f64])
}

/// Whether a name fits a pattern, in which `*` stands for any letters.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((begins, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut rest_of_name) = name.strip_prefix(begins) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let ends = pieces.pop().unwrap_or_default();
    for piece in pieces {
        match rest_of_name.find(piece) {
            Some(at) => rest_of_name = &rest_of_name[at + piece.len()..],
            None => return false,
        }
    }
    rest_of_name.ends_with(ends)
}

fn kind(method: ScoreMethod, parts: &[Part], at_least: usize) -> ItemType {
    let whole = at_least == parts.len() && parts.iter().all(|part| part.item.kind != ItemType::Decimal);
    match method {
        ScoreMethod::Any => ItemType::Binary,
        ScoreMethod::Sum if whole => ItemType::Integer,
        ScoreMethod::Count if at_least == parts.len() => ItemType::Integer,
        ScoreMethod::Sum | ScoreMethod::Mean | ScoreMethod::Count => ItemType::Decimal,
    }
}

/// An item of a score, made up for tests.
#[cfg(test)]
fn part(name: &str, kind: ItemType, codes: &[i64], turned: Option<f64>) -> Part {
    let codes = codes.iter().map(|&code| Code { code, label: Text::same("x"), written: Vec::new() });
    let item = Item { codes: codes.collect(), ..Item::bare(name, name, Text::same(name), kind) };
    Part { item: Arc::new(item), turned }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_names() {
        for (pattern, name, fits) in [
            ("b*", "b1", true),
            ("b*", "b", true),
            ("b*", "ab1", false),
            ("*b", "ab", true),
            ("*b", "ba", false),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "acb", false),
            ("ab*b", "ab", false),
            ("*", "anything", true),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn the_type_is_that_of_what_can_come_out() {
        let whole = [part("a", ItemType::Ordinal, &[0, 1], None), part("n", ItemType::Integer, &[], None)];
        let decimal = [part("a", ItemType::Ordinal, &[0, 1], None), part("x", ItemType::Decimal, &[], None)];
        assert_eq!(kind(ScoreMethod::Sum, &whole, 2), ItemType::Integer);
        assert_eq!(kind(ScoreMethod::Sum, &whole, 1), ItemType::Decimal);
        assert_eq!(kind(ScoreMethod::Sum, &decimal, 2), ItemType::Decimal);
        assert_eq!(kind(ScoreMethod::Mean, &whole, 2), ItemType::Decimal);
        assert_eq!(kind(ScoreMethod::Count, &decimal, 2), ItemType::Integer);
        assert_eq!(kind(ScoreMethod::Any, &whole, 2), ItemType::Binary);
    }
}
