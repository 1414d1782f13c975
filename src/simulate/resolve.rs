//! Simulation as written → populations: the pipeline's sources and the columns, with every name looked up.

use std::path::Path;
use std::sync::Arc;

use toml::Spanned;

use super::BLOCK;
use super::column::{Meaning, Origin};
use super::population::{Output, Population};
use super::steps;
use super::written::{PipelineView, PopulationWritten, SimulationFile, SourceView};
use crate::dictionary::{self, Instrument};
use crate::plan::{Encoding, Format, Source, WaveOf};
use crate::written::{self, Mistake};

/// A simulation, resolved.
#[derive(Debug)]
pub struct Description {
    pub seed: u64,
    pub populations: Vec<Population>,
}

/// Reads and resolves a description: a `simulation.toml`, or a folder that holds one.
///
/// # Errors
/// A [`Mistake`] with file and line where a file cannot be read, has an unknown key, names what does not exist, or
/// breaks a rule.
pub fn load(path: &Path, size: Option<u64>) -> Result<Description, Mistake> {
    let path = if path.is_dir() { path.join("simulation.toml") } else { path.to_owned() };
    let source = Arc::new(written::Source::read(&path)?);
    let file: SimulationFile = source.parse()?;
    if *file.format.get_ref() != 1 {
        return Err(source
            .mistake(file.format.span(), "this version of utfall reads simulations of format 1")
            .help("write `format = 1`"));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let pipeline = written::Source::read(&folder.join(file.pipeline.as_deref().unwrap_or("pipeline.toml")))?;
    let view: PipelineView = pipeline.parse()?;
    let pipeline_folder = pipeline.path.parent().unwrap_or(Path::new("")).to_owned();
    let instruments = view
        .dictionaries
        .iter()
        .map(|path| dictionary::load(&pipeline_folder.join(path)))
        .collect::<Result<Vec<Instrument>, Mistake>>()?;

    let ids: Vec<&str> = file.population.iter().map(|population| population.id.get_ref().as_str()).collect();
    known(&source, "population", &file.sized, ids.iter().copied())?;
    let mut populations: Vec<Population> = Vec::with_capacity(file.population.len());
    for written in &file.population {
        let id = written.id.get_ref();
        if populations.iter().any(|known| known.id == *id) {
            return Err(source.mistake(written.id.span(), format!("the population `{id}` stands twice")));
        }
        let names = instruments.iter().map(|instrument| instrument.id.as_str());
        known(&source, "instrument", &written.instrument, names)?;
        let Some(instrument) = instruments.iter().find(|known| known.id == *written.instrument.get_ref())
        else {
            unreachable!("`known` has just found the instrument");
        };
        let sources = view
            .source
            .iter()
            .filter(|view| view.instrument == instrument.id)
            .map(|view| resolve_source(&pipeline, view))
            .collect::<Result<Vec<Source>, Mistake>>()?;
        if sources.is_empty() {
            return Err(source
                .mistake(
                    written.instrument.span(),
                    format!("the pipeline has no source of `{}`", instrument.id),
                )
                .help("a population fills the files that the pipeline's sources name"));
        }
        let mut population = Population {
            id: id.clone(),
            size: match size {
                Some(size) if id == file.sized.get_ref() => size,
                _ => *written.size.get_ref(),
            },
            as_published: size.is_none() || id != file.sized.get_ref(),
            prefix: written.prefix.clone(),
            sources,
            columns: Vec::new(),
            steps: Vec::new(),
            rows: Vec::new(),
            attaches: None,
            attached: false,
            items: outputs(&source, instrument, written)?,
            source: source.clone(),
        };
        encodable(&pipeline, &population)?;
        columns(&mut population, instrument, written, &mut populations)?;
        steps::resolve(&mut population, instrument, written)?;
        populations.push(population);
    }
    for (population, written) in populations.iter().zip(&file.population) {
        if population.attached && population.size > BLOCK {
            return Err(source
                .mistake(written.size.span(), "this population is attached by another and too large for that")
                .help(format!("at most {BLOCK}: it is kept in memory")));
        }
    }
    Ok(Description { seed: file.seed, populations })
}

/// That `found` is one of `known`; otherwise a mistake with the nearest suggested.
pub fn known<'k>(
    source: &written::Source,
    what: &str,
    found: &Spanned<String>,
    known: impl IntoIterator<Item = &'k str>,
) -> Result<(), Mistake> {
    let known: Vec<&str> = known.into_iter().collect();
    let name = found.get_ref();
    match known.contains(&name.as_str()) {
        true => Ok(()),
        false => {
            Err(source.mistake(found.span(), format!("there is no {what} `{name}`")).suggest(name, known))
        }
    }
}

