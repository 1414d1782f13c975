//! The desk: what each step has given so far, in memory. What a step that is kept would give is worked out where something needs it,
//! along the edges of the graph, and once.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Instant;

use rayon::prelude::*;

use super::RunError;
use super::analyse::{Counted, Extent, count};
use super::answer::derived_read;
use super::graph::{self, DISCLOSURE, Graph, PUBLISHED, Step, Together};
use super::intake::Stored;
use super::progress::Progress;
use super::published::Judgement;
use super::record::CohortRecord;
use super::release::Released;
use super::trace::Trace;
use crate::disclosure::Policy;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::question::{Analysis, Plan};
use crate::store::Store;
use crate::table::Table;

/// What a step gives to those that need it.
pub enum Value<'p> {
    Store(Box<Stored>),
    Estimates(Vec<Estimate>),
    Release(Box<Released>),
    Table(Table),
    Figure(Figure),
    Judgement(Judgement<'p>),
    /// The step's files are all.
    Nothing,
}

/// What a step gives, where it is of the kind that is wanted.
macro_rules! given {
    ($desk:ident, $step:expr, $kind:ident) => {
        $desk.value($step).and_then(|value| match value {
            Value::$kind(given) => Ok(given),
            _ => Err(RunError::Internal(format!("the step `{}` does not give what is wanted of it", $step))),
        })
    };
}

/// What the steps of one walk give.
pub struct Desk<'p> {
    pub plan: &'p Plan,
    pub policy: Policy,
    pub graph: Graph<'p>,
    pub trace: Trace<'p>,
    /// The folder under construction.
    pub building: PathBuf,
    /// The folder of the earlier output.
    pub place: PathBuf,
    pub extent: Extent,
    /// The cohort of the analyses that are being answered.
    pub counted: Counted<'p>,
    /// Analysis → raw estimates of the earlier run, read where one is kept.
    pub known: OnceLock<BTreeMap<String, Vec<Estimate>>>,
    values: Vec<OnceLock<Value<'p>>>,
}

impl<'p> Desk<'p> {
    pub fn new(
        graph: Graph<'p>,
        trace: Trace<'p>,
        policy: Policy,
        [building, place]: [PathBuf; 2],
    ) -> Desk<'p> {
        let values = graph.steps.iter().map(|_| OnceLock::new()).collect();
        Desk {
            plan: trace.plan,
            policy,
            graph,
            trace,
            building,
            place,
            extent: Extent::All,
            counted: Counted::default(),
            known: OnceLock::new(),
            values,
        }
    }

    /// Works out what the steps of a group give, and does with each what `then` does; gives how many seconds each took, with what
    /// analyses of a cohort have in common.
    ///
    /// # Errors
    /// The first that a step has, in the order of the list.
    pub fn work_out<T: Send>(
        &mut self,
        (together, group): &(Together, Vec<usize>),
        progress: &Progress,
        then: impl Fn(&Desk<'p>, &Step<'p>) -> Result<T, RunError> + Sync,
    ) -> Result<Vec<(T, f64)>, RunError> {
        let mut started = None;
        if let Together::Cohort(cohort) = together {
            started = Some(Instant::now());
            self.count(*cohort, group)?;
        }
        group
            .iter()
            .flat_map(|place| &self.graph.steps[*place].needs)
            .try_for_each(|need| self.ensure(*need))?;
        let one = |place: &usize| {
            let step = &self.graph.steps[*place];
            progress.step(&step.id);
            let started = started.unwrap_or_else(Instant::now);
            let value = step.work.value(self)?;
            // A second attempt, with all of a cohort, may find what the first has left.
            let _ = self.values[*place].set(value);
            Ok((then(self, step)?, started.elapsed().as_secs_f64()))
        };
        let done: Vec<Result<_, RunError>> = group.par_iter().map(one).collect();
        let done = done.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.counted = Counted::default();
        for place in group {
            if let Some(value) = self.values[*place].get() {
                self.graph.steps[*place].work.tell(value, &mut self.trace);
            }
        }
        Ok(done)
    }

    /// Links and tallies a cohort for the analyses of a group.
    fn count(&mut self, cohort: usize, group: &[usize]) -> Result<(), RunError> {
        let of_cohort = || self.plan.analyses.iter().filter(move |analysis| analysis.cohort == cohort);
        let is_asked = |id: &String| group.iter().any(|place| self.graph.steps[*place].id == *id);
        let analyses: Vec<&'p Analysis> = of_cohort().filter(|analysis| is_asked(&analysis.id)).collect();
        let cohort = &self.plan.cohorts[cohort];
        let counted = count(self.plan, cohort, &analyses, &|id| self.store(id), self.extent)?;
        let read = derived_read(cohort, of_cohort());
        let is_read = |name: &str| read.iter().any(|derived| derived.item.name == name);
        let earlier = self.trace.record.cohorts.iter().find(|known| known.cohort == cohort.id);
        let record = CohortRecord::new(cohort, &counted, earlier, is_read);
        self.trace.counted(record);
        self.counted = counted;
        Ok(())
    }

    /// Has the value of a step, and of what it is worked out from.
    fn ensure(&self, place: usize) -> Result<(), RunError> {
        if self.values[place].get().is_some() {
            return Ok(());
        }
        let step = &self.graph.steps[place];
        let value = match step.work.kept(self)? {
            Some(value) => value,
            None => {
                step.needs.iter().try_for_each(|need| self.ensure(*need))?;
                step.work.value(self)?
            }
        };
        // Two threads that work out the same come to the same.
        let _ = self.values[place].set(value);
        Ok(())
    }

    /// Forgets all but the stores.
    pub fn forget(&mut self) {
        for value in &mut self.values {
            if !matches!(value.get(), Some(Value::Store(_))) {
                value.take();
            }
        }
    }

    fn value(&self, step: &str) -> Result<&Value<'p>, RunError> {
        let place = self.graph.place(step)?;
        self.ensure(place)?;
        Ok(self.values[place].get().unwrap_or(&Value::Nothing))
    }

    pub fn store(&self, instrument: &str) -> Result<&Store, RunError> {
        given!(self, &graph::store(instrument), Store).map(|stored| &stored.store)
    }

    /// The raw estimates of an analysis.
    pub fn estimates(&self, analysis: &str) -> Result<&Vec<Estimate>, RunError> {
        given!(self, analysis, Estimates)
    }

    /// The raw estimates of all analyses, in the plan's order.
    pub fn all_estimates(&self) -> Result<Vec<&Estimate>, RunError> {
        let of_each = self.plan.analyses.iter().map(|analysis| self.estimates(&analysis.id));
        Ok(of_each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    pub fn release(&self) -> Result<&Released, RunError> {
        given!(self, DISCLOSURE, Release).map(|release| &**release)
    }

    pub fn table(&self, id: &str) -> Result<&Table, RunError> {
        given!(self, &graph::table(id), Table)
    }

    pub fn figure(&self, id: &str) -> Result<&Figure, RunError> {
        given!(self, &graph::figure(id), Figure)
    }

    /// All figures, in the plan's order.
    pub fn figures(&self) -> Result<Vec<&Figure>, RunError> {
        self.plan.figures.iter().map(|spec| self.figure(&spec.id)).collect()
    }

    /// The verdicts on the published figures, where there is a ledger of them.
    pub fn judgement(&self) -> Result<Option<&Judgement<'p>>, RunError> {
        let step = self.plan.published.as_ref().map(|_| given!(self, PUBLISHED, Judgement));
        step.transpose()
    }
}
