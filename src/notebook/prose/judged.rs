//! The prose of change that was judged: rated change and goals.

use std::fmt::Write;

use super::described;
use crate::dictionary::Better;
use crate::plan::{Agreement, Column, Goals};

pub(super) fn agreement<'a>(text: &mut String, agreement: &'a Agreement, columns: &mut Vec<&'a Column>) {
    let Agreement { comparison, rated, levels, level } = agreement;
    let better = match comparison.before.item.better {
        Some(Better::Lower) => "lower",
        Some(Better::Higher) | None => "higher",
    };
    let _ = writeln!(
        text,
        "Whether change as it was rated agrees with change as the answers differ; intervals at level {level}.\n\n\
         - Answers, `{}`: {}; {better} is better.\n- Rating, `{}`: {}.\n",
        comparison.variable,
        described(&comparison.before.item),
        rated.name,
        described(&rated.item)
    );
    let says = |wanted: i8| {
        let codes = levels.iter().filter(|(_, level)| *level == wanted).map(|(code, _)| code.to_string());
        match codes.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "none".to_owned(),
            codes => codes,
        }
    };
    let _ = writeln!(
        text,
        "Codes of the rating that say better: {}; unchanged: {}; worse: {}.\n",
        says(1),
        says(0),
        says(-1)
    );
    columns.extend([&comparison.before, rated]);
}

pub(super) fn goals<'a>(text: &mut String, goals: &'a Goals, columns: &mut Vec<&'a Column>) {
    let read: Vec<String> = goals.levels.iter().map(|(code, level)| format!("{code} as {level}")).collect();
    let _ = writeln!(
        text,
        "How far those who have a goal came with it; ρ is {}; intervals at level {}. The codes are read so: {}.\n",
        goals.rho,
        goals.level,
        read.join(", ")
    );
    for goal in &goals.goals {
        let _ = writeln!(
            text,
            "- `{}`: {}; weight {}.",
            goal.rating.name,
            described(&goal.rating.item),
            goal.weight
        );
        columns.push(&goal.rating);
    }
    text.push('\n');
}
