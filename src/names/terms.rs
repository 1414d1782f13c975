//! The terms of a regression as written → as resolved.

use indexmap::IndexMap;
use toml::Spanned;

use super::{Names, Scope};
use crate::dictionary::ItemType;
use crate::plan::{Column, Term};
use crate::written::Mistake;

impl Names<'_> {
    /// The terms of a regression with their reference codes; each variable once, and not the outcome.
    pub fn terms(
        &self,
        scope: &Scope<'_>,
        names: &[Spanned<String>],
        reference: &IndexMap<Spanned<String>, Spanned<i64>>,
        outcome: Option<&Column>,
    ) -> Result<Vec<Term>, Mistake> {
        let mut terms: Vec<Term> = Vec::with_capacity(names.len());
        for name in names {
            if name.get_ref().contains(['*', ':', '#']) {
                return Err(self
                    .source
                    .mistake(
                        name.span(),
                        format!("`{}` is no variable, and a model has no interactions yet", name.get_ref()),
                    )
                    .help(
                        "each term is one variable of the cohort: terms = [\"sex\", \"age\", \"item@wave\"]",
                    ));
            }
            let column = self.column(scope, name)?;
            if matches!(column.item.kind, ItemType::Text | ItemType::Date) {
                return Err(self
                    .source
                    .mistake(name.span(), format!("`{}` is text or a date and cannot be a term", column.name))
                    .help("derive a number or a coded variable from it"));
            }
            if outcome.is_some_and(|outcome| outcome.name == column.name)
                || terms.iter().any(|term| term.column.name == column.name)
            {
                let what = match outcome.is_some_and(|outcome| outcome.name == column.name) {
                    true => format!("`{}` is both the outcome and a term of this model", column.name),
                    false => format!("`{}` is in this model twice", column.name),
                };
                return Err(self
                    .source
                    .mistake(name.span(), what)
                    .help("each variable once, and the outcome not among the terms"));
            }
            let first = column.item.codes.first().map(|code| code.code);
            terms.push(Term { column, reference: first });
        }
        for (name, code) in reference {
            let names: Vec<String> = terms.iter().map(|term| term.column.name.clone()).collect();
            self.known("term", name.get_ref(), name.span(), names.iter().map(String::as_str))?;
            let Some(term) = terms.iter_mut().find(|term| term.column.name == *name.get_ref()) else {
                continue;
            };
            if term.column.item.code(*code.get_ref()).is_none() {
                let known: Vec<String> =
                    term.column.item.codes.iter().map(|code| code.code.to_string()).collect();
                return Err(self
                    .source
                    .mistake(code.span(), format!("`{}` has no code {}", name.get_ref(), code.get_ref()))
                    .help(format!("its codes: {}", known.join(", "))));
            }
            term.reference = Some(*code.get_ref());
        }
        Ok(terms)
    }
}
