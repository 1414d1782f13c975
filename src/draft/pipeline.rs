//! A draft as a pipeline file, and the list of what a researcher must fill in.

use std::fmt::Write;
use std::path::Path;

use super::Request;
use super::dictionary::{BETTER, key};
use super::form::{Form, title};
use super::names::About;
use super::source::sources;
use super::waves::{Told, Wave};
use crate::dictionary::exchange::kept::in_language;
use crate::dictionary::exchange::toml::{inline, put};
use crate::dictionary::{ItemType, Language};

/// The text of the pipeline file. `dictionaries` are the names of the forms' files.
pub fn pipeline(
    request: &Request,
    forms: &[Form<'_>],
    dictionaries: &[&str],
    place: &dyn Fn(&Path) -> String,
) -> String {
    let language = request.language;
    let mut out = String::from(
        "# A draft of what is asked of the answers. What the files do not say is a guess and marked as one.\n\
         # `utfall schema pipeline` prints every key.\n\
         format = 1\n",
    );
    put(&mut out, "id", &request.id);
    put(&mut out, "title", &in_language(language, &title(&request.id.replace('-', "_"))));
    out.push_str("# Every page says so; take it away once the guesses have been looked at.\n");
    put(
        &mut out,
        "notice",
        &say(
            language,
            "Foreløpig: kodeboken er laget fra filene og er ikke kontrollert ennå.",
            "Førebels: kodeboka er laga frå filene og er ikkje kontrollert enno.",
            "Preliminary: the data dictionary was drafted from the files and has not been checked yet.",
        ),
    );
    put(&mut out, "languages", &[language]);
    put(&mut out, "dictionaries", &dictionaries);
    let waves = waves(forms);
    let guessed = forms.iter().any(|form| form.waves.guessed && form.waves.waves.len() > 1);
    out.push_str("\n# Points of measurement, months after the first.\n");
    if guessed {
        out.push_str("# guess: the months\n");
    }
    for last in forms.iter().filter_map(|form| form.waves.beyond) {
        let _ = writeln!(
            out,
            "# guess: no wave beyond these, though the last form is of month {last:.0}; add a [[wave]] for every half-year that is wanted"
        );
    }
    for wave in &waves {
        out.push_str("[[wave]]\n");
        put(&mut out, "id", &wave.id);
        put(&mut out, "month", &wave.month);
        if let Some(window) = wave.window {
            put(&mut out, "window", &window);
        }
        put(&mut out, "label", &label(wave, language));
        out.push('\n');
    }
    out.push_str("# Where the filled-in forms are.");
    for form in forms {
        out.push_str(&sources(form, place));
    }
    out.push_str(&exceptions(forms));
    let mut tables = Tables { out: String::new(), number: 0 };
    for form in forms {
        let cohort = if forms.len() == 1 { "everyone" } else { form.id.as_str() };
        questions(&mut out, &mut tables, form, cohort, language);
    }
    out.push_str(&tables.out);
    out.push_str(
        "\n# Counts of 1 to 4 persons, and what gives them away, do not leave the house.\n[disclosure]\npolicy = \"min5\"\n",
    );
    out
}

/// Of those at a later wave, a larger share without a form at the first is no matter of who came later: ids do not link.
const STRANGERS: f64 = 0.9;

/// What these files need so that the checks pass, each with its reason.
fn exceptions(forms: &[Form<'_>]) -> String {
    let mut out = String::new();
    let absent = forms.iter().any(|form| form.absent);
    let unknown = forms.iter().any(|form| form.waves.incomplete);
    if absent || unknown {
        out.push_str("\n[intake]\n");
    }
    if absent {
        out.push_str("# guess: what a file has no column for was not asked in it\n");
        put(&mut out, "column_absent", &"report");
    }
    if unknown {
        out.push_str("# guess: records without one of these waves are no forms\n");
        put(&mut out, "unknown_wave", &"reject");
    }
    // Where nearly nobody is known at the first wave, the check is to stop and say so.
    let shares = forms.iter().map(|form| form.unlinked).filter(|share| *share <= STRANGERS);
    let unlinked = shares.fold(0.0, f64::max);
    if unlinked > 0.045 {
        out.push_str("\n[limits]\n# guess: so many of those at a later wave were not there at the first; see that ids are written alike\n");
        put(&mut out, "unlinked", &((unlinked * 100.0).ceil() / 100.0 + 0.02));
    }
    out
}

/// The waves of all forms, in order of time; of two at the same month the later comes a month later.
fn waves(forms: &[Form<'_>]) -> Vec<Wave> {
    let mut waves: Vec<Wave> = Vec::new();
    for wave in forms.iter().flat_map(|form| &form.waves.waves) {
        if !waves.iter().any(|known| known.id == wave.id) {
            waves.push(wave.clone());
        }
    }
    waves.sort_by(|one, other| one.month.total_cmp(&other.month));
    for place in 1..waves.len() {
        if waves[place].month <= waves[place - 1].month {
            waves[place].month = waves[place - 1].month.trunc() + 1.0;
        }
    }
    waves
}

fn label(wave: &Wave, language: Language) -> crate::dictionary::Text {
    if let Some(label) = &wave.label {
        return in_language(language, label);
    }
    let month = wave.month;
    let one = month == 1.0;
    let words = match (language, &wave.called) {
        (Language::Nb | Language::Nn, _) if month == 0.0 => "Ved start".to_owned(),
        (Language::En, _) if month == 0.0 => "At the start".to_owned(),
        // A guess of months is no name of a wave.
        (_, Some(called)) if called.contains(|letter: char| !letter.is_ascii_digit()) => called.clone(),
        (Language::Nb | Language::Nn, Some(number)) => format!("Måling {number}"),
        (Language::En, Some(number)) => format!("Wave {number}"),
        (Language::Nb, None) if one => "Etter 1 måned".to_owned(),
        (Language::Nn, None) if one => "Etter 1 månad".to_owned(),
        (Language::En, None) if one => "After 1 month".to_owned(),
        (Language::Nb, None) => format!("Etter {month} måneder").replace('.', ","),
        (Language::Nn, None) => format!("Etter {month} månader").replace('.', ","),
        (Language::En, None) => format!("After {month} months"),
    };
    in_language(language, &words)
}

/// The words of the draft's headings.
fn say(language: Language, nb: &str, nn: &str, en: &str) -> crate::dictionary::Text {
    in_language(
        language,
        match language {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        },
    )
}

struct Tables {
    out: String,
    number: usize,
}

impl Tables {
    fn add(&mut self, from: &str, layout: &str) {
        self.number += 1;
        let _ = write!(
            self.out,
            "\n[table.T{}]\nfrom = [{}]\nlayout = {}\n",
            self.number,
            inline(&from),
            inline(&layout)
        );
    }
}

fn questions(out: &mut String, tables: &mut Tables, form: &Form<'_>, cohort: &str, language: Language) {
    let waves = &form.waves.waves;
    let several = waves.len() > 1;
    let Some(first) = waves.first() else { return };
    let one = cohort == "everyone";
    let named = |name: &str| if one { name.to_owned() } else { format!("{cohort}_{name}") };
    out.push_str("\n# Who is asked about: everyone with a form at the first wave.\n");
    let _ = writeln!(out, "[cohort.{}]", key(cohort));
    put(out, "instrument", &form.id);
    put(out, "label", &say(language, "Alle", "Alle", "Everyone"));
    if several {
        tables.add(&format!("followup.{cohort}"), "followup");
    }
    let dated = matches!(form.waves.told, Told::Dates(_));
    let at_start = |coded: bool| -> Vec<String> {
        let items = form.items.iter().zip(&form.facts);
        items
            .filter(|(drafted, facts)| {
                let item = &drafted.item;
                // An age has a mean; the code of a municipality has none.
                let number = matches!(item.kind, ItemType::Integer | ItemType::Decimal)
                    && !matches!(drafted.about, Some(About::Place | About::Id));
                let answered = !several || dated || item.constant || facts.at(0) > 0;
                answered && if coded { item.is_coded() } else { number }
            })
            .map(|(drafted, _)| match drafted.item.constant {
                true => drafted.item.name.clone(),
                false => format!("{}@{}", drafted.item.name, first.id),
            })
            .collect()
    };
    let start = say(language, "Ved start", "Ved start", "At the start");
    for (name, layout, variables) in
        [("answers", "frequency", at_start(true)), ("numbers", "numeric", at_start(false))]
    {
        if variables.is_empty() {
            continue;
        }
        let name = named(name);
        let _ = writeln!(out, "\n[describe.{}]", key(&name));
        put(out, "cohort", &cohort);
        put(out, "label", &start);
        list(out, "variables", &variables);
        tables.add(&format!("describe.{name}"), layout);
    }
    let changing: Vec<String> = form
        .items
        .iter()
        .zip(&form.facts)
        .filter(|(drafted, facts)| {
            let item = &drafted.item;
            let ordered = matches!(
                item.kind,
                ItemType::Binary | ItemType::Ordinal | ItemType::Integer | ItemType::Decimal
            );
            let clock = matches!(&form.waves.told, Told::Days(column) if *column == item.column);
            let twice = dated || facts.at(0) > 0 && facts.answers.iter().skip(1).any(|count| *count > 0);
            ordered && !item.constant && !clock && twice && !drafted.is_about_the_person()
        })
        .map(|(drafted, _)| drafted.item.name.clone())
        .collect();
    if several && !changing.is_empty() {
        let name = named("all");
        let _ = writeln!(
            out,
            "\n# Everything that has an order, each from the first wave to every later one.\n[change.{}]",
            key(&name)
        );
        put(out, "cohort", &cohort);
        put(out, "label", &say(language, "Endring", "Endring", "Change"));
        list(out, "variables", &changing);
        put(out, "from", &first.id);
        put(out, "to", &"*");
        tables.add(&format!("change.{name}"), "change");
    }
}

/// A list of names, a few on a line.
fn list(out: &mut String, name: &str, values: &[String]) {
    let _ = writeln!(out, "{name} = [");
    for line in values.chunks(6) {
        let line: Vec<String> = line.iter().map(inline).collect();
        let _ = writeln!(out, "    {},", line.join(", "));
    }
    out.push_str("]\n");
}

/// What only a researcher knows: file, line, and what to fill in there.
pub fn open(
    forms: &[Form<'_>],
    dictionaries: &[(String, String)],
    pipeline: &str,
) -> Vec<(String, usize, String)> {
    let mut open = Vec::new();
    let line = |text: &str, part: &str| text.lines().position(|line| line.contains(part)).map(|at| at + 1);
    let mut say = |file: &str, at: Option<usize>, what: String| {
        if let Some(at) = at {
            open.push((file.to_owned(), at, what));
        }
    };
    let file = "pipeline.toml";
    if forms.iter().any(|form| form.waves.guessed && form.waves.waves.len() > 1) {
        say(file, line(pipeline, "month = "), "how many months after the first each wave is".to_owned());
    }
    if let Some(last) = forms.iter().find_map(|form| form.waves.beyond) {
        let what = format!(
            "whether forms up to month {last:.0} are to have waves as well; there are too many for a draft"
        );
        say(file, line(pipeline, "# guess: no wave beyond"), what);
    }
    let sign = line(pipeline, " sets off thousands").or_else(|| line(pipeline, "if thousands: "));
    say(file, sign, "which sign sets off decimals, and which thousands".to_owned());
    let repeated = forms.iter().find(|form| form.shape.rows == super::shape::Rows::Repeated);
    for left in forms.iter().flat_map(|form| &form.unnamed) {
        let at = dictionaries.iter().find_map(|(name, text)| Some((name, line(text, left)?)));
        if let Some((name, at)) = at {
            say(name, Some(at), format!("left out: {left}"));
        }
    }
    if forms.iter().any(|form| form.unlinked > 0.045) {
        let what = "whether so many were not there at the first wave, or ids are written in two ways";
        say(file, line(pipeline, "unlinked = "), what.to_owned());
    }
    if forms.iter().any(|form| form.unlinked > STRANGERS) {
        let what = "ids of a later wave are not those of the first: whether this column, and these files, are of the same people";
        say(file, line(pipeline, "respondent = "), what.to_owned());
    }
    let unsure = forms.iter().any(|form| !form.shape.named);
    if let Some(form) = repeated {
        let what = match form.doubles.are_few() {
            true => format!(
                "{}: who stands there twice; keep = \"first\" takes the first row of each, or correct the file",
                form.doubles.told()
            ),
            false => format!(
                "{}, and no column tells why: name the wave's column; keep = \"first\" takes one row of each",
                form.doubles.told()
            ),
        };
        say(file, line(pipeline, "keep = ").or_else(|| line(pipeline, "respondent = ")), what);
    } else if unsure {
        say(file, line(pipeline, "respondent = "), "whether this is the respondent's id".to_owned());
    }
    let wave_unsure = |form: &Form<'_>| matches!(form.waves.told, Told::Column(_)) && !form.shape.wave_named;
    if forms.iter().any(wave_unsure) {
        say(file, line(pipeline, "wave_column = "), "whether this column tells the wave".to_owned());
    }
    if forms.iter().any(|form| matches!(form.waves.told, Told::Names(_))) {
        say(file, line(pipeline, "wide = "), "whether these columns are waves".to_owned());
    }
    let by_file = |form: &Form<'_>| {
        form.files.len() > 1 && form.waves.order_guessed && matches!(form.waves.told, Told::File(_))
    };
    if forms.iter().any(by_file) {
        say(file, line(pipeline, "wave = "), "which wave each file has".to_owned());
    }
    for (name, text) in dictionaries.iter().take(3) {
        let count = text.matches(BETTER).count();
        let lines = if count == 1 { "line" } else { "lines" };
        say(
            name,
            line(text, BETTER),
            format!(
                "whether higher or lower is better: {count} {lines} `{BETTER}`, to be made true by removing the # and correcting the word"
            ),
        );
    }
    for (name, text) in dictionaries.iter().take(1) {
        let guesses = text.matches("# guess:").count();
        let what = if guesses == 1 { "guess" } else { "guesses" };
        say(name, line(text, "# guess:"), format!("{guesses} {what} of what the answers mean"));
    }
    say(
        file,
        line(pipeline, "[change."),
        "what is to be compared: the outcomes that matter, groups in `by`".to_owned(),
    );
    open
}
