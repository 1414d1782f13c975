//! Items of a score that point another way than the score does: one that is meant to be reversed may have been forgotten.

use crate::dictionary::Better;
use crate::plan::ScoreMethod;
use crate::question::Plan;

/// What is to be said of the scores of a plan whose items do not all point one way, each score once.
pub fn against_the_score(plan: &Plan) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let derived = plan.cohorts.iter().flat_map(|cohort| &cohort.per_assessment);
    for (derived, score) in derived.filter_map(|derived| Some((derived, derived.score.as_ref()?))) {
        if !matches!(score.method, ScoreMethod::Sum | ScoreMethod::Mean) {
            continue;
        }
        let name = &derived.item.name;
        let directions: Vec<(&str, Better)> = score
            .items
            .iter()
            .filter_map(|part| {
                let column = derived.sql.columns.iter().find(|column| column.item.name == part.name)?;
                let declared = column.item.better?;
                let counted = match (declared, part.is_reversed) {
                    (Better::Higher, false) | (Better::Lower, true) => Better::Higher,
                    (Better::Lower, false) | (Better::Higher, true) => Better::Lower,
                };
                Some((part.name.as_str(), counted))
            })
            .collect();
        // Without a direction of its own, the score points where most of its items do.
        let higher = directions.iter().filter(|(_, better)| *better == Better::Higher).count();
        let most = if 2 * higher >= directions.len() { Better::Higher } else { Better::Lower };
        let own = derived.item.better.unwrap_or(most);
        let against: Vec<&str> =
            directions.iter().filter(|(_, better)| *better != own).map(|(item, _)| *item).collect();
        if against.is_empty() {
            continue;
        }
        let said = format!(
            "score {name}: {} point the other way than the score, by what the dictionary says is better; expected all items of a score to point one way: name them in `reverse`, take them out of it, or give the item a `better` of its own in the dictionary",
            against.join(", ")
        );
        if !told.contains(&said) {
            told.push(said);
        }
    }
    told
}
