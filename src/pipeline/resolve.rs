//! Pipeline as written → plan: waves, sources, checks; cohorts and analyses have files of their own.

use std::path::Path;
use std::sync::Arc;

use toml::Spanned;

use super::written::{ActionWritten, Declaration, PipelineFile, TableWritten, WaveWritten};
use crate::convention::Convention;
use crate::dictionary::{self, Language, Text};
use crate::disclosure::Policy;
use crate::figure::FigureSpec;
use crate::intake::CHECKS;
use crate::names::Names;
use crate::plan::{Action, Cohort, OnFinding, Source, Wave};
use crate::question::{Analysis, Plan, Within, implied, layouts, undeclared};
use crate::table::TableSpec;
use crate::written::{self, Mistake, suggestion};

/// Reads and resolves a pipeline: a `pipeline.toml`, or a folder that holds one.
///
/// # Errors
/// A [`Mistake`] with file and line where a file cannot be read, has an unknown key, names what does not exist, or
/// breaks a rule.
pub fn load(path: &Path) -> Result<Plan, Mistake> {
    let path = if path.is_dir() { path.join("pipeline.toml") } else { path.to_owned() };
    let source = written::Source::read(&path)?;
    let file: PipelineFile = source.parse()?;
    if *file.format.get_ref() != 1 {
        return Err(source
            .mistake(file.format.span(), "this version of utfall reads pipelines of format 1")
            .help("write `format = 1`"));
    }
    let id = file.id.get_ref().clone();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if id.is_empty() || !id.chars().all(plain) {
        return Err(source
            .mistake(file.id.span(), format!("`{id}` cannot be an evaluation's id"))
            .help("it becomes a folder's name: letters a–z, digits, `-` and `_` only"));
    }
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let mut names = Names { source: &source, instruments: Vec::new(), waves: Vec::new() };
    for written in &file.dictionaries {
        let instrument = dictionary::load(&folder.join(written.get_ref()))?;
        if names.instruments.iter().any(|known| known.id == instrument.id) {
            return Err(source
                .mistake(
                    written.span(),
                    format!("a second dictionary calls its instrument `{}`", instrument.id),
                )
                .help("give one of them another id under [instrument], or take one out of `dictionaries`"));
        }
        names.instruments.push(Arc::new(instrument));
    }
    names.waves = waves(&source, &file.wave)?;
    let sources = names.sources(&file.source)?;
    let on_finding = OnFinding { actions: names.actions(&file.intake)?, limits: names.limits(&file.limits)? };
    let cohorts = names.cohorts(&file, &sources)?;
    let mut analyses = analyses(&names, &file, &cohorts, &sources)?;
    let known: Vec<&str> = analyses.iter().map(|analysis| analysis.id.as_str()).collect();
    let tables = file
        .table
        .iter()
        .enumerate()
        .map(|(position, (id, written))| names.table(position, names.name("table", id)?, written, &known))
        .collect::<Result<Vec<_>, _>>()?;
    let figures = file
        .figure
        .iter()
        .enumerate()
        .map(|(position, (id, written))| {
            names.figure(position, names.name("figure", id)?, written, &analyses)
        })
        .collect::<Result<Vec<_>, _>>()?;
    for analysis in &mut analyses {
        let tables: Vec<&TableSpec> =
            tables.iter().filter(|table| table.from.contains(&analysis.id)).collect();
        let figures: Vec<&FigureSpec> =
            figures.iter().filter(|figure| figure.from.contains(&analysis.id)).collect();
        // No one else has the question yet.
        if let Some(question) = Arc::get_mut(&mut analysis.question) {
            question.shown_in(&tables, &figures);
        }
    }
    let policy = match &file.disclosure.policy {
        None => Policy::Min5,
        Some(policy) => {
            let known = Policy::ALL.map(Policy::name);
            Policy::ALL[names.known("disclosure policy", policy.get_ref(), policy.span(), known)?]
        }
    };
    let languages = languages(&source, &file.languages)?;
    let (primary, design) = names.report(&file.report, &analyses)?;
    Ok(Plan {
        title: file.title.unwrap_or_else(|| Text::same(&id)),
        id,
        notice: file.notice.unwrap_or_default(),
        about: file.about,
        published: file.published.map(|path| folder.join(path)),
        folder,
        languages,
        instruments: names.instruments,
        waves: names.waves,
        sources,
        on_finding,
        cohorts,
        analyses,
        tables,
        figures,
        primary,
        design,
        policy,
    })
}

