//! What the report's first page is to know → as resolved.

use super::written::{DesignWritten, ReportWritten};
use crate::names::Names;
use crate::plan::Design;
use crate::question::Analysis;
use crate::written::Mistake;

impl Names<'_> {
    /// The primary analyses by id, and the design.
    pub(super) fn report(
        &self,
        written: &ReportWritten,
        analyses: &[Analysis],
    ) -> Result<(Vec<String>, Design), Mistake> {
        let told = |analysis: &&Analysis| analysis.question.can_be_primary();
        let mut primary: Vec<String> = Vec::new();
        for name in &written.primary {
            let known = analyses.iter().filter(told).map(|analysis| analysis.id.as_str());
            self.known("change, model or description", name.get_ref(), name.span(), known)?;
            if primary.contains(name.get_ref()) {
                return Err(self
                    .source
                    .mistake(name.span(), format!("`{}` stands twice", name.get_ref()))
                    .help("name each primary analysis once"));
            }
            primary.push(name.get_ref().clone());
        }
        let design = match written.design {
            DesignWritten::BeforeAfter => Design::BeforeAfter,
            DesignWritten::Comparison => Design::Comparison,
            DesignWritten::Randomised => Design::Randomised,
        };
        Ok((primary, design))
    }
}
