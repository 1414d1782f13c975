//! The step `disclosure`: estimates → what may leave the house.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::RunError;
use super::desk::{Desk, Value};
use super::estimates::{self, digest_of_cleared};
use super::fingerprint::{Parts, digest_of};
use super::graph::{Made, Work};
use super::rankings;
use super::trace::Trace;
use crate::dictionary::FormUnit;
use crate::disclosure::{self, Audit, Cleared, Maker, Policy, Release, Shown};
use crate::estimate::Estimate;
use crate::question::{Analysis, Plan};
use crate::table::AnalysisView;

/// Clears the estimates of all analyses together.
pub struct Clearing;

impl<'p> Work<'p> for Clearing {
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        let plan = trace.plan;
        let estimates: Vec<&str> = plan.analyses.iter().map(|analysis| trace.output(&analysis.id)).collect();
        let about_services: Vec<&str> = plan
            .analyses
            .iter()
            .filter(|analysis| is_about_services(plan, analysis))
            .map(|analysis| analysis.id.as_str())
            .collect();
        Parts::of_numbers()
            .with("the estimates", digest_of(&estimates))
            .with("the policy", plan.policy.name())
            .with("which analyses are about services", digest_of(&about_services))
            .with(rankings::RANKED, digest_of(&rankings::parts(plan)))
    }

    fn value(&self, desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        let release = clear(desk.plan, &desk.all_estimates()?, desk.policy);
        let released = Released::of(release);
        let ranges = rankings::of_tables(desk.plan, &released);
        let cleared = [released.cleared, ranges].concat();
        Ok(Value::Release(Box::new(Released::of(Release { cleared, audit: released.audit }))))
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let release = desk.release()?;
        let mut made = Made::default();
        for (file, bytes) in estimates::files_of_cleared(&release.cleared).map_err(RunError::internal)? {
            made.write(desk, file, bytes)?;
        }
        Ok(Made { output: digest_of(&(&release.digests, &release.audit)), ..made })
    }

    fn tell(&self, value: &Value<'p>, trace: &mut Trace<'p>) {
        if let Value::Release(release) = value {
            let hidden = release.cleared.iter().filter(|one| one.shown() == Shown::Suppressed).count();
            (trace.record.cleared, trace.record.hidden) = (release.digests.clone(), hidden as u64);
        }
    }
}

/// The cleared estimates of all analyses, in the plan's order.
pub struct Released {
    pub cleared: Vec<Cleared>,
    pub audit: Audit,
    /// Analysis → the places of its cleared estimates.
    places: HashMap<String, Range<usize>>,
    /// Analysis → digest of its cleared estimates.
    digests: BTreeMap<String, String>,
}

impl Released {
    fn of(Release { cleared, audit }: Release) -> Released {
        let mut places: HashMap<String, Range<usize>> = HashMap::new();
        for (place, one) in cleared.iter().enumerate() {
            places.entry(one.analysis().to_owned()).or_insert(place..place).end = place + 1;
        }
        let digest = |places: &Range<usize>| digest_of_cleared(&cleared[places.clone()]);
        let digests = places.iter().map(|(analysis, places)| (analysis.clone(), digest(places))).collect();
        Released { cleared, audit, places, digests }
    }

    pub fn view<'a>(&'a self, plan: &'a Plan, analysis: &'a Analysis) -> AnalysisView<'a> {
        let unit = plan.cohorts[analysis.cohort].unit;
        let label = analysis.label.clone();
        let asked = &analysis.question;
        let cleared = self.of_analysis(&analysis.id).iter().collect();
        AnalysisView::new(&analysis.id, label, unit, asked.cluster(), asked.level(), cleared)
    }

    pub fn views<'a>(&'a self, plan: &'a Plan, analyses: &[&'a Analysis]) -> Vec<AnalysisView<'a>> {
        analyses.iter().map(|analysis| self.view(plan, analysis)).collect()
    }

    /// The cleared estimates of an analysis, or of what is filed under a name as if it were one.
    pub fn of_analysis(&self, id: &str) -> &[Cleared] {
        &self.cleared[self.places.get(id).cloned().unwrap_or_default()]
    }

    /// A short name for exactly the numbers of a release.
    pub fn edition(&self) -> String {
        const LETTERS: usize = 12;
        let digest = digest_of(&self.digests);
        digest.chars().filter(char::is_ascii_hexdigit).take(LETTERS).collect()
    }
}

/// Clears a release. Counts of services are not counts of persons: analyses whose forms are about services are shown whole.
fn clear(plan: &Plan, estimates: &[&Estimate], policy: Policy) -> Release {
    let places: HashMap<&str, usize> =
        plan.analyses.iter().enumerate().map(|(place, analysis)| (analysis.id.as_str(), place)).collect();
    let place = |analysis: &str| places.get(analysis).copied();
    let about_services: Vec<bool> =
        plan.analyses.iter().map(|analysis| is_about_services(plan, analysis)).collect();
    let (services, persons): (Vec<Estimate>, Vec<Estimate>) = estimates
        .iter()
        .copied()
        .cloned()
        .partition(|estimate| place(&estimate.analysis).is_some_and(|place| about_services[place]));
    let makers: Vec<Box<Maker<'_>>> =
        plan.analyses.iter().filter_map(|analysis| analysis.question.maker(&analysis.id)).collect();
    let mut release = disclosure::clear_with(&persons, policy, &makers);
    let mut of_services = disclosure::clear(&services, Policy::None).cleared;
    release.cleared.append(&mut of_services);
    release.cleared.sort_by_key(|one: &Cleared| place(one.analysis()));
    release
}

pub fn is_about_services(plan: &Plan, analysis: &Analysis) -> bool {
    let instrument = &plan.cohorts[analysis.cohort].instrument;
    plan.instruments.iter().any(|known| known.id == *instrument && known.unit == FormUnit::Service)
}
