//! The conditions of a cohort as written → as resolved: who is a member, and the states that are outcomes.

use toml::Spanned;

use super::written::{CohortWritten, StateWritten};
use crate::dictionary::Text;
use crate::names::Names;
use crate::plan::{Cohort, Source, State};
use crate::written::Mistake;

impl Names<'_> {
    /// `only` and the states, which may read everything else that the cohort has.
    pub(super) fn conditions(
        &self,
        cohort: &mut Cohort,
        written: &CohortWritten,
        sources: &[Source],
    ) -> Result<(), Mistake> {
        let only = match &written.only {
            None => None,
            Some(sql) => Some(self.sql(&self.scope(cohort, sources), sql)?),
        };
        let mut states = Vec::with_capacity(written.state.len());
        for (key, state) in &written.state {
            let id = self.name("state", key)?;
            for (wave, sql) in self.state_at(cohort, state)? {
                states.push(State {
                    id: id.to_owned(),
                    label: state.label.clone().unwrap_or_else(|| Text::same(id)),
                    sql: self.sql(&self.scope(cohort, sources), &sql)?,
                    wave,
                    seen: state.seen,
                    eligible: state.eligible,
                });
            }
        }
        cohort.only = only;
        cohort.states = states;
        Ok(())
    }

    /// The waves that a state is of, each with its condition. With `wave = "*"` that is every later wave, and `@*` in the
    /// condition stands for it; who was in a state that ends follow-up, such as death, stays in it.
    fn state_at(
        &self,
        cohort: &Cohort,
        state: &StateWritten,
    ) -> Result<Vec<(String, Spanned<String>)>, Mistake> {
        let everywhere = state.sql.get_ref().contains("@*");
        match (state.wave.get_ref().as_str(), everywhere) {
            ("*", true) => {}
            ("*", false) => {
                return Err(self
                    .source
                    .mistake(state.sql.span(), "a state of every wave asks about a fixed one")
                    .help("write `*` for the wave, as in \"situation@*\" = 7"));
            }
            (wave, everywhere) => {
                let known = cohort.waves.iter().map(String::as_str);
                self.known("wave of this cohort", wave, state.wave.span(), known)?;
                if everywhere {
                    return Err(self
                        .source
                        .mistake(state.wave.span(), "`@*` in `sql` stands for every later wave")
                        .help("write wave = \"*\", or name the wave in `sql`"));
                }
                return Ok(vec![(wave.to_owned(), state.sql.clone())]);
            }
        }
        let at = |wave: &String| state.sql.get_ref().replace("@*", &format!("@{wave}"));
        let later = cohort.waves.iter().enumerate().skip(1).map(|(place, wave)| {
            let sql = match state.eligible {
                true => at(wave),
                false => {
                    let so_far = cohort.waves[1..=place].iter().map(|wave| format!("({})", at(wave)));
                    so_far.collect::<Vec<_>>().join(" OR ")
                }
            };
            (wave.clone(), Spanned::new(state.sql.span(), sql))
        });
        Ok(later.collect())
    }
}
