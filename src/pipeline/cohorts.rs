//! Cohorts and derived variables as written → as resolved.

use std::sync::Arc;

use toml::Spanned;

use super::written::{CohortUnitWritten, CohortWritten, PipelineFile, VariableWritten};
use crate::dictionary::{self, Code, FormUnit, Instrument, Item, ItemType, Reason, Text};
use crate::names::{Names, Scope};
use crate::plan::{Attach, Cohort, CohortUnit, Column, Derived, Elapsed, Source, Sql, Wave};
use crate::written::Mistake;

/// A declared variable with the columns that its SQL reads.
struct Declared<'a> {
    name: &'a str,
    written: &'a VariableWritten,
    reads: Vec<String>,
}

impl Names<'_> {
    pub(super) fn cohorts(
        &self,
        file: &PipelineFile,
        sources: &[Source],
    ) -> Result<Vec<Arc<Cohort>>, Mistake> {
        let mut per_assessment: Vec<(String, Derived)> = Vec::new();
        let mut over_waves: Vec<Declared<'_>> = Vec::new();
        for (key, written) in &file.score {
            let name = self.name("score", key)?;
            let instrument = self.instrument(&written.instrument)?;
            self.free(name, key, instrument, &per_assessment)?;
            let earlier = of_instrument(&per_assessment, &instrument.id);
            let score = self.score(name, key.span(), written, instrument, &earlier)?;
            per_assessment.push((instrument.id.clone(), score));
        }
        for (key, written) in &file.variable {
            let name = self.name("variable", key)?;
            let instrument = self.instrument(&written.instrument)?;
            self.free(name, key, instrument, &per_assessment)?;
            let reads = self.sql_columns(&written.sql)?;
            let earlier = of_instrument(&per_assessment, &instrument.id);
            let scope = Scope {
                instrument,
                observed: Vec::new(),
                waves: &[],
                unit: CohortUnit::Assessment,
                per_assessment: &earlier,
                per_respondent: &[],
                attached: Vec::new(),
            };
            let items: Option<Vec<Column>> = reads
                .iter()
                .map(|read| {
                    scope.assessed(read).map(|item| Column {
                        name: read.clone(),
                        item,
                        wave: None,
                        origin: crate::plan::Origin::Assessment,
                    })
                })
                .collect();
            match items {
                Some(columns) => {
                    let constant = columns.iter().all(|column| column.item.constant) && !columns.is_empty();
                    let item = Arc::new(self.derived_item(name, written, constant)?);
                    let sql = Sql { text: written.sql.get_ref().clone(), columns };
                    per_assessment.push((instrument.id.clone(), Derived { item, sql, score: None }));
                }
                None => over_waves.push(Declared { name, written, reads }),
            }
        }

        let mut used = vec![false; over_waves.len()];
        let mut unresolved: Vec<Option<Mistake>> = over_waves.iter().map(|_| None).collect();
        let mut cohorts = Vec::with_capacity(file.cohort.len());
        for (id, written) in &file.cohort {
            let mut cohort = self.cohort(self.name("cohort", id)?, written, sources, &per_assessment)?;
            for (position, declared) in over_waves.iter().enumerate() {
                if declared.written.instrument.get_ref() != &cohort.instrument {
                    continue;
                }
                let scope = self.scope(&cohort, sources);
                match self.columns(&scope, &declared.reads, declared.written.sql.span()) {
                    Ok(columns) => {
                        let item = Arc::new(self.derived_item(declared.name, declared.written, false)?);
                        let sql = Sql { text: declared.written.sql.get_ref().clone(), columns };
                        cohort.per_respondent.push(Derived { item, sql, score: None });
                        used[position] = true;
                    }
                    Err(mistake) => {
                        // Where no name has a wave, each is an item of one form, and only those that no form has are wrong.
                        let unknown = declared.reads.iter().find(|read| scope.assessed(read).is_none());
                        let names_waves = declared.reads.iter().any(|read| read.contains('@'));
                        let of_unknown = unknown
                            .filter(|_| !names_waves)
                            .and_then(|read| self.find(&scope, read, declared.written.sql.span()).err());
                        unresolved[position] = Some(of_unknown.unwrap_or(mistake));
                    }
                }
            }
            self.conditions(&mut cohort, written, sources)?;
            cohorts.push(Arc::new(cohort));
        }
        for (position, declared) in over_waves.iter().enumerate() {
            if !used[position] {
                return Err(unresolved[position].take().unwrap_or_else(|| {
                    self.source
                        .mistake(
                            declared.written.sql.span(),
                            format!("`{}` uses names that its instrument does not have", declared.name),
                        )
                        .help("read either items of one form, or \"item@wave\" of a cohort; check the names")
                }));
            }
        }
        Ok(cohorts)
    }

    /// That a derived variable may have a name.
    fn free(
        &self,
        name: &str,
        key: &Spanned<String>,
        instrument: &Instrument,
        per_assessment: &[(String, Derived)],
    ) -> Result<(), Mistake> {
        let taken = instrument.item(name).is_some()
            || instrument.sets.iter().any(|set| set.name == name)
            || per_assessment.iter().any(|(of, known)| *of == instrument.id && known.item.name == name);
        match taken || name == "wave" {
            false => Ok(()),
            true => Err(self
                .source
                .mistake(key.span(), format!("`{name}` cannot be the name of a derived variable"))
                .help("the name is taken; choose another")),
        }
    }

    fn cohort(
        &self,
        id: &str,
        written: &CohortWritten,
        sources: &[Source],
        per_assessment: &[(String, Derived)],
    ) -> Result<Cohort, Mistake> {
        let instrument = self.instrument(&written.instrument)?;
        let observed: Vec<&Wave> = self.observed(&instrument.id, sources);
        let waves = match &written.waves {
            None => observed.iter().map(|wave| wave.id.clone()).collect(),
            Some(names) => {
                let known = observed.iter().map(|wave| wave.id.as_str());
                for name in names {
                    self.known(
                        "wave with forms of this instrument",
                        name.get_ref(),
                        name.span(),
                        known.clone(),
                    )?;
                }
                self.in_order(names)?
            }
        };
        if waves.is_empty() {
            return Err(self
                .source
                .mistake(written.instrument.span(), format!("no source has forms of `{}`", instrument.id))
                .help("add a [[source]] for the instrument"));
        }
        let mut cohort = Cohort {
            id: id.to_owned(),
            label: written.label.clone().unwrap_or_else(|| Text::same(id)),
            instrument: instrument.id.clone(),
            unit: match written.unit {
                Some(CohortUnitWritten::Assessment) => CohortUnit::Assessment,
                Some(CohortUnitWritten::Respondent) | None => CohortUnit::Respondent,
            },
            waves,
            per_assessment: of_instrument(per_assessment, &instrument.id),
            per_respondent: Vec::new(),
            attach: Vec::new(),
            only: None,
            states: Vec::new(),
            elapsed: None,
        };
        for attach in &written.attach {
            let services = self.instrument(&attach.instrument)?;
            if services.unit != FormUnit::Service {
                return Err(self
                    .source
                    .mistake(
                        attach.instrument.span(),
                        format!("the forms of `{}` are about respondents", services.id),
                    )
                    .help("only an instrument with unit = \"service\" can be attached"));
            }
            let wave = self.observed(&services.id, sources).first().map(|wave| wave.id.clone()).ok_or_else(
                || {
                    self.source.mistake(
                        attach.instrument.span(),
                        format!("no source has forms of `{}`", services.id),
                    )
                },
            )?;
            let by = self.key(&cohort, instrument, &attach.by)?;
            for variable in &attach.variables {
                let items = services.items.iter().map(|item| item.name.as_str());
                self.known("item of that instrument", variable.get_ref(), variable.span(), items)?;
            }
            cohort.attach.push(Attach {
                instrument: services.id.clone(),
                wave,
                by,
                variables: attach.variables.iter().map(|name| name.get_ref().clone()).collect(),
            });
        }
        if let Some(days) = &written.days {
            self.known(
                "item",
                days.get_ref(),
                days.span(),
                instrument.items.iter().map(|item| item.name.as_str()),
            )?;
            cohort.elapsed = Some(Elapsed { item: days.get_ref().clone() });
        }
        Ok(cohort)
    }

    /// The waves of a cohort, baseline first, each once.
    fn in_order(&self, names: &[Spanned<String>]) -> Result<Vec<String>, Mistake> {
        let place = |name: &Spanned<String>| self.waves.iter().position(|wave| wave.id == *name.get_ref());
        match names.windows(2).find(|pair| place(&pair[0]) >= place(&pair[1])) {
            None => Ok(names.iter().map(|name| name.get_ref().clone()).collect()),
            Some(pair) => Err(self
                .source
                .mistake(
                    pair[1].span(),
                    format!("`{}` does not come after `{}`", pair[1].get_ref(), pair[0].get_ref()),
                )
                .help("list a cohort's waves in order, each once; the first is its baseline")),
        }
    }

    /// The respondents' column that holds the service's id: constant, or at baseline.
    fn key(&self, cohort: &Cohort, instrument: &Instrument, by: &Spanned<String>) -> Result<Column, Mistake> {
        let name = by.get_ref();
        self.known("item", name, by.span(), instrument.items.iter().map(|item| item.name.as_str()))?;
        let item = instrument.item(name).map(|item| Arc::new(item.clone()));
        let item = item.unwrap_or_else(|| unreachable!("`known` has just found the item"));
        let baseline = cohort.waves[0].clone();
        Ok(match item.constant {
            true => Column { name: name.clone(), item, wave: None, origin: crate::plan::Origin::Constant },
            false => Column {
                name: format!("{name}@{baseline}"),
                item,
                wave: Some(baseline),
                origin: crate::plan::Origin::Assessment,
            },
        })
    }

    fn derived_item(&self, name: &str, written: &VariableWritten, constant: bool) -> Result<Item, Mistake> {
        let kind = written.kind.unwrap_or(ItemType::Binary);
        let mut codes: Vec<Code> = Vec::with_capacity(written.codes.len());
        for code in &written.codes {
            let label = Text { nb: code.nb.clone(), nn: code.nn.clone(), en: code.en.clone() };
            let number = *code.code.get_ref();
            if codes.iter().any(|known| known.code == number) {
                return Err(self.source.mistake(code.code.span(), format!("the code {number} stands twice")));
            }
            let label = if label.is_empty() { Text::same(&number.to_string()) } else { label };
            codes.push(Code { code: number, label, written: Vec::new() });
        }
        if kind == ItemType::Binary && codes.is_empty() {
            codes = Code::no_yes();
        }
        let coded = matches!(kind, ItemType::Nominal | ItemType::Ordinal | ItemType::Binary);
        if coded == codes.is_empty() || (kind == ItemType::Binary && codes.len() != 2) {
            return Err(self
                .source
                .mistake(written.sql.span(), format!("the codes of `{name}` do not fit its type"))
                .help(
                    "nominal and ordinal variables list their codes, binary ones two or none, numbers none",
                ));
        }
        let label = written.label.clone().unwrap_or_else(|| Text::same(name));
        Ok(Item {
            codes,
            better: written.better,
            reliability: dictionary::reliability(
                self.source,
                name,
                written.reliability.as_ref(),
                written.better,
            )?,
            constant,
            blank: Reason::NotDerived,
            unit: written.unit.clone().unwrap_or_default(),
            ..Item::bare(name, name, label, kind)
        })
    }
}

/// What is derived per assessment of one instrument, in order.
fn of_instrument(per_assessment: &[(String, Derived)], instrument: &str) -> Vec<Derived> {
    per_assessment.iter().filter(|(of, _)| *of == instrument).map(|(_, derived)| derived.clone()).collect()
}
