//! Keys of families of tests, and their resolution: one declared test for each comparison.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Family, Test};
use crate::dictionary::Text;
use crate::estimate::Group;
use crate::plan::{Column, Comparison};
use crate::question::change::Change;
use crate::question::{Keys, Question, Within};
use crate::written::Mistake;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FamilyWritten {
    pub label: Option<Text>,
    /// Change analyses of one cohort: `change.health`. Each of their comparisons is a test.
    #[schemars(with = "Vec<String>")]
    pub of: Spanned<Vec<Spanned<String>>>,
    /// Whether the comparisons within groups are tests of the family as well.
    #[serde(default)]
    pub groups: bool,
}

impl Keys for FamilyWritten {
    fn question(&self, _id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, question) = family(within, self)?;
        Ok((place, Arc::new(question)))
    }
}

/// The cohort of a family and its tests.
fn family(within: &Within<'_>, written: &FamilyWritten) -> Result<(usize, Family), Mistake> {
    let mut cohort = None;
    let mut family = Family { of: Vec::new(), tests: Vec::new() };
    for name in written.of.get_ref() {
        let ids = within.of_kind::<Change>().map(|(analysis, _)| analysis.id.as_str());
        let place = within.names.known("change analysis", name.get_ref(), name.span(), ids)?;
        let Some((analysis, change)) = within.of_kind::<Change>().nth(place) else { continue };
        if *cohort.get_or_insert(analysis.cohort) != analysis.cohort {
            return Err(within
                .names
                .source
                .mistake(name.span(), format!("`{}` is about another cohort", analysis.id))
                .help("all analyses of a family have the same cohort: declare one family for each cohort"));
        }
        for test in tests(&analysis.id, change, written.groups) {
            let same = |known: &&Test| known.group == test.group && known.variable == test.variable;
            if let Some(known) = family.tests.iter().find(same) {
                return Err(within
                    .names
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
        _ => Err(within
            .names
            .source
            .mistake(written.of.span(), "a family has at least two tests")
            .help("of = [\"change.health\", …]: the analyses whose comparisons were asked for together")),
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
