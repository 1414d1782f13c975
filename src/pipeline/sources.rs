//! `[[source]]` as written → sources: which files, which wave, whose rows.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;

use super::written::{
    DecimalWritten, EncodingWritten, FilesWritten, FormatWritten, IgnoreWritten, KeepWritten, LimitsWritten,
    OrderWritten, PatternsWritten, RespondentWritten, SourceWritten, UpdatesWritten, WaveByWritten,
    WideWritten,
};
use crate::cohort;
use crate::dictionary::{Asked, Instrument};
use crate::names::Names;
use crate::plan::{
    Clock, Column, Encoding, Format, Ignore, Keep, Limits, Origin, Respondent, Source, Sql, WaveOf, Wide,
    has_short_year,
};
use crate::written::Mistake;

impl Names<'_> {
    /// All sources: those with a column an item and wave give one a wave.
    pub fn sources(&self, written: &[SourceWritten]) -> Result<Vec<Source>, Mistake> {
        let mut sources: Vec<Source> = Vec::with_capacity(written.len());
        for source in written {
            for mut resolved in self.source(source)? {
                if resolved.updates && sources.iter().all(|known| known.instrument != resolved.instrument) {
                    return Err(self
                        .source
                        .mistake(
                            source.instrument.span(),
                            format!("`{}` corrects nothing: it is the first source of its form", resolved.id),
                        )
                        .help("sources with updates = true come after those whose rows they replace"));
                }
                // Several sources of one form and wave are files that are written differently, or corrections.
                if sources.iter().any(|known| known.id == resolved.id) {
                    if sources
                        .iter()
                        .any(|known| known.instrument == resolved.instrument && known.files == resolved.files)
                    {
                        let span = source.wave.as_ref().unwrap_or(&source.instrument).span();
                        return Err(self
                            .source
                            .mistake(span, format!("`{}` is read twice from the same file", resolved.id))
                            .help("one source for each file of a form"));
                    }
                    resolved.id = format!("{}, {}", resolved.id, resolved.file());
                }
                if let Some(found) = sources.iter().find_map(|known| unlike_clocks(known, &resolved)) {
                    return Err(self.source.mistake(source.instrument.span(), found).help(
                        "the day of the first form is the start that others are counted from: give every source of the form wave_by = { date = … }, or count days from the start in the file, wave_by = { days = … }",
                    ));
                }
                let instrument = self.instrument(&source.instrument)?;
                for known in sources.iter_mut() {
                    if !share_a_file(known, &resolved) {
                        continue;
                    }
                    let same =
                        instrument.items.iter().filter(|item| known.column(item) == resolved.column(item));
                    let same: Vec<String> = same.map(|item| item.name.clone()).collect();
                    let always = instrument.items.iter().all(|item| item.asked == Asked::Every);
                    if always && same.len() == instrument.items.len() {
                        let found = format!(
                            "`{}` and `{}` read the same columns of the same file, so that nothing would ever change",
                            known.id, resolved.id
                        );
                        return Err(self.source.mistake(source.file.span(), found).help(
                            "where each wave has columns of its own, wide = { pattern = \"{item}_{wave}\" } or columns = { … } in each source; where each has rows, wave_column or wave_by",
                        ));
                    }
                    known.carried.extend(same.iter().cloned());
                    resolved.carried.extend(same);
                }
                sources.push(resolved);
            }
        }
        Ok(sources)
    }

    fn source(&self, written: &SourceWritten) -> Result<Vec<Source>, Mistake> {
        let instrument = self.instrument(&written.instrument)?;
        let plain = |id: String, wave: WaveOf, wide: Option<Wide>| -> Result<Source, Mistake> {
            Ok(Source {
                id,
                instrument: instrument.id.clone(),
                wave,
                files: self.files(&written.file, instrument)?,
                get: written.get.clone().unwrap_or_default(),
                format: self.format(&written.format, written.file.span())?,
                respondent: respondent(&written.respondent),
                columns: self.renamed(&written.columns, instrument)?,
                carried: Vec::new(),
                wide,
                updates: !matches!(written.updates, UpdatesWritten::Rows(false)),
                empties: matches!(written.updates, UpdatesWritten::With(_)),
                keep: written.keep.as_ref().map(keep),
                form: written.form.as_ref().map(|form| self.form(form, instrument)).transpose()?,
            })
        };
        match (&written.wave, &written.wave_column, &written.wave_by, &written.wide) {
            (Some(wave), None, None, None) => {
                let wave = self.wave(wave)?;
                Ok(vec![plain(format!("{}@{}", instrument.id, wave.id), WaveOf::File(wave.id.clone()), None)?])
            }
            (None, Some(column), None, None) => {
                let mut values = Vec::with_capacity(column.values.len());
                for (value, wave) in &column.values {
                    values.push((value.clone(), self.wave(wave)?.id.clone()));
                }
                let wave = WaveOf::Column { column: column.column.clone(), values };
                Ok(vec![plain(instrument.id.clone(), wave, None)?])
            }
            (None, None, Some(by), None) => Ok(vec![plain(instrument.id.clone(), self.wave_by(by)?, None)?]),
            (None, None, None, Some(wide)) => self
                .wide(wide)?
                .into_iter()
                .map(|(wave, wide)| plain(format!("{}@{wave}", instrument.id), WaveOf::File(wave), Some(wide)))
                .collect(),
            _ => Err(self
                .source
                .mistake(written.instrument.span(), "a source needs exactly one of `wave`, `wave_column`, `wave_by` and `wide`")
                .help(
                    "wave = \"w1\" where the file holds one wave; wave_column = { column = \"TIME\", values = { 0 = \"w0\" } } where a column tells it; wave_by = { date = \"dato\" } where the day of the form does; wide = { pattern = \"{item}_{wave}\" } where each wave has columns of its own",
                )),
        }
    }

    /// The file names as written, once it is sure that what stands in braces is an item.
    fn files(
        &self,
        written: &Spanned<FilesWritten>,
        instrument: &Instrument,
    ) -> Result<Vec<String>, Mistake> {
        let files = match written.get_ref() {
            FilesWritten::One(file) => vec![file.clone()],
            FilesWritten::Several(files) => files.clone(),
        };
        if files.is_empty() {
            return Err(self
                .source
                .mistake(written.span(), "the source names no file")
                .help("write file = \"data/w1.csv\""));
        }
        if files.iter().any(|file| file.chars().any(char::is_control)) {
            return Err(self
                .source
                .mistake(written.span(), "the path has a tab, a line break or the like, which TOML reads from \\t, \\n, …")
                .help("write a path with / or between single quotes: file = \"data/x.csv\", file = 'C:\\temp\\new.csv'"));
        }
        for file in &files {
            for name in file.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                self.known(
                    "item",
                    name,
                    written.span(),
                    instrument.items.iter().map(|item| item.name.as_str()),
                )?;
            }
        }
        Ok(files)
    }

    fn wave_by(&self, written: &Spanned<WaveByWritten>) -> Result<WaveOf, Mistake> {
        match written.get_ref() {
            WaveByWritten { date: Some(column), days: None } => {
                Ok(WaveOf::Start { column: column.clone(), clock: Clock::Date })
            }
            WaveByWritten { date: None, days: Some(column) } => {
                Ok(WaveOf::Start { column: column.clone(), clock: Clock::Days })
            }
            _ => Err(self
                .source
                .mistake(written.span(), "`wave_by` has either `date` or `days`")
                .help("wave_by = { date = \"dato\" } for the day of the form, wave_by = { days = \"day\" } for days since the first form")),
        }
    }

    fn wide(&self, written: &Spanned<WideWritten>) -> Result<Vec<(String, Wide)>, Mistake> {
        let wide = written.get_ref();
        if !wide.pattern.contains("{item}") || !wide.pattern.contains("{wave}") {
            return Err(self
                .source
                .mistake(written.span(), "the pattern of columns must hold {item} and {wave}")
                .help("pattern = \"{item}_t{wave}\" reads cesd_t0, cesd_t6; a column of another name stands under `columns`"));
        }
        let waves: Vec<(String, String)> = match wide.waves.is_empty() {
            true => self.waves.iter().map(|wave| (wave.id.clone(), wave.id.clone())).collect(),
            false => {
                let named = wide.waves.iter();
                named
                    .map(|(wave, text)| Ok((self.wave(wave)?.id.clone(), text.clone())))
                    .collect::<Result<_, Mistake>>()?
            }
        };
        Ok(waves
            .iter()
            .map(|(wave, text)| {
                let others = waves.iter().filter(|(other, _)| other != wave).map(|(_, text)| text.clone());
                let wide =
                    Wide { pattern: wide.pattern.clone(), written: text.clone(), others: others.collect() };
                (wave.clone(), wide)
            })
            .collect())
    }

    fn renamed(
        &self,
        written: &IndexMap<Spanned<String>, String>,
        instrument: &Instrument,
    ) -> Result<Vec<(String, String)>, Mistake> {
        let items = || instrument.items.iter().map(|item| item.name.as_str());
        written
            .iter()
            .map(|(item, column)| {
                self.known("item", item.get_ref(), item.span(), items())?;
                Ok((item.get_ref().clone(), column.clone()))
            })
            .collect()
    }

    fn form(&self, written: &Spanned<String>, instrument: &Instrument) -> Result<Sql, Mistake> {
        let text = written.get_ref();
        let names = cohort::sql_columns(text).map_err(|why| {
            self.source
                .mistake(written.span(), format!("`form` is no condition: {why}"))
                .help("such as form = \"form_complete = 2\"")
        })?;
        let mut columns = Vec::with_capacity(names.len());
        for name in names {
            self.known(
                "item",
                &name,
                written.span(),
                instrument.items.iter().map(|item| item.name.as_str()),
            )?;
            let item = instrument.items.iter().find(|item| item.name == name);
            columns.extend(item.map(|item| Column {
                name: name.clone(),
                item: std::sync::Arc::new(item.clone()),
                wave: None,
                origin: Origin::Assessment,
            }));
        }
        Ok(Sql { text: text.clone(), columns })
    }

    fn format(&self, format: &FormatWritten, span: Range<usize>) -> Result<Format, Mistake> {
        if let Some(delimiter) = &format.delimiter
            && (!delimiter.get_ref().is_ascii()
                || delimiter.get_ref().is_alphanumeric()
                || ['"', '\r', '\n'].contains(delimiter.get_ref()))
        {
            return Err(self
                .source
                .mistake(delimiter.span(), format!("{:?} cannot be a delimiter", delimiter.get_ref()))
                .help("a single ASCII character: \";\", \",\" or \"\\t\""));
        }
        let usual = Format::default();
        let decimal = match format.decimal {
            Some(DecimalWritten::Comma) => ',',
            Some(DecimalWritten::Point) | None => usual.decimal,
        };
        // A quoted `1,250` may stand between commas.
        if let Some(thousands) = &format.thousands
            && (!['.', ',', '\'', '’'].contains(thousands.get_ref()) || *thousands.get_ref() == decimal)
        {
            let (sign, decimal) = (thousands.get_ref().to_string(), decimal.to_string());
            return Err(self
                .source
                .mistake(thousands.span(), format!("{sign:?} cannot set off thousands where {decimal:?} sets off decimals"))
                .help("thousands = \".\" goes with decimal = \",\", thousands = \",\" with decimal = \".\", and \"'\" with both; spaces need not be declared"));
        }
        let date = match &format.date {
            None => usual.date,
            Some(PatternsWritten::One(pattern)) => vec![pattern.clone()],
            Some(PatternsWritten::Several(patterns)) => patterns.clone(),
        };
        match &format.years_from {
            // A result is not to depend on the day on which it is made.
            None => {
                if let Some(pattern) = date.iter().find(|pattern| has_short_year(pattern)) {
                    let found =
                        format!("the dates {pattern:?} have years of two digits, and 45 may be 1945 or 2045");
                    return Err(self
                        .source
                        .mistake(span, found)
                        .help("say which hundred years they lie in: format = { date = …, years_from = 1927 } reads 27 to 99 as 1927 to 1999 and 00 to 26 as 2000 to 2026; R takes 1969"));
                }
            }
            Some(from) if !(1000..=9900).contains(from.get_ref()) => {
                return Err(self.source.mistake(from.span(), "`years_from` is no year of four digits").help(
                    "the first of the hundred years in which dates with two digits lie: years_from = 1927",
                ));
            }
            Some(_) => {}
        }
        Ok(Format {
            years_from: format.years_from.as_ref().map(|from| *from.get_ref()),
            delimiter: format.delimiter.as_ref().map_or(usual.delimiter, |delimiter| *delimiter.get_ref()),
            decimal,
            decimal_declared: format.decimal.is_some(),
            thousands: format.thousands.as_ref().map(|thousands| *thousands.get_ref()),
            encoding: format.encoding.map(|encoding| match encoding {
                EncodingWritten::Windows1252 => Encoding::Windows1252,
                EncodingWritten::Latin1 => Encoding::Latin1,
                EncodingWritten::Utf8 => Encoding::Utf8,
            }),
            date,
            missing: format.missing.clone(),
            sheet: format.sheet.clone(),
            heading: format.heading,
            heading_rows: format.heading_rows.unwrap_or(usual.heading_rows).max(1),
            skip: format.skip.unwrap_or(usual.skip),
        })
    }

    pub fn limits(&self, written: &LimitsWritten) -> Result<Limits, Mistake> {
        let share = |share: &Option<Spanned<f64>>, usual: f64| match share {
            None => Ok(usual),
            Some(share) if (0.0..=1.0).contains(share.get_ref()) => Ok(*share.get_ref()),
            Some(share) => Err(self
                .source
                .mistake(share.span(), "a limit is a share from 0 to 1")
                .help("write 0.05 for 5 %")),
        };
        let usual = Limits::default();
        Ok(Limits {
            unread: share(&written.unread, usual.unread)?,
            unlinked: share(&written.unlinked, usual.unlinked)?,
        })
    }
}