fn resolve_source(pipeline: &written::Source, view: &SourceView) -> Result<Source, Mistake> {
    // Where a path stands in an environment variable, what is made goes beside the pipeline, for the variable to name.
    let file = match view.file.get_ref() {
        file if file.starts_with('$') => format!("simulated-{}.csv", view.instrument),
        file => file.clone(),
    };
    let inside = Path::new(&file).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside {
        return Err(pipeline
            .mistake(view.file.span(), "the file of this source cannot be simulated")
            .help("a simulated file must be inside the folder of the pipeline, such as \"data/w1.csv\""));
    }
    let wave = match (&view.wave, &view.wave_column) {
        (Some(wave), _) => WaveOf::File(wave.clone()),
        (None, Some(column)) => WaveOf::Column {
            column: column.column.clone(),
            values: column.values.iter().map(|(text, wave)| (text.clone(), wave.clone())).collect(),
        },
        (None, None) => {
            return Err(pipeline
                .mistake(view.file.span(), "this source has no wave")
                .help("add `wave` or `wave_column`"));
        }
    };
    let encoding = match view.format.encoding.as_deref() {
        None | Some("utf-8") => Encoding::Utf8,
        Some("windows-1252") => Encoding::Windows1252,
        Some("latin-1") => Encoding::Latin1,
        Some(other) => {
            return Err(pipeline
                .mistake(view.file.span(), format!("this source's encoding `{other}` is not known"))
                .suggest(other, ["utf-8", "windows-1252", "latin-1"]));
        }
    };
    let delimiter = view.format.delimiter.unwrap_or(',');
    if !delimiter.is_ascii() {
        return Err(pipeline
            .mistake(view.file.span(), "this source's delimiter is not an ASCII letter or sign")
            .help("`;`, `,` and a tab are usual"));
    }
    let mut source = Source::new(&view.instrument, &view.instrument, wave, &file, &view.respondent);
    source.format = Format {
        delimiter,
        decimal: view.format.decimal.unwrap_or('.'),
        encoding: Some(encoding),
        ..Format::default()
    };
    Ok(source)
}

fn outputs(
    source: &written::Source,
    instrument: &Instrument,
    written: &PopulationWritten,
) -> Result<Vec<Output>, Mistake> {
    for name in &written.spelled {
        known(source, "item", name, instrument.items.iter().map(|item| item.name.as_str()))?;
    }
    if let Some(part) = instrument.items.iter().find_map(|item| item.part_of.as_ref()) {
        return Err(source
            .mistake(
                written.instrument.span(),
                format!("several answers stand in one column of `{}`: `{}`", instrument.id, part.of),
            )
            .help("several answers in one column cannot be made up: write one [[item]] for each answer and list them in a [[set]]"));
    }
    let spelled = |name: &str| written.spelled.iter().any(|spelled| spelled.get_ref() == name);
    Ok(instrument
        .items
        .iter()
        .map(|item| Output { item: item.clone(), spelled: spelled(&item.name) })
        .collect())
}

