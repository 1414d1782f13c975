//! Pipeline as written → plan: waves, sources, checks; cohorts and analyses have files of their own.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;

use super::Vocabulary;
use super::names::Scope;
use super::written::{ActionWritten, PipelineFile, TableWritten, WaveWritten};
use crate::dictionary::{self, Instrument, Language, Text};
use crate::plan::{Action, Cohort, OnFinding, Plan, TableSpec, Wave};
use crate::written::{self, Mistake, suggestion};

/// What is resolved first, and read by everything that comes after.
pub(super) struct Ground<'a> {
    pub source: &'a written::Source,
    pub vocabulary: Vocabulary<'a>,
    pub instruments: Vec<Arc<Instrument>>,
    pub waves: Vec<Wave>,
}

/// Reads and resolves a pipeline: a `pipeline.toml`, or a folder that holds one.
///
/// # Errors
/// A [`Mistake`] with file and line where a file cannot be read, has an unknown key, names what does not exist, or
/// breaks a rule.
pub fn load(path: &Path, vocabulary: Vocabulary<'_>) -> Result<Plan, Mistake> {
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
    let mut ground = Ground { source: &source, vocabulary, instruments: Vec::new(), waves: Vec::new() };
    for written in &file.dictionaries {
        let instrument = dictionary::load(&folder.join(written.get_ref()))?;
        if ground.instruments.iter().any(|known| known.id == instrument.id) {
            return Err(source
                .mistake(
                    written.span(),
                    format!("a second dictionary calls its instrument `{}`", instrument.id),
                )
                .help("each instrument has one dictionary"));
        }
        ground.instruments.push(Arc::new(instrument));
    }
    ground.waves = waves(&source, &file.wave)?;
    let sources = ground.sources(&file.source)?;
    let on_finding =
        OnFinding { actions: ground.actions(&file.intake)?, limits: ground.limits(&file.limits)? };
    let cohorts = ground.cohorts(&file, &sources)?;
    let mut analyses = ground.analyses(&file, &cohorts, &sources)?;
    let known: Vec<&str> = analyses.iter().map(|analysis| analysis.id.as_str()).collect();
    let tables = file
        .table
        .iter()
        .enumerate()
        .map(|(position, (id, written))| ground.table(position, ground.name("table", id)?, written, &known))
        .collect::<Result<Vec<_>, _>>()?;
    let figures = file
        .figure
        .iter()
        .enumerate()
        .map(|(position, (id, written))| {
            ground.figure(position, ground.name("figure", id)?, written, &analyses)
        })
        .collect::<Result<Vec<_>, _>>()?;
    ground.shown(&mut analyses, &tables, &figures);
    let policy = match &file.disclosure.policy {
        None => "min5".to_owned(),
        Some(policy) => {
            ground.known(
                "disclosure policy",
                policy.get_ref(),
                policy.span(),
                vocabulary.policies.iter().copied(),
            )?;
            policy.get_ref().clone()
        }
    };
    let languages = languages(&source, &file.languages)?;
    let (primary, design) = ground.report(&file.report, &analyses)?;
    Ok(Plan {
        title: file.title.unwrap_or_else(|| Text::same(&id)),
        id,
        notice: file.notice.unwrap_or_default(),
        about: file.about,
        published: file.published.map(|path| folder.join(path)),
        folder,
        languages,
        instruments: ground.instruments,
        waves: ground.waves,
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

impl Ground<'_> {
    /// That `found` is one of `known`; otherwise a mistake with the nearest suggested.
    pub fn known<'k>(
        &self,
        what: &str,
        found: &str,
        span: Range<usize>,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Result<(), Mistake> {
        let known: Vec<&str> = known.into_iter().collect();
        match known.contains(&found) {
            true => Ok(()),
            false => {
                Err(self.source.mistake(span, format!("there is no {what} `{found}`")).suggest(found, known))
            }
        }
    }

    /// A name that the author gives. It becomes part of ids, of names of files, and of columns: letters, digits and `_`.
    pub fn name<'n>(&self, what: &str, name: &'n Spanned<String>) -> Result<&'n str, Mistake> {
        let text = name.get_ref();
        match !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
            true => Ok(text),
            false => Err(self
                .source
                .mistake(name.span(), format!("`{text}` cannot be the name of a {what}"))
                .help("letters, digits and `_` only; what readers see goes in `label` or `title`")),
        }
    }

    pub fn instrument(&self, name: &Spanned<String>) -> Result<&Arc<Instrument>, Mistake> {
        let ids = self.instruments.iter().map(|instrument| instrument.id.as_str());
        self.known("instrument", name.get_ref(), name.span(), ids.clone())?;
        let position = ids.into_iter().position(|id| id == name.get_ref());
        // `known` has just found it.
        Ok(&self.instruments[position.unwrap_or_default()])
    }

    pub fn wave(&self, name: &Spanned<String>) -> Result<&Wave, Mistake> {
        self.known("wave", name.get_ref(), name.span(), self.waves.iter().map(|wave| wave.id.as_str()))?;
        let position = self.waves.iter().position(|wave| wave.id == *name.get_ref());
        Ok(&self.waves[position.unwrap_or_default()])
    }

    fn actions(
        &self,
        written: &indexmap::IndexMap<Spanned<String>, ActionWritten>,
    ) -> Result<Vec<(String, Action)>, Mistake> {
        let checks = self.vocabulary.checks;
        let mut actions: Vec<(String, Action)> =
            checks.iter().map(|(id, default, _)| ((*id).to_owned(), *default)).collect();
        for (name, action) in written {
            self.known("check", name.get_ref(), name.span(), checks.iter().map(|(id, _, _)| *id))?;
            let action = match action {
                ActionWritten::SetMissing => Action::SetMissing,
                ActionWritten::Reject => Action::Reject,
                ActionWritten::Stop => Action::Stop,
                ActionWritten::Report => Action::Report,
            };
            let position = checks.iter().position(|(id, _, _)| id == name.get_ref()).unwrap_or_default();
            if !checks[position].2.contains(&action) {
                let allowed: Vec<&str> = checks[position].2.iter().map(|action| action.name()).collect();
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
        let layouts = self.vocabulary.layouts;
        let mut help = Vec::new();
        if let Some((nearest, _)) = layouts
            .iter()
            .map(|(name, _)| (*name, suggestion(found, [*name])))
            .filter(|(_, help)| help.as_ref().is_some_and(|help| help.starts_with("did you mean")))
            .min_by_key(|(name, _)| strsim::damerau_levenshtein(found, name))
        {
            help.push(format!("did you mean `{nearest}`?"));
        }
        let mut kinds: Vec<&str> = Vec::new();
        for analysis in &written.from {
            let kind = analysis.get_ref().split_once('.').map_or("", |(kind, _)| kind);
            if layouts.iter().any(|(_, shown)| *shown == kind) && !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let list = |kind: Option<&str>| -> String {
            let shown = layouts.iter().filter(|(_, shown)| kind.is_none_or(|kind| *shown == kind));
            shown.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        };
        match kinds.as_slice() {
            [] => help.push(format!("layouts: {}", list(None))),
            kinds => help
                .extend(kinds.iter().map(|kind| format!("layouts of {kind} analyses: {}", list(Some(kind))))),
        }
        let span = written.layout.span();
        self.source.mistake(span, format!("there is no layout `{found}`")).help(help.join("; "))
    }

    /// The waves of a cohort in order, and of the pipeline's others why they are not among them.
    pub(super) fn waves_told(&self, cohort: &Cohort, scope: &Scope<'_>) -> String {
        let mut told = format!("waves in order: {}", cohort.waves.join(", "));
        for wave in self.waves.iter().filter(|wave| !cohort.waves.contains(&wave.id)) {
            told += &match scope.observed.iter().any(|known| known.id == wave.id) {
                true => format!("; `{}` is not among the `waves` of [cohort.{}]", wave.id, cohort.id),
                false => format!(
                    "; `{}` has no forms: no [[source]] of `{}` leads to it, so see the `values` of its wave_column, or add a source",
                    wave.id, cohort.instrument
                ),
            };
        }
        told
    }

    fn table(
        &self,
        position: usize,
        id: &str,
        written: &TableWritten,
        analyses: &[&str],
    ) -> Result<TableSpec, Mistake> {
        let layout = &written.layout;
        let layouts = self.vocabulary.layouts;
        if !layouts.iter().any(|(name, _)| name == layout.get_ref()) {
            return Err(self.no_layout(written));
        }
        let shows = layouts.iter().find(|(name, _)| name == layout.get_ref()).map_or("", |(_, kind)| *kind);
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
                let others = layouts.iter().filter(|(_, other)| *other == kind).map(|(name, _)| *name);
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
            layout: written.layout.get_ref().clone(),
            from: written.from.iter().map(|analysis| analysis.get_ref().clone()).collect(),
        })
    }
}

/// The analyses of a kind, which their ids begin with.
pub(super) fn of_kind<'a>(analyses: &'a [&'a str], kind: &'a str) -> impl Iterator<Item = &'a str> {
    analyses.iter().copied().filter(move |id| id.split_once('.').is_some_and(|(of, _)| of == kind))
}
