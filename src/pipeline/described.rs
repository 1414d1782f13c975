//! What the variables of a description stand for: sets of items, and the items of scores.

use toml::Spanned;

use super::names::Scope;
use crate::plan::{Column, DescribedScore, Origin, ScoreMethod};

/// Names, those of sets of items replaced by the items' own: `help@w1` by `help_1@w1`, `help_2@w1`.
pub(super) fn sets_opened(scope: &Scope<'_>, names: &[Spanned<String>]) -> Vec<Spanned<String>> {
    let open = |name: &Spanned<String>| {
        let (plain, wave) = match name.get_ref().rsplit_once('@') {
            Some((plain, wave)) => (plain, Some(wave)),
            None => (name.get_ref().as_str(), None),
        };
        let items = match scope.instrument.sets.iter().find(|set| set.name == plain) {
            None => return vec![name.clone()],
            Some(set) => set.items.iter(),
        };
        let at_wave = |item: &String| wave.map_or_else(|| item.clone(), |wave| format!("{item}@{wave}"));
        items.map(|item| Spanned::new(name.span(), at_wave(item))).collect()
    };
    names.iter().flat_map(open).collect()
}

/// What Cronbach's α of a column is computed from; `None` of a column that is no score, and of one that counts.
pub(super) fn described_score(scope: &Scope<'_>, column: &Column) -> Option<DescribedScore> {
    let derived = scope.per_assessment.iter().find(|derived| derived.item.name == column.item.name)?;
    let score = derived
        .score
        .as_ref()
        .filter(|score| matches!(score.method, ScoreMethod::Sum | ScoreMethod::Mean))?;
    if column.origin != Origin::Assessment {
        return None;
    }
    let wave = column.wave.as_ref()?;
    let items = score.items.iter().map(|item| scope.column(&format!("{}@{wave}", item.name)));
    Some(DescribedScore {
        variable: column.name.clone(),
        items: items.collect::<Option<_>>()?,
        reversed: score.items.iter().map(|item| item.is_reversed).collect(),
    })
}