/// What every cohort is asked, and what the pipeline asks.
fn analyses(
    names: &Names<'_>,
    file: &PipelineFile,
    cohorts: &[Arc<Cohort>],
    sources: &[Source],
) -> Result<Vec<Analysis>, Mistake> {
    let convention = match &file.convention {
        None => Convention::default(),
        Some(name) => {
            let known = Convention::ALL.map(Convention::as_str);
            Convention::ALL[names.known("convention", name.get_ref(), name.span(), known)?]
        }
    };
    let mut analyses: Vec<Analysis> = Vec::new();
    for (position, cohort) in cohorts.iter().enumerate() {
        analyses.extend(undeclared(cohort).map(|(kind, question)| Analysis {
            id: format!("{kind}.{}", cohort.id),
            label: cohort.label.clone(),
            cohort: position,
            question,
        }));
    }
    for Declaration { kind, name, label, keys } in file.questions() {
        let id = names.name(kind, name)?;
        let within = Within { names, cohorts, sources, convention, analyses: &analyses };
        let (cohort, question) = keys.question(id, &within)?;
        let label = label.clone().unwrap_or_else(|| Text::same(id));
        analyses.push(Analysis { id: format!("{kind}.{id}"), label, cohort, question });
    }
    let implied: Vec<Analysis> = analyses.iter().flat_map(implied).collect();
    analyses.extend(implied);
    Ok(analyses)
}

/// The languages of the reports, each once.
fn languages(
    source: &written::Source,
    written: &Option<Spanned<Vec<Language>>>,
) -> Result<Vec<Language>, Mistake> {
    let Some(written) = written else { return Ok(Language::ALL.to_vec()) };
    let languages = written.get_ref();
    let twice = languages.iter().enumerate().any(|(at, language)| languages[..at].contains(language));
    match languages.is_empty() || twice {
        false => Ok(languages.clone()),
        true => Err(source
            .mistake(written.span(), "`languages` names no language, or one twice")
            .help("write languages = [\"nb\", \"nn\", \"en\"], or some of them")),
    }
}

fn waves(source: &written::Source, written: &[WaveWritten]) -> Result<Vec<Wave>, Mistake> {
    let mut waves: Vec<Wave> = Vec::with_capacity(written.len());
    for wave in written {
        let id = wave.id.get_ref();
        if id.is_empty() || !id.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
            return Err(source
                .mistake(wave.id.span(), format!("`{id}` cannot be a wave's id"))
                .help("letters, digits and `_` only, as in \"w1\""));
        }
        if waves.iter().any(|known| known.id == *id) {
            return Err(source.mistake(wave.id.span(), format!("the wave `{id}` stands twice")));
        }
        let month = *wave.month.get_ref();
        if !month.is_finite() || waves.last().is_some_and(|last| last.month >= month) {
            return Err(source
                .mistake(wave.month.span(), format!("the wave `{id}` does not come after the one before it"))
                .help("list waves in order of their month; it may have decimals, as in 0.5"));
        }
        if let Some(window) = &wave.window {
            let [from, to] = *window.get_ref();
            if from.is_nan() || to.is_nan() || from > to {
                return Err(source
                    .mistake(window.span(), "the window is empty")
                    .help("write window = [first month, last month]"));
            }
        }
        waves.push(Wave {
            id: id.clone(),
            label: wave.label.clone().unwrap_or_else(|| Text::same(id)),
            month,
            number: match waves.last() {
                None => month as i64,
                Some(last) => (month as i64).max(last.number.saturating_add(1)),
            },
            window: wave.window.as_ref().map(|window| *window.get_ref()),
        });
    }
    match waves.is_empty() {
        false => Ok(waves),
        true => {
            Err(Mistake::of_file(&source.path, "there is no wave").help("add [[wave]] with id and month"))
        }
    }
}

