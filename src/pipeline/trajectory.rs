//! Trajectories as written → as resolved.

use toml::Spanned;

use super::names::Scope;
use super::resolve::Ground;
use super::written::TrajectoryWritten;
use crate::dictionary::ItemType;
use crate::plan::{Cohort, CohortUnit, Course, Trajectory};
use crate::written::Mistake;

impl Ground<'_> {
    pub(super) fn trajectory(
        &self,
        cohort: &Cohort,
        scope: &Scope<'_>,
        written: &TrajectoryWritten,
    ) -> Result<Trajectory, Mistake> {
        if cohort.unit != CohortUnit::Respondent {
            return Err(self
                .source
                .mistake(written.cohort.span(), format!("the rows of `{}` are assessments", cohort.id))
                .help(
                    "a trajectory follows respondents over waves: use a cohort with unit = \"respondent\"",
                ));
        }
        let waves = self.waves_of(cohort, written)?;
        let mut courses: Vec<Course> = Vec::with_capacity(written.variables.len());
        for name in &written.variables {
            let variable = name.get_ref();
            if courses.iter().any(|known| known.variable == *variable) {
                return Err(self.source.mistake(name.span(), format!("`{variable}` stands twice")));
            }
            let at =
                |wave: &&str| self.column(scope, &Spanned::new(name.span(), format!("{variable}@{wave}")));
            let at = waves.iter().map(at).collect::<Result<Vec<_>, _>>()?;
            if at
                .iter()
                .any(|column| matches!(column.item.kind, ItemType::Nominal | ItemType::Text | ItemType::Date))
            {
                return Err(self
                    .source
                    .mistake(name.span(), format!("`{variable}` has neither a mean nor a share"))
                    .help("only binary, ordinal and numeric variables can be followed; use [describe.…] for the others, at each wave"));
            }
            courses.push(Course { variable: variable.clone(), at });
        }
        if courses.is_empty() {
            return Err(self
                .source
                .mistake(written.cohort.span(), "there are no variables to follow")
                .help("variables = [\"mental_health\", …], without waves"));
        }
        let flows = |course: &Course| course.at.iter().all(|column| column.item.is_coded());
        if let (true, Some(first), false) =
            (written.flow, written.variables.first(), courses.iter().any(flows))
        {
            return Err(self
                .source
                .mistake(first.span(), "none of the variables has codes to flow between")
                .help("leave out flow = true, or derive a variable with bands: [variable.…] sql = \"CASE WHEN … END\""));
        }
        Ok(Trajectory {
            courses,
            by: self.groups(scope, &written.by)?,
            flow: written.flow,
            complete: written.complete,
            level: self.level(&written.level)?,
        })
    }

    /// The waves that are asked for, at least two and in the order of the cohort's.
    fn waves_of<'c>(
        &self,
        cohort: &'c Cohort,
        written: &'c TrajectoryWritten,
    ) -> Result<Vec<&'c str>, Mistake> {
        let known = || cohort.waves.iter().map(String::as_str);
        let (waves, span) = match &written.waves {
            None => (known().collect(), written.cohort.span()),
            Some(waves) => {
                let mut found: Vec<&str> = Vec::new();
                for wave in waves.get_ref() {
                    self.known("wave of this cohort", wave.get_ref(), wave.span(), known())?;
                    found.push(wave.get_ref());
                }
                (found, waves.span())
            }
        };
        let places: Vec<Option<usize>> =
            waves.iter().map(|wave| known().position(|known| known == *wave)).collect();
        match waves.len() >= 2 && places.is_sorted_by(|one, next| one < next) {
            true => Ok(waves),
            false => Err(self
                .source
                .mistake(span, "a trajectory has at least two waves, in order")
                .help(format!("waves in order: {}", cohort.waves.join(", ")))),
        }
    }
}
