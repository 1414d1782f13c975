//! What a score computes, as a SQL expression over its items.

use super::Part;
use crate::dictionary::{Item, ItemType};
use crate::plan::ScoreMethod;

/// So many terms stand in a row; more are put into parentheses, so that they do not lie too deep inside each other.
const IN_A_ROW: usize = 20;

/// The SQL of a score. Where an operand of `+` is missing, so is the sum.
pub(super) fn expression(method: ScoreMethod, parts: &[Part], at_least: usize) -> String {
    let n = parts.len();
    let each = |of: &dyn Fn(&Part) -> String| -> Vec<String> { parts.iter().map(of).collect() };
    let is_prorated = at_least < n;
    let answered = || in_a_row(&each(&|part| format!("(\"{}\" IS NOT NULL)::int", part.item.name)), " + ");
    let present = |terms: Vec<String>| {
        let terms: Vec<String> = terms.iter().map(|term| format!("COALESCE({term}, 0)")).collect();
        in_a_row(&terms, " + ")
    };
    let counted = || each(&|part| format!("({})::int", event(&part.item)));
    match (method, is_prorated) {
        (ScoreMethod::Sum, false) => in_a_row(&each(&term), " + "),
        (ScoreMethod::Mean, false) => format!("({}) / {n}.0", in_a_row(&each(&term), " + ")),
        (ScoreMethod::Count, false) => in_a_row(&counted(), " + "),
        (ScoreMethod::Sum, true) => {
            let answered = answered();
            format!(
                "CASE WHEN {answered} >= {at_least} THEN ({}) * {n}.0 / ({answered}) END",
                present(each(&term))
            )
        }
        (ScoreMethod::Count, true) => {
            let answered = answered();
            format!(
                "CASE WHEN {answered} >= {at_least} THEN ({}) * {n}.0 / ({answered}) END",
                present(counted())
            )
        }
        (ScoreMethod::Mean, true) => {
            let answered = answered();
            format!("CASE WHEN {answered} >= {at_least} THEN ({}) / ({answered}) END", present(each(&term)))
        }
        // A yes is enough; a no needs every item.
        (ScoreMethod::Any, false) => in_a_row(&each(&|part| event(&part.item)), " OR "),
        (ScoreMethod::Any, true) => {
            let any = in_a_row(&each(&|part| event(&part.item)), " OR ");
            format!("CASE WHEN {any} THEN 1 WHEN {} >= {at_least} THEN 0 END", answered())
        }
    }
}

/// An item, turned round where it is declared so.
fn term(part: &Part) -> String {
    match part.turned {
        None => format!("\"{}\"", part.item.name),
        Some(ends) => format!("({ends} - \"{}\")", part.item.name),
    }
}

/// That an item is beyond its first code, or above 0.
fn event(item: &Item) -> String {
    let name = &item.name;
    match (item.kind, item.codes.as_slice()) {
        (ItemType::Binary, [_, event]) => format!("\"{name}\" = {}", event.code),
        (_, [first, ..]) => format!("\"{name}\" <> {}", first.code),
        (_, []) => format!("\"{name}\" > 0"),
    }
}

fn in_a_row(terms: &[String], joint: &str) -> String {
    if terms.len() <= IN_A_ROW {
        return terms.join(joint);
    }
    let groups: Vec<String> =
        terms.chunks(IN_A_ROW).map(|group| format!("({})", group.join(joint))).collect();
    groups.join(joint)
}

#[cfg(test)]
mod tests {
    use super::super::part;
    use super::*;

    #[test]
    fn expressions_say_what_is_computed() {
        let parts = [
            part("a", ItemType::Ordinal, &[0, 1, 2], None),
            part("b", ItemType::Ordinal, &[0, 1, 2], Some(2.0)),
        ];
        assert_eq!(expression(ScoreMethod::Sum, &parts, 2), "\"a\" + (2 - \"b\")");
        assert_eq!(expression(ScoreMethod::Mean, &parts, 2), "(\"a\" + (2 - \"b\")) / 2.0");
        assert_eq!(
            expression(ScoreMethod::Sum, &parts, 1),
            "CASE WHEN (\"a\" IS NOT NULL)::int + (\"b\" IS NOT NULL)::int >= 1 THEN \
             (COALESCE(\"a\", 0) + COALESCE((2 - \"b\"), 0)) * 2.0 / \
             ((\"a\" IS NOT NULL)::int + (\"b\" IS NOT NULL)::int) END"
        );
        // The event of a binary item is its second code, whatever the numbers are.
        let parts = [part("a", ItemType::Binary, &[2, 1], None), part("n", ItemType::Integer, &[], None)];
        assert_eq!(expression(ScoreMethod::Any, &parts, 2), "\"a\" = 1 OR \"n\" > 0");
        assert_eq!(expression(ScoreMethod::Count, &parts, 2), "(\"a\" = 1)::int + (\"n\" > 0)::int");
    }
}
