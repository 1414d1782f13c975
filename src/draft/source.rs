//! A form's files as `[[source]]` of a pipeline.

use std::fmt::Write;
use std::path::Path;
use std::time::SystemTime;

use super::cell::{DATES, MARKS, PLAIN_MARKS};
use super::dictionary::key;
use super::form::Form;
use super::look::Looked;
use super::persons::corrects;
use super::profile::Profile;
use super::services::template;
use super::shape::Rows;
use super::waves::{Told, Waves};
use crate::dictionary::exchange::toml::{inline, put};
use crate::plan::{EXCEL_DAYS, has_short_year};
use crate::read::Encoding;

/// How a file is to be read, as a source says it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Format {
    pub delimiter: Option<char>,
    pub comma: bool,
    /// The sign of thousands, where another sets off decimals.
    pub thousands: Option<char>,
    /// The sign of numbers that all have three digits after it: of decimals or of thousands.
    pub three_digits: Option<char>,
    pub encoding: Option<&'static str>,
    pub dates: Vec<&'static str>,
    pub marks: Vec<&'static str>,
    pub skip: u64,
    /// Where the table stands, as it was said.
    pub sheet: Option<String>,
    pub heading: Option<u32>,
    pub heading_rows: Option<u32>,
    /// Whether days could be read as months as well.
    pub month_first: bool,
    /// Whether the file is read alike whatever its encoding, and whatever its decimal sign.
    ascii: bool,
    unsigned: bool,
}

impl Format {
    /// What a file needs to be told.
    pub fn of(looked: &Looked) -> Format {
        let delimiter = (looked.text && looked.options.delimiter != ',').then_some(looked.options.delimiter);
        let encoding = match looked.options.encoding {
            Some(Encoding::Windows1252) => Some("windows-1252"),
            Some(Encoding::Latin1) => Some("latin-1"),
            Some(Encoding::Utf8) | None => None,
        };
        let numbers =
            || looked.profiles.iter().filter(|profile| profile.texts == 0 && profile.written_days == 0);
        let comma: u64 = numbers().map(|profile| profile.comma.n).sum();
        let point: u64 = numbers().map(|profile| profile.point.n).sum();
        let grouped = |at: usize| -> u64 { numbers().map(|profile: &Profile| profile.grouped[at]).sum() };
        let beside_hundreds = |at: usize| {
            numbers().any(|profile| {
                let signed = if at == 0 { profile.point.n } else { profile.comma.n };
                signed > 0
                    && profile.grouped[at] == signed
                    && profile.whole.n > 0
                    && profile.whole.greatest < 1000.0
            })
        };
        let (plain_point, plain_comma) = (point - grouped(0), comma - grouped(1));
        let by_comma = if plain_comma == plain_point { comma > point } else { plain_comma > plain_point };
        let (thousands, three_digits) = match (plain_point, plain_comma) {
            (0, 0) if point + comma == 0 => (None, None),
            // 950 beside 1.250: had it decimals, so would 950.
            (0, 0) if beside_hundreds(if by_comma { 1 } else { 0 }) => {
                (Some(if by_comma { ',' } else { '.' }), None)
            }
            (0, 0) => (None, Some(if by_comma { ',' } else { '.' })),
            (0, _) => (Some('.').filter(|_| point > 0), None),
            (_, 0) => (Some(',').filter(|_| comma > 0), None),
            _ => (None, None),
        };
        let (dates, month_first) = dates(looked);
        let marks = (0..MARKS.len()).filter(|mark| {
            looked.profiles.iter().any(|profile| {
                let plain = PLAIN_MARKS.contains(&MARKS[*mark]);
                profile.marks[*mark] > 0 && (plain || profile.texts == 0 && profile.answers() > 0)
            })
        });
        Format {
            delimiter,
            comma: if plain_point + plain_comma == 0 && thousands.is_some() { !by_comma } else { by_comma },
            thousands,
            three_digits,
            ascii: looked.profiles.iter().all(|profile| !profile.beyond_ascii)
                && looked.columns.iter().all(|column| column.name.is_ascii()),
            unsigned: comma + point == 0,
            encoding,
            dates,
            marks: marks.map(|mark| MARKS[mark]).collect(),
            skip: looked.options.skip,
            sheet: looked.options.sheet.clone().filter(|_| !looked.text),
            heading: looked.options.heading,
            heading_rows: Some(looked.options.heading_rows).filter(|rows| *rows > 1),
            month_first,
        }
    }

