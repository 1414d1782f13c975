//! A plan and its cleared estimates → the codebook.

use super::{Codebook, Counts, Derivation, Part, Variable};
use crate::dictionary::{Item, Reason};
use crate::estimate::{self, EVERYONE, Term, WHOLE};
use crate::evaluation::{Analysis, Asked, Plan};
use crate::plan::{Cohort, CohortUnit, Column, Derived, Origin};
use crate::statistic::{COUNT, MEAN, MISSING, SD, SHARE, VALID, WAVE_MEAN, WAVE_SD};
use crate::table::{AnalysisView, Cell, Format};

impl Codebook {
    /// The codebook of an evaluation; `views` are the cleared estimates of those analyses that [`Codebook::sources`] names.
    pub fn of<Q: Asked + ?Sized>(plan: &Plan<Q>, edition: String, views: &[AnalysisView<'_>]) -> Codebook {
        let mut parts: Vec<Part> = plan
            .instruments
            .iter()
            .map(|instrument| Part::of(instrument, observed(plan, &instrument.id)))
            .collect();
        for part in &mut parts {
            derive(plan, part);
        }
        // Everyone first; a part of them, such as those with a goal, where nobody else was counted.
        let restricted = |analysis: &&Analysis<Q>| plan.cohorts[analysis.cohort].only.is_some();
        let mut analyses: Vec<&Analysis<Q>> = plan.analyses.iter().collect();
        analyses.sort_by_key(restricted);
        for analysis in analyses {
            let cohort = &plan.cohorts[analysis.cohort];
            let view = views.iter().find(|view| view.id == analysis.id);
            let part = parts.iter_mut().find(|part| part.id == cohort.instrument);
            if let (Some(view), Some(part)) = (view, part) {
                for column in counted(plan, analysis) {
                    count(part, cohort, column, view);
                }
            }
        }
        for variable in parts.iter_mut().flat_map(|part| &mut part.variables) {
            let place =
                |counts: &Counts| plan.waves.iter().position(|wave| Some(&wave.id) == counts.wave.as_ref());
            variable.counts.sort_by_key(place);
        }
        Codebook {
            id: plan.id.clone(),
            title: plan.title.clone(),
            notice: plan.notice.clone(),
            about: plan.about.clone(),
            languages: plan.languages.clone(),
            edition,
            waves: plan.waves.clone(),
            parts,
        }
    }

    /// The analyses whose counts a codebook shows.
    pub fn sources<Q: Asked + ?Sized>(plan: &Plan<Q>) -> Vec<&Analysis<Q>> {
        plan.analyses.iter().filter(|analysis| !counted(plan, analysis).is_empty()).collect()
    }
}

/// The waves at which an instrument's form was filled in, in the plan's order.
fn observed<Q: ?Sized>(plan: &Plan<Q>, instrument: &str) -> Vec<String> {
    let has =
        |wave: &str| plan.sources.iter().any(|source| source.instrument == instrument && source.has(wave));
    plan.waves.iter().filter(|wave| has(&wave.id)).map(|wave| wave.id.clone()).collect()
}

/// Adds what the cohorts of an instrument derive, each once.
fn derive<Q: ?Sized>(plan: &Plan<Q>, part: &mut Part) {
    for cohort in plan.cohorts.iter().filter(|cohort| cohort.instrument == part.id) {
        let per = [(&cohort.per_assessment, false), (&cohort.per_respondent, true)];
        for (derived, over_waves) in
            per.into_iter().flat_map(|(all, over)| all.iter().map(move |one| (one, over)))
        {
            if !part.variables.iter().any(|known| known.item.name == derived.item.name) {
                part.variables.push(variable(derived, over_waves));
            }
        }
    }
}

fn variable(derived: &Derived, over_waves: bool) -> Variable {
    let mut of: Vec<String> = Vec::new();
    for column in &derived.sql.columns {
        if !of.contains(&column.item.name) {
            of.push(column.item.name.clone());
        }
    }
    let derivation =
        Derivation { rule: derived.sql.text.clone(), of, over_waves, score: derived.score.clone() };
    Variable { item: derived.item.clone(), derivation: Some(derivation), counts: Vec::new() }
}

/// The columns of an analysis that everyone in a cohort is counted by; counting assessments instead of persons would make it a count of
/// something else.
fn counted<'p, Q: Asked + ?Sized>(plan: &Plan<Q>, analysis: &'p Analysis<Q>) -> Vec<&'p Column> {
    if plan.cohorts[analysis.cohort].unit != CohortUnit::Respondent {
        return Vec::new();
    }
    let mut columns = analysis.question.counted();
    columns.retain(|column| !matches!(column.origin, Origin::Attached | Origin::Wave));
    columns
}

/// Takes the counts of a column over, where there are none yet of that wave.
fn count(part: &mut Part, cohort: &Cohort, column: &Column, view: &AnalysisView<'_>) {
    let Some(variable) = part.variables.iter_mut().find(|variable| variable.item.name == column.item.name)
    else {
        return;
    };
    let key = &estimate::Variable::from(&column.name);
    let known = variable.counts.iter().any(|counts| counts.wave == column.wave);
    if !known && view.find(EVERYONE, key, WHOLE, &VALID).is_some() {
        variable.counts.push(counts(&column.item, cohort, column.wave.clone(), key, view));
    }
}

fn counts(
    item: &Item,
    cohort: &Cohort,
    wave: Option<String>,
    key: &estimate::Variable,
    view: &AnalysisView<'_>,
) -> Counts {
    let at = (EVERYONE, key);
    let valid = view.cell(at, WHOLE, &VALID, Format::Count);
    let answers = item.codes.iter().map(|code| {
        let count = view.cell(at, &Term::code(code.code), &COUNT, Format::Count);
        let share = view.cell(at, &Term::code(code.code), &SHARE, Format::Percent(1));
        (code.code, count, share)
    });
    let missing = Reason::ALL.into_iter().filter_map(|reason| {
        let found = view.find(EVERYONE, key, &Term::code(reason.name()), &MISSING)?;
        Some((reason, Cell::of(Some(found), Format::Count)))
    });
    let moments = (!item.is_coded()).then(|| {
        let [mean, sd] = match view.find(EVERYONE, key, WHOLE, &MEAN) {
            Some(_) => [&MEAN, &SD],
            None => [&WAVE_MEAN, &WAVE_SD],
        };
        let decimals = Format::Decimal(view.decimals(at, sd));
        [view.cell(at, WHOLE, mean, decimals), view.cell(at, WHOLE, sd, decimals)]
    });
    Counts {
        wave,
        cohort: cohort.label.clone(),
        answers: answers.collect(),
        missing: missing.collect(),
        missing_total: view.missing(at),
        moments,
        valid,
    }
}
