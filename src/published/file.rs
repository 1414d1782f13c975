//! `published.csv` and `published_checks.csv`: the ledger and its results, for programs.

use super::judge::{Judged, Verdict, Why};
use super::ledger::{Against, Expression, Ledger};
use super::rules::Fault;
use crate::dictionary::Language;

/// The columns of `published.csv`.
pub const COLUMNS: [&str; 19] = [
    "id",
    "document",
    "page",
    "words",
    "population",
    "denominator",
    "operator",
    "value",
    "to",
    "rounding",
    "unit",
    "of",
    "compared_with",
    "computed",
    "verdict",
    "reason",
    "note",
    "allowed_low",
    "allowed_high",
];

/// A row for each figure: `value`, `to`, `computed` and what is allowed in the published unit, at full precision; an end that
/// is open without limit is empty.
pub fn csv(ledger: &Ledger, judged: &[Judged<'_>]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for one in judged {
        let figure = one.figure;
        let number = |value: f64| if value.is_finite() { value.to_string() } else { String::new() };
        let (reason, compared) = match (&one.verdict, &figure.against) {
            (Verdict::NotTestable(why), against) => (reason(why), written(against)),
            (_, against) => (String::new(), written(against)),
        };
        let allowed = figure.claim.allowed();
        writer.write_record([
            figure.id.clone(),
            ledger.documents[figure.document].id.clone(),
            figure.page.clone(),
            figure.words.clone(),
            figure.population.clone(),
            figure.denominator.as_str().to_owned(),
            figure.claim.operator.as_str().to_owned(),
            number(figure.claim.value),
            number(figure.claim.to),
            number(figure.claim.rounding),
            figure.unit.as_str().to_owned(),
            figure.of.map_or_else(String::new, |of| of.to_string()),
            compared,
            one.computed.as_ref().map_or_else(String::new, |known| number(figure.unit.of(known.value))),
            one.verdict.as_str().to_owned(),
            reason,
            figure.note.get(Language::En).to_owned(),
            number(allowed.low),
            number(allowed.high),
        ])?;
    }
    finish(writer)
}

/// A row for each fault: the rule, the figures, what does not fit.
pub fn checks_csv(ledger: &Ledger, faults: &[Fault]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["rule", "figures", "said"])?;
    for fault in faults {
        let figures: Vec<&str> =
            fault.figures.iter().map(|place| ledger.figures[*place].id.as_str()).collect();
        writer.write_record([fault.rule, &figures.join(" "), fault.said.get(Language::En)])?;
    }
    finish(writer)
}

fn finish(writer: csv::Writer<Vec<u8>>) -> Result<String, csv::Error> {
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn reason(why: &Why) -> String {
    match why {
        Why::Declared(reason) => reason.clone(),
        Why::Definition => "definition_unknown".to_owned(),
        Why::Suppressed => "suppressed".to_owned(),
        Why::Absent => "absent".to_owned(),
        Why::NotComputed(id) => format!("not_computed: {id}"),
    }
}

fn written(against: &Against) -> String {
    match against {
        Against::Nothing(_) => String::new(),
        Against::Computed(expression) => arithmetic(expression),
    }
}

/// `(a + b)`, `(a - b)`, `(a / b)`, `(1 - a)`, ids in square brackets.
fn arithmetic(expression: &Expression) -> String {
    match expression {
        Expression::Estimate(id) => format!("[{id}]"),
        Expression::Sum(parts) => {
            format!("({})", parts.iter().map(arithmetic).collect::<Vec<_>>().join(" + "))
        }
        Expression::Difference(pair) => format!("({} - {})", arithmetic(&pair[0]), arithmetic(&pair[1])),
        Expression::Ratio(pair) => format!("({} / {})", arithmetic(&pair[0]), arithmetic(&pair[1])),
        Expression::Complement(share) => format!("(1 - {})", arithmetic(share)),
    }
}
