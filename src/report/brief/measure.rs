//! What is measured several times, each measure once: its change over the longest time, and since when that has been clear.

use crate::estimate::Waves;
use crate::report::finding::Finding;
use crate::table::Labels;

/// A measure with its comparisons from the first of its waves.
pub(super) struct Measure<'p> {
    /// The variable's name without its waves.
    pub name: &'p str,
    /// From the first wave to the last.
    pub longest: &'p Finding,
    /// From the first wave to those in between, in their order.
    between: Vec<&'p Finding>,
}

impl<'p> Measure<'p> {
    /// The wave from which on all comparisons came out as the longest one, where that is not the last wave.
    pub fn since(&self) -> Option<&'p str> {
        let alike = self.between.iter().rev().take_while(|finding| finding.verdict == self.longest.verdict);
        Waves::of(&alike.last()?.variable).to
    }
}

/// The measures of some findings, in the findings' order.
pub(super) fn measures<'p>(findings: &'p [Finding], labels: &Labels) -> Vec<Measure<'p>> {
    let place = |wave: Option<&str>| labels.waves.iter().position(|known| Some(known.id.as_str()) == wave);
    let mut names: Vec<&str> = Vec::new();
    for finding in findings {
        let name = Waves::of(&finding.variable).name;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let measure = |name: &'p str| {
        let all = findings.iter().map(|finding| (Waves::of(&finding.variable), finding));
        let of: Vec<(Waves<'p>, &Finding)> = all.filter(|(key, _)| key.name == name).collect();
        let first = of.iter().map(|(key, _)| place(key.wave)).min()?;
        let mut between: Vec<(Option<usize>, &Finding)> = of
            .into_iter()
            .filter(|(key, _)| place(key.wave) == first)
            .map(|(key, finding)| (place(key.to), finding))
            .collect();
        between.sort_by_key(|(to, _)| *to);
        let (_, longest) = between.pop()?;
        Some(Measure { name, longest, between: between.into_iter().map(|(_, finding)| finding).collect() })
    };
    names.into_iter().filter_map(measure).collect()
}