/// Whether two sources take forms of different waves from one file, each from columns of its own.
fn share_a_file(one: &Source, other: &Source) -> bool {
    let waves = match (&one.wave, &other.wave) {
        (WaveOf::File(one), WaveOf::File(other)) => one != other,
        _ => false,
    };
    let in_columns = one.wide.is_none() && other.wide.is_none();
    let files = || one.files.iter().any(|file| other.files.contains(file));
    waves && in_columns && one.instrument == other.instrument && files()
}

/// What is wrong where the forms of one source are counted from the respondent's first form, and another source may hold that.
fn unlike_clocks(one: &Source, other: &Source) -> Option<String> {
    let by_date = |source: &Source| matches!(source.wave, WaveOf::Start { clock: Clock::Date, .. });
    let corrects =
        |source: &Source| source.updates && matches!(source.wave, WaveOf::File(_) | WaveOf::Column { .. });
    let unlike = one.instrument == other.instrument && by_date(one) != by_date(other);
    (unlike && !corrects(one) && !corrects(other)).then(|| {
        let (dated, not) = if by_date(one) { (one, other) } else { (other, one) };
        format!(
            "the waves of `{}` are told by the day since the first form, and `{}`, which may hold the first form, has no such day",
            dated.file(),
            not.file()
        )
    })
}

fn respondent(written: &RespondentWritten) -> Respondent {
    match written {
        RespondentWritten::Column(column) => {
            Respondent { column: column.clone(), ignore: Vec::new(), without: Vec::new() }
        }
        RespondentWritten::With { column, ignore, without } => {
            let ignore = ignore.iter().map(|ignore| match ignore {
                IgnoreWritten::LeadingZeros => Ignore::LeadingZeros,
                IgnoreWritten::Case => Ignore::Case,
                IgnoreWritten::Spaces => Ignore::Spaces,
                IgnoreWritten::Decimals => Ignore::Decimals,
            });
            Respondent { column: column.clone(), ignore: ignore.collect(), without: without.clone() }
        }
    }
}

fn keep(written: &KeepWritten) -> Keep {
    let (which, by) = match written {
        KeepWritten::Which(which) => (which, None),
        KeepWritten::By { which, by } => (which, Some(by.clone())),
    };
    Keep { last: matches!(which, OrderWritten::Last), by }
}
