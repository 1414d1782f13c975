//! What the names in a pipeline may stand for: instruments, waves, variables, and the mistake where one stands for nothing.

mod scope;
mod terms;

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

pub use scope::Scope;

use crate::cohort;
use crate::dictionary::Instrument;
use crate::plan::{Cohort, Column, Source, Sql, Wave};
use crate::written::{self, Mistake};

/// What is resolved first, and looked names up in by everything that comes after.
pub struct Names<'a> {
    /// The pipeline file, for mistakes to show the line of.
    pub source: &'a written::Source,
    pub instruments: Vec<Arc<Instrument>>,
    pub waves: Vec<Wave>,
}

impl Names<'_> {
    /// The place of `found` in `known`; a mistake with the nearest suggested where it is none of them.
    pub fn known<'k>(
        &self,
        what: &str,
        found: &str,
        span: Range<usize>,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Result<usize, Mistake> {
        let known: Vec<&str> = known.into_iter().collect();
        known.iter().position(|one| *one == found).ok_or_else(|| {
            self.source.mistake(span, format!("there is no {what} `{found}`")).suggest(found, known)
        })
    }

    /// A name that the author gives. It becomes part of ids, of names of files, and of columns: letters, digits and `_`.
    pub fn name<'n>(&self, what: &str, name: &'n Spanned<String>) -> Result<&'n str, Mistake> {
        let text = name.get_ref();
        match !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
            true => Ok(text),
            false => Err(self
                .source
                .mistake(name.span(), format!("`{text}` cannot be the name of a {what}"))
                .help("letters, digits and `_` only; what readers see goes in `label` or `title`")),
        }
    }

    /// The instrument of a name.
    pub fn instrument(&self, name: &Spanned<String>) -> Result<&Arc<Instrument>, Mistake> {
        let ids = self.instruments.iter().map(|instrument| instrument.id.as_str());
        Ok(&self.instruments[self.known("instrument", name.get_ref(), name.span(), ids)?])
    }

    /// The wave of a name.
    pub fn wave(&self, name: &Spanned<String>) -> Result<&Wave, Mistake> {
        let ids = self.waves.iter().map(|wave| wave.id.as_str());
        Ok(&self.waves[self.known("wave", name.get_ref(), name.span(), ids)?])
    }

    /// The waves of a cohort in order, and of the pipeline's others why they are not among them.
    pub fn waves_told(&self, cohort: &Cohort, scope: &Scope<'_>) -> String {
        let mut told = format!("waves in order: {}", cohort.waves.join(", "));
        for wave in self.waves.iter().filter(|wave| !cohort.waves.contains(&wave.id)) {
            told += &match scope.observed.iter().any(|known| known.id == wave.id) {
                true => format!("; `{}` is not among the `waves` of [cohort.{}]", wave.id, cohort.id),
                false => format!(
                    "; `{}` has no forms: no [[source]] of `{}` leads to it; see its `wave`, or the `values` of its wave_column, or add a source",
                    wave.id, cohort.instrument
                ),
            };
        }
        told
    }

    /// The names of a cohort; `sources` tell at which waves it has forms.
    pub fn scope<'s>(&'s self, cohort: &'s Cohort, sources: &[Source]) -> Scope<'s> {
        let instrument = self.instruments.iter().find(|instrument| instrument.id == cohort.instrument);
        Scope {
            instrument: instrument
                .unwrap_or_else(|| unreachable!("a cohort's instrument has been looked up")),
            observed: self.observed(&cohort.instrument, sources),
            waves: &cohort.waves,
            unit: cohort.unit,
            per_assessment: &cohort.per_assessment,
            per_respondent: &cohort.per_respondent,
            attached: scope::attached(&cohort.attach, &self.instruments),
        }
    }

    /// The waves at which an instrument has sources, in order.
    pub fn observed(&self, instrument: &str, sources: &[Source]) -> Vec<&Wave> {
        let has = |wave: &Wave| {
            sources.iter().any(|source| source.instrument == instrument && source.has(&wave.id))
        };
        self.waves.iter().filter(|wave| has(wave)).collect()
    }

    /// The column that a name stands for.
    pub fn column(&self, scope: &Scope<'_>, name: &Spanned<String>) -> Result<Column, Mistake> {
        self.find(scope, name.get_ref(), name.span())
    }

    /// The column that a name stands for at a wave.
    pub fn column_at(
        &self,
        scope: &Scope<'_>,
        name: &Spanned<String>,
        wave: &str,
    ) -> Result<Column, Mistake> {
        self.find(scope, &format!("{}@{wave}", name.get_ref()), name.span())
    }

    /// The column that `name` stands for, which is at `span`.
    pub fn find(&self, scope: &Scope<'_>, name: &str, span: Range<usize>) -> Result<Column, Mistake> {
        scope.column(name).ok_or_else(|| {
            let mistake = self.source.mistake(span, format!("there is no variable `{name}` here"));
            match scope.hint(name) {
                Some(hint) => mistake.help(hint),
                None => mistake.suggest(name, scope.names_like(name).iter().map(String::as_str)),
            }
        })
    }

    pub fn columns(
        &self,
        scope: &Scope<'_>,
        names: &[String],
        span: Range<usize>,
    ) -> Result<Vec<Column>, Mistake> {
        names.iter().map(|name| self.find(scope, name, span.clone())).collect()
    }

    /// A SQL expression with the columns that it reads.
    pub fn sql(&self, scope: &Scope<'_>, sql: &Spanned<String>) -> Result<Sql, Mistake> {
        let columns = self.columns(scope, &self.sql_columns(sql)?, sql.span())?;
        Ok(Sql { text: sql.get_ref().clone(), columns })
    }

    pub fn sql_columns(&self, sql: &Spanned<String>) -> Result<Vec<String>, Mistake> {
        cohort::sql_columns(sql.get_ref()).map_err(|why| {
            self.source
                .mistake(sql.span(), format!("this is not a SQL expression: {why}"))
                .help("write an expression as after SELECT or WHERE; names with `@` in double quotes: \"item@wave\" = 1")
        })
    }

    /// The variables of `by`: groups, so they must have codes.
    pub fn groups(&self, scope: &Scope<'_>, names: &[Spanned<String>]) -> Result<Vec<Column>, Mistake> {
        names
            .iter()
            .map(|name| {
                let column = self.column(scope, name)?;
                match column.item.is_coded() {
                    true => Ok(column),
                    false => Err(self
                        .source
                        .mistake(name.span(), format!("`{}` has no codes to group by", name.get_ref()))
                        .help("derive a variable with bands: [variable.…] sql = \"CASE WHEN … END\", with its codes")),
                }
            })
            .collect()
    }

    /// A confidence level; 0.95 if none is written.
    pub fn level(&self, written: &Option<Spanned<f64>>) -> Result<f64, Mistake> {
        match written {
            None => Ok(0.95),
            Some(level) if *level.get_ref() > 0.5 && *level.get_ref() < 1.0 => Ok(*level.get_ref()),
            Some(level) => Err(self
                .source
                .mistake(level.span(), "a confidence level lies between 0.5 and 1")
                .help("level = 0.95 is usual")),
        }
    }
}