impl Names<'_> {
    fn actions(
        &self,
        written: &indexmap::IndexMap<Spanned<String>, ActionWritten>,
    ) -> Result<Vec<(String, Action)>, Mistake> {
        let mut actions: Vec<(String, Action)> =
            CHECKS.iter().map(|check| (check.id.to_owned(), check.default_action)).collect();
        for (name, action) in written {
            let known = CHECKS.iter().map(|check| check.id);
            let position = self.known("check", name.get_ref(), name.span(), known)?;
            let action = match action {
                ActionWritten::SetMissing => Action::SetMissing,
                ActionWritten::Reject => Action::Reject,
                ActionWritten::Stop => Action::Stop,
                ActionWritten::Report => Action::Report,
            };
            let allowed = CHECKS[position].allowed_actions;
            if !allowed.contains(&action) {
                let allowed: Vec<&str> = allowed.iter().map(|action| action.name()).collect();
                return Err(self
                    .source
                    .mistake(
                        name.span(),
                        format!("the check `{}` cannot lead to {}", name.get_ref(), action.name()),
                    )
                    .help(format!("it allows: {}", allowed.join(", "))));
            }
            actions[position].1 = action;
        }
        Ok(actions)
    }

    /// The nearest layout, and those that show the table's analyses; all of them where it names none.
    fn no_layout(&self, written: &TableWritten) -> Mistake {
        let found = written.layout.get_ref();
        let mut help = Vec::new();
        if let Some((nearest, _)) = layouts()
            .map(|layout| (layout.name, suggestion(found, [layout.name])))
            .filter(|(_, help)| help.as_ref().is_some_and(|help| help.starts_with("did you mean")))
            .min_by_key(|(name, _)| strsim::damerau_levenshtein(found, name))
        {
            help.push(format!("did you mean `{nearest}`?"));
        }
        let mut kinds: Vec<&str> = Vec::new();
        for analysis in &written.from {
            let kind = analysis.get_ref().split_once('.').map_or("", |(kind, _)| kind);
            if layouts().any(|layout| layout.kind.as_str() == kind) && !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let list = |kind: Option<&str>| -> String {
            let shown = layouts().filter(|layout| kind.is_none_or(|kind| layout.kind.as_str() == kind));
            shown.map(|layout| layout.name).collect::<Vec<_>>().join(", ")
        };
        match kinds.as_slice() {
            [] => help.push(format!("layouts: {}", list(None))),
            kinds => help
                .extend(kinds.iter().map(|kind| format!("layouts of {kind} analyses: {}", list(Some(kind))))),
        }
        let span = written.layout.span();
        self.source.mistake(span, format!("there is no layout `{found}`")).help(help.join("; "))
    }

    fn table(
        &self,
        position: usize,
        id: &str,
        written: &TableWritten,
        analyses: &[&str],
    ) -> Result<TableSpec, Mistake> {
        let layout = &written.layout;
        let Some(found) = layouts().find(|known| known.name == *layout.get_ref()) else {
            return Err(self.no_layout(written));
        };
        let shows = found.kind.as_str();
        if written.from.is_empty() {
            let of_kind: Vec<&str> = of_kind(analyses, shows).collect();
            return Err(self
                .source
                .mistake(layout.span(), format!("the table `{id}` is made from no analysis"))
                .help(format!("name one in `from`; {} of this pipeline: {}", shows, of_kind.join(", "))));
        }
        for analysis in &written.from {
            self.known("analysis", analysis.get_ref(), analysis.span(), analyses.iter().copied())?;
            let kind = analysis.get_ref().split_once('.').map_or("", |(kind, _)| kind);
            if kind != shows {
                let others = layouts().filter(|other| other.kind.as_str() == kind);
                let others = others.map(|other| other.name);
                return Err(self
                    .source
                    .mistake(
                        analysis.span(),
                        format!(
                            "the layout `{}` shows {shows} analyses, and `{}` is a {kind} analysis",
                            layout.get_ref(),
                            analysis.get_ref()
                        ),
                    )
                    .help(format!("layouts of {kind} analyses: {}", others.collect::<Vec<_>>().join(", "))));
            }
        }
        Ok(TableSpec {
            id: id.to_owned(),
            number: written.number.clone().unwrap_or_else(|| (position + 1).to_string()),
            title: written.title.clone().unwrap_or_default(),
            note: written.note.clone().unwrap_or_default(),
            layout: found,
            from: written.from.iter().map(|analysis| analysis.get_ref().clone()).collect(),
        })
    }
}

/// The analyses of a kind, which their ids begin with.
pub(super) fn of_kind<'a>(analyses: &'a [&'a str], kind: &'a str) -> impl Iterator<Item = &'a str> {
    analyses.iter().copied().filter(move |id| id.split_once('.').is_some_and(|(of, _)| of == kind))
}
