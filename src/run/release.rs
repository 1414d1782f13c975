//! The step `disclosure`: estimates → what may leave the house.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::RunError;
use super::desk::{Desk, Value};
use super::estimates::{self, digest_of_cleared};
use super::fingerprint::{Parts, digest_of};
use super::graph::{Made, Work};
use super::question::asked;
use super::trace::Trace;
use crate::dictionary::FormUnit;
use crate::disclosure::{self, Audit, Cleared, Policy, Release, Shown};
use crate::estimate::Estimate;
use crate::plan::{Analysis, Plan};
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
            .with("the policy", plan.policy.clone())
            .with("which analyses are about services", digest_of(&about_services))
    }

    fn value(&self, desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        let release = clear(desk.plan, &desk.all_estimates()?, desk.policy);
        Ok(Value::Release(Box::new(Released::of(release))))
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
        let places = self.places.get(&analysis.id).cloned().unwrap_or_default();
        let unit = plan.cohorts[analysis.cohort].unit;
        let label = analysis.label.clone();
        let asked = asked(&analysis.question);
        let cleared = self.cleared[places].iter().collect();
        AnalysisView::new(&analysis.id, label, unit, asked.cluster(), asked.level(), cleared)
    }

    pub fn views<'a>(&'a self, plan: &'a Plan, analyses: &[&'a Analysis]) -> Vec<AnalysisView<'a>> {
        analyses.iter().map(|analysis| self.view(plan, analysis)).collect()
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
    let mut release = disclosure::clear(&persons, policy);
    let mut of_services = disclosure::clear(&services, Policy::None).cleared;
    release.cleared.append(&mut of_services);
    release.cleared.sort_by_key(|one: &Cleared| place(one.analysis()));
    release
}

pub fn is_about_services(plan: &Plan, analysis: &Analysis) -> bool {
    let instrument = &plan.cohorts[analysis.cohort].instrument;
    plan.instruments.iter().any(|known| known.id == *instrument && known.unit == FormUnit::Service)
}