/// That headings and codes in words exist in the encodings of the files.
fn encodable(pipeline: &written::Source, population: &Population) -> Result<(), Mistake> {
    let codes = population.items.iter().filter(|output| output.spelled).flat_map(|output| {
        let answers = output.item.codes.iter().map(|code| &code.written);
        answers
            .chain(output.item.missing.iter().map(|code| &code.written))
            .filter_map(|written| written.first())
    });
    let words: Vec<&String> =
        population.items.iter().map(|output| &output.item.column).chain(codes).collect();
    for source in &population.sources {
        let fits = |text: &str| match source.format.encoding.unwrap_or(Encoding::Utf8) {
            Encoding::Utf8 => true,
            Encoding::Windows1252 => !encoding_rs::WINDOWS_1252.encode(text).2,
            Encoding::Latin1 => text.chars().all(|letter| u8::try_from(letter).is_ok()),
        };
        if let Some(word) = words.iter().find(|word| !fits(word)) {
            return Err(Mistake::of_file(
                &pipeline.path,
                format!("`{word}` cannot be written in the encoding of {}", source.file()),
            )
            .help("encoding = \"utf-8\" has every letter"));
        }
    }
    Ok(())
}

/// The population's columns: items at their waves, hidden variables, traits, attached variables.
fn columns(
    population: &mut Population,
    instrument: &Instrument,
    written: &PopulationWritten,
    earlier: &mut [Population],
) -> Result<(), Mistake> {
    let source = population.source.clone();
    let mut waves: Vec<String> = Vec::new();
    for of in &population.sources {
        let of = match &of.wave {
            WaveOf::File(wave) => vec![wave.clone()],
            WaveOf::Column { values, .. } => values.iter().map(|(_, wave)| wave.clone()).collect(),
            // No such source is made here.
            WaveOf::Start { .. } => Vec::new(),
        };
        of.into_iter().for_each(|wave| {
            if !waves.contains(&wave) {
                waves.push(wave)
            }
        });
    }
    let mut columns: Vec<Meaning> = Vec::new();
    for item in &instrument.items {
        let at: Vec<Option<String>> =
            if item.constant { vec![None] } else { waves.iter().cloned().map(Some).collect() };
        columns.extend(at.into_iter().map(|wave| Meaning {
            name: item.name.clone(),
            wave,
            places: 0,
            origin: Origin::Drawn,
        }));
    }
    let more = written.hidden.iter().map(|name| (name, Origin::Drawn));
    for (name, origin) in more.chain(written.traits.iter().map(|name| (name, Origin::Trait))) {
        free(&source, &columns, name)?;
        columns.push(Meaning { name: name.get_ref().clone(), wave: None, places: 0, origin });
    }
    if let Some(attach) = &written.attach {
        known(
            &source,
            "earlier population",
            &attach.population,
            earlier.iter().map(|known| known.id.as_str()),
        )?;
        let Some(other) = earlier.iter_mut().find(|known| known.id == *attach.population.get_ref()) else {
            unreachable!("`known` has just found the population");
        };
        other.attached = true;
        population.attaches = Some(other.id.clone());
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        known(&source, "variable", &attach.by, names)?;
        let Some(by) = columns.iter().position(|column| column.name == *attach.by.get_ref()) else {
            unreachable!("`known` has just found the variable");
        };
        for name in &attach.variables {
            free(&source, &columns, name)?;
            known(&source, "variable of it", name, other.columns.iter().map(|column| column.name.as_str()))?;
            let Some(column) = other.columns.iter().position(|column| column.name == *name.get_ref()) else {
                unreachable!("`known` has just found the variable");
            };
            let mut meaning = other.columns[column].clone();
            meaning.wave = None;
            meaning.origin = Origin::Attached { by, column, normal: other.columns[column].is_normal() };
            columns.push(meaning);
        }
    }
    population.columns = columns;
    Ok(())
}

fn free(source: &written::Source, columns: &[Meaning], name: &Spanned<String>) -> Result<(), Mistake> {
    match columns.iter().any(|column| column.name == *name.get_ref()) {
        false => Ok(()),
        true => Err(source
            .mistake(name.span(), format!("`{}` is already the name of something here", name.get_ref()))
            .help("items, hidden variables, traits and attached variables share their names")),
    }
}
