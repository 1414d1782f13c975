//! Families of tests as written → as resolved: one declared test for each comparison.

use super::resolve::Ground;
use super::written::FamilyWritten;
use crate::estimate::Group;
use crate::plan::{Analysis, Change, Column, Comparison, Family, Question, Test};
use crate::written::Mistake;

impl Ground<'_> {
    /// The cohort of a family and its tests; `analyses` are those of the pipeline before it.
    pub(super) fn family(
        &self,
        analyses: &[Analysis],
        written: &FamilyWritten,
    ) -> Result<(usize, Family), Mistake> {
        let changes = || {
            analyses.iter().filter_map(|analysis| match &analysis.question {
                Question::Change(change) => Some((analysis, change)),
                _ => None,
            })
        };
        let mut cohort = None;
        let mut family = Family { of: Vec::new(), tests: Vec::new() };
        for name in written.of.get_ref() {
            let ids = changes().map(|(analysis, _)| analysis.id.as_str());
            self.known("change analysis", name.get_ref(), name.span(), ids)?;
            let Some((analysis, change)) = changes().find(|(analysis, _)| analysis.id == *name.get_ref())
            else {
                continue;
            };
            if *cohort.get_or_insert(analysis.cohort) != analysis.cohort {
                return Err(self
                    .source
                    .mistake(name.span(), format!("`{}` is about another cohort", analysis.id))
                    .help(
                        "all analyses of a family have the same cohort: declare one family for each cohort",
                    ));
            }
            for test in tests(&analysis.id, change, written.groups) {
                let same = |known: &&Test| known.group == test.group && known.variable == test.variable;
                if let Some(known) = family.tests.iter().find(same) {
                    return Err(self
                        .source
                        .mistake(name.span(), format!("`{}` is also in `{}`", test.variable, known.analysis))
                        .help("a comparison counts once in a family: keep only one of the two analyses"));
                }
                family.tests.push(test);
            }
            family.of.push(analysis.id.clone());
        }
        match (cohort, family.tests.len()) {
            (Some(cohort), 2..) => Ok((cohort, family)),
            _ => Err(self
                .source
                .mistake(written.of.span(), "a family has at least two tests")
                .help("of = [\"change.health\", …]: the analyses whose comparisons were asked for together")),
        }
    }
}

/// A test for each comparison of everyone and, where they are asked for, of each group.
fn tests(analysis: &str, change: &Change, groups: bool) -> Vec<Test> {
    let by: &[Column] = if groups { &change.by } else { &[] };
    let mut groups: Vec<(Group, Option<&Column>)> = vec![(Group::default(), None)];
    for column in by {
        let codes = column.item.codes.iter();
        groups.extend(codes.map(|code| (Group::level(&column.name, code.code), Some(column))));
    }
    let of = |comparison: &Comparison| -> Vec<Test> {
        let test = |(group, column): &(Group, Option<&Column>)| Test {
            analysis: analysis.to_owned(),
            group: group.clone(),
            variable: comparison.variable.clone(),
            before: comparison.before.clone(),
            of_group: column.cloned(),
        };
        groups.iter().map(test).collect()
    };
    change.comparisons.iter().flat_map(of).collect()
}