    /// How all files of a form are read, where what one of them needs does not disturb the others: a file without a letter
    /// beyond ASCII may be read in any encoding, a mark that does not occur in any case.
    fn shared(all: &[Format]) -> Vec<Format> {
        let encoding = all.iter().find_map(|format| format.encoding);
        let comma = all.iter().any(|format| format.comma);
        let thousands = all.iter().find_map(|format| format.thousands);
        let together = |list: fn(&Format) -> &Vec<&'static str>| {
            let mut found: Vec<&'static str> = Vec::new();
            for item in all.iter().flat_map(list) {
                if !found.contains(item) {
                    found.push(item);
                }
            }
            found
        };
        let (dates, marks) = (together(|format| &format.dates), together(|format| &format.marks));
        let month_first = all.iter().any(|format| format.month_first);
        let one = |format: &Format| {
            let mut shared = Format {
                encoding: if format.ascii { encoding } else { format.encoding },
                comma: if format.unsigned { comma } else { format.comma },
                thousands: if format.unsigned { thousands } else { format.thousands },
                dates: dates.clone(),
                marks: marks.clone(),
                month_first,
                ascii: true,
                unsigned: true,
                ..format.clone()
            };
            // What one file tells of a sign holds for those that do not tell.
            if let Some(sign) = thousands.filter(|_| format.three_digits == thousands) {
                (shared.three_digits, shared.thousands, shared.comma) = (None, Some(sign), sign == '.');
            }
            shared
        };
        all.iter().map(one).collect()
    }

    /// Of dates with years of two digits, the first of the hundred years up to this one; the draft keeps it.
    fn years_from(&self) -> Option<u64> {
        let short = self.dates.iter().any(|pattern| has_short_year(pattern));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        // A year has 365.2425 days.
        short.then_some(1970 + now.as_secs() / 31_556_952 - 99)
    }

    fn inline(&self) -> Option<String> {
        let mut parts = Vec::new();
        let mut say = |name: &str, value: String| parts.push(format!("{name} = {value}"));
        if let Some(delimiter) = self.delimiter {
            say("delimiter", inline(&delimiter.to_string()));
        }
        if self.comma {
            say("decimal", inline(&","));
        } else if self.three_digits.is_some() {
            say("decimal", inline(&"."));
        }
        if let Some(thousands) = self.thousands {
            say("thousands", inline(&thousands.to_string()));
        }
        if let Some(encoding) = self.encoding {
            say("encoding", inline(&encoding));
        }
        match self.dates.as_slice() {
            [] | ["%Y-%m-%d"] => {}
            [one] => say("date", inline(one)),
            several => say("date", inline(&several)),
        }
        if let Some(from) = self.years_from() {
            say("years_from", from.to_string());
        }
        if !self.marks.is_empty() {
            say("missing", inline(&self.marks));
        }
        if let Some(sheet) = &self.sheet {
            say("sheet", inline(sheet));
        }
        if let Some(heading) = self.heading {
            say("heading", heading.to_string());
        }
        if let Some(rows) = self.heading_rows {
            say("heading_rows", rows.to_string());
        }
        if self.skip > 0 {
            say("skip", self.skip.to_string());
        }
        (!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", ")))
    }
}

/// The patterns by which the file's dates are written: of each column the first that all follow, or the fewest that do.
fn dates(looked: &Looked) -> (Vec<&'static str>, bool) {
    let mut found: Vec<usize> = Vec::new();
    let mut month_first = false;
    for profile in looked
        .profiles
        .iter()
        .filter(|profile| profile.written_days > 0 && 20 * profile.texts <= profile.written_days)
    {
        let all: Vec<usize> =
            (0..DATES.len()).filter(|place| profile.patterns[*place] == profile.written_days).collect();
        month_first |= all.len() > 1 && all.iter().any(|place| DATES[*place].starts_with("%m"));
        let needed: Vec<usize> = match all.first() {
            Some(first) => vec![*first],
            None => (0..DATES.len()).filter(|place| profile.patterns[*place] > 0).collect(),
        };
        found.extend(needed);
    }
    found.sort_unstable();
    found.dedup();
    let mut found: Vec<&'static str> = found.into_iter().map(|place| DATES[place]).collect();
    let columns = looked.columns.iter().zip(&looked.profiles);
    if columns.into_iter().any(|(column, profile)| profile.excel_days(&column.name)) {
        found.push(EXCEL_DAYS);
    }
    (found, month_first)
}

/// The files of each wave; of none where the rows or the columns tell it.
pub fn by_wave<'l>(files: &[&'l Looked], waves: &Waves) -> Vec<(Option<usize>, Vec<&'l Looked>)> {
    match &waves.told {
        Told::File(places) => {
            let group = |wave| {
                let files = files.iter().zip(places).filter(|(_, place)| **place == wave);
                files.map(|(looked, _)| *looked).collect()
            };
            (0..waves.waves.len()).map(|wave| (Some(wave), group(wave))).collect()
        }
        Told::Nothing => vec![(Some(0), files.to_vec())],
        _ => vec![(None, files.to_vec())],
    }
}

/// The sources of a form.
pub fn sources(form: &Form<'_>, place: &dyn Fn(&Path) -> String) -> String {
    let mut out = String::new();
    let own: Vec<Format> = form.files.iter().map(|looked| Format::of(looked)).collect();
    let formats = Format::shared(&own);
    for (wave, group) in by_wave(&form.files, &form.waves) {
        // Files that are read alike stand together.
        let mut alike: Vec<((Format, bool), Vec<&Looked>)> = Vec::new();
        let (corrections, mut group): (Vec<&Looked>, Vec<&Looked>) =
            group.into_iter().partition(|looked| corrects(looked));
        group.extend(corrections);
        for looked in group {
            let place = form.files.iter().position(|file| std::ptr::eq(*file, looked));
            let format = place.map(|place| formats[place].clone()).unwrap_or_default();
            let kind = (format, corrects(looked));
            match alike.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, files)) => files.push(looked),
                None => alike.push((kind, vec![looked])),
            }
        }
        for ((format, _), files) in alike {
            source(&mut out, form, wave, &format, &files, place);
        }
    }
    out
}

