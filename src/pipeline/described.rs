//! What the variables of a description stand for: sets of items, and the items of scores; and which of their answers are counted
//! together.

use toml::Spanned;

use super::names::Scope;
use super::resolve::Ground;
use crate::plan::{
    Analysis, Column, Combined, DescribedScore, FigureSpec, Flows, Origin, Question, ScoreMethod, TableSpec,
};

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

impl Ground<'_> {
    /// Tells analyses what the tables and figures made of them show that is not computed unless it is shown.
    pub(super) fn shown(&self, analyses: &mut [Analysis], tables: &[TableSpec], figures: &[FigureSpec]) {
        for Analysis { id, question, .. } in analyses {
            let tables: Vec<&TableSpec> = tables.iter().filter(|table| table.from.contains(id)).collect();
            let figures: Vec<&FigureSpec> =
                figures.iter().filter(|figure| figure.from.contains(id)).collect();
            match question {
                Question::Describe(describe) => {
                    describe.combined = self.combined(&describe.variables, &tables, &figures);
                }
                Question::Change(change) => {
                    let drawn = figures.iter().filter(|figure| figure.kind == self.vocabulary.flows);
                    let of_groups = |figure: &&FigureSpec| figure.groups || figure.by.is_some();
                    let flows = drawn.map(|one| if of_groups(one) { Flows::Groups } else { Flows::Everyone });
                    change.flows = flows.max().unwrap_or_default();
                }
                _ => {}
            }
        }
    }

    /// Which answers are counted together.
    fn combined(
        &self,
        variables: &[Column],
        tables: &[&TableSpec],
        figures: &[&FigureSpec],
    ) -> Vec<Combined> {
        let mut found: Vec<Combined> = Vec::new();
        let mut add = |variable: &str, codes: &[i64], each: bool| match found
            .iter_mut()
            .find(|one| one.variable == variable && one.codes == codes)
        {
            Some(known) => known.each |= each,
            None => found.push(Combined { variable: variable.to_owned(), codes: codes.to_vec(), each }),
        };
        for column in variables {
            let codes: Vec<i64> = column.item.codes.iter().map(|code| code.code).collect();
            let names = tables.iter().map(|table| &table.layout).chain(figures.iter().map(|one| &one.kind));
            for name in names.filter(|_| codes.len() == 4) {
                let of_name = self.vocabulary.halves.iter().find(|(known, _)| known == name);
                let of_halves = of_name.map_or([None; 2], |(_, halves)| *halves);
                for (half, each) in codes.chunks(2).zip(of_halves) {
                    each.into_iter().for_each(|each| add(&column.name, half, each));
                }
            }
            for figure in figures {
                let is_drawn = figure.variables.is_empty() || figure.variables.contains(&column.item.name);
                // One answer has a share of its own.
                let is_known = figure.answers.iter().all(|code| codes.contains(code));
                if is_drawn && is_known && figure.answers.len() > 1 {
                    add(&column.name, &figure.answers, false);
                }
            }
        }
        found
    }
}