fn source(
    out: &mut String,
    form: &Form<'_>,
    wave: Option<usize>,
    format: &Format,
    files: &[&Looked],
    place: &dyn Fn(&Path) -> String,
) {
    out.push_str("\n[[source]]\n");
    put(out, "instrument", &form.id);
    let captured = form.service.as_ref().and_then(|_| template(files));
    match (captured, files) {
        (Some((path, _)), _) => put(out, "file", &place(&path)),
        (None, [one]) => put(out, "file", &place(&one.path)),
        (None, several) => {
            let paths: Vec<String> = several.iter().map(|looked| place(&looked.path)).collect();
            put(out, "file", &paths);
        }
    }
    if format.month_first {
        out.push_str("# guess: the day of a date stands before its month\n");
    }
    if let Some(from) = format.years_from() {
        let _ = writeln!(out, "# guess: years of two digits are {from} to {}", from + 99);
    }
    if let Some(sign) = format.thousands {
        let _ = writeln!(out, "# guess: {:?} before three digits sets off thousands", sign.to_string());
    }
    if let Some(sign) = format.three_digits {
        let other = if sign == ',' { "." } else { "," };
        let _ = writeln!(
            out,
            "# guess: {:?} sets off decimals, though every number has three; if thousands: thousands = {:?}, decimal = {other:?}",
            sign.to_string(),
            sign.to_string()
        );
    }
    if let Some(format) = format.inline() {
        let _ = writeln!(out, "format = {format}");
    }
    if !form.shape.named {
        out.push_str("# guess: no column is called an id; this one tells the records apart\n");
    }
    match form.ignore.as_slice() {
        [] => put(out, "respondent", &form.shape.respondent),
        ignore => {
            let names: Vec<&str> = ignore.iter().map(|ignore| ignore.name()).collect();
            let column = inline(&form.shape.respondent);
            out.push_str("# guess: ids of later waves are those of the first, written in another way\n");
            let _ = writeln!(out, "respondent = {{ column = {column}, ignore = {} }}", inline(&names));
        }
    }
    if files.iter().all(|looked| corrects(looked)) && form.files.len() > files.len() {
        out.push_str("# guess: the file's name says that its rows replace earlier ones\n");
        put(out, "updates", &true);
    } else if form.repeated || matches!(form.shape.rows, Rows::Repeated | Rows::Dates(_)) {
        match form.doubles.are_few() {
            true => {
                let _ = writeln!(
                    out,
                    "# guess: {}: persons who stand there twice, of whom the first row counts; or correct the file, or keep = \"last\"",
                    form.doubles.told()
                );
            }
            false => {
                out.push_str("# guess: of several forms of one respondent at one wave the first counts\n")
            }
        }
        put(out, "keep", &"first");
    }
    let ids = |values: Vec<(String, String)>| {
        let values: Vec<String> =
            values.into_iter().map(|(name, value)| format!("{} = {}", key(&name), inline(&value))).collect();
        format!("{{ {} }}", values.join(", "))
    };
    match (&form.waves.told, wave) {
        (Told::Column(column), _) => {
            if !form.shape.wave_named {
                out.push_str("# guess: this column tells a respondent's records apart\n");
            }
            let values =
                form.waves.waves.iter().map(|wave| (wave.written.clone(), wave.id.clone())).collect();
            let _ =
                writeln!(out, "wave_column = {{ column = {}, values = {} }}", inline(column), ids(values));
        }
        (Told::Days(column), _) => {
            out.push_str("# guess: days since the respondent's start; the windows of the waves decide, and a form outside all of them is left out and told\n");
            let _ = writeln!(out, "wave_by = {{ days = {} }}", inline(column));
        }
        (Told::Dates(column), _) => {
            out.push_str("# guess: the date of the form; the windows of the waves decide, and a form outside all of them is left out and told\n");
            let _ = writeln!(out, "wave_by = {{ date = {} }}", inline(column));
        }
        (Told::Names(wide), _) => {
            out.push_str("# guess: the columns' names tell the wave\n");
            let values =
                form.waves.waves.iter().map(|wave| (wave.id.clone(), wave.written.clone())).collect();
            let _ =
                writeln!(out, "wide = {{ pattern = {}, waves = {} }}", inline(&wide.pattern), ids(values));
        }
        (Told::File(_) | Told::Nothing, wave) => {
            let wave = form.waves.waves.get(wave.unwrap_or(0)).map_or("", |wave| wave.id.as_str());
            if form.waves.order_guessed {
                out.push_str("# guess: the files are in the order of the waves\n");
            }
            put(out, "wave", &wave);
        }
    }
}
