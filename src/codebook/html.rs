//! The codebook as one self-contained HTML page a language, in the report's style.

use minijinja::{Value, context};

use super::{Codebook, Counts, Part, Variable};
use crate::dictionary::{Asked, Better, FormUnit, ItemType, Language, MissingCode, Reason, Text};
use crate::report::shell;
use crate::table::{Cell, Content, render, words};

const PAGE: &str = include_str!("page/codebook.html");
/// What the report's style has no rule for.
const OWN_STYLE: &str = include_str!("page/codebook.css");

/// The page could not be written; a fault of the template, which is part of the program.
#[derive(Debug, thiserror::Error)]
#[error("the codebook's template cannot be filled in: {0}")]
pub struct CodebookError(#[from] minijinja::Error);

/// The codebook as HTML in one language.
///
/// # Errors
/// A [`CodebookError`] where the template cannot be filled in, which tests rule out for the shipped one.
pub fn html(codebook: &Codebook, language: Language) -> Result<String, CodebookError> {
    let mut environment = shell::environment(language)?;
    environment.add_template("codebook", PAGE)?;
    let page = Page { codebook, language };
    let parts: Vec<Value> = codebook.parts.iter().map(|part| page.part(part)).collect();
    let title = page.text(&codebook.title);
    Ok(environment.get_template("codebook")?.render(context! {
        title => page.say("codebook.title", &[("title", title.clone())]),
        evaluation => title,
        notice => page.text(&codebook.notice),
        symbols => page.symbols(),
        parts,
        index => page.index(),
        search => page.word("codebook.search"),
        version => page.version(),
        ..shell::around("codebook", language, &codebook.languages, OWN_STYLE)
    })?)
}

struct Page<'a> {
    codebook: &'a Codebook,
    language: Language,
}

impl Page<'_> {
    fn say(&self, key: &str, with: &[(&str, String)]) -> String {
        words::say(self.language, key, with)
    }

    fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    fn text(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    fn version(&self) -> String {
        let version = self.say("report.version", &[("version", env!("CARGO_PKG_VERSION").to_owned())]);
        match self.codebook.edition.is_empty() {
            true => version,
            false => {
                let edition = self.say("codebook.edition", &[("edition", self.codebook.edition.clone())]);
                format!("{version} {edition}")
            }
        }
    }

    /// `«:» confidential · «-» nil`
    fn symbols(&self) -> String {
        let told = [Content::Suppressed, Content::Zero].into_iter().filter_map(|cell| {
            let meaning = words::symbol(&cell, self.language)?;
            let symbol = cell.symbol().unwrap_or_default().to_owned();
            Some(self.say("note.symbol", &[("symbol", symbol), ("meaning", meaning)]))
        });
        self.say("note.symbols", &[("symbols", told.collect::<Vec<_>>().join(" · "))])
    }

    fn part(&self, part: &Part) -> Value {
        // Variables in a row under the same heading; what was derived has a heading of its own.
        let mut groups: Vec<(Text, Vec<&Variable>)> = Vec::new();
        for variable in &part.variables {
            let heading = match variable.derivation {
                Some(_) => words::word("codebook.derived"),
                None => variable.item.section.clone(),
            };
            match groups.last_mut() {
                Some((last, variables)) if *last == heading => variables.push(variable),
                _ => groups.push((heading, vec![variable])),
            }
        }
        let groups = groups.into_iter().enumerate().map(|(place, (heading, variables))| {
            context! {
                id => format!("s-{}-{}", part.id, place + 1),
                title => self.text(&heading),
                variables => variables.iter().map(|variable| self.variable(part, variable)).collect::<Vec<_>>(),
            }
        });
        let waves: Vec<String> = part.waves.iter().map(|wave| self.text(&self.codebook.wave(wave))).collect();
        let unit = match part.unit {
            FormUnit::Respondent => "codebook.of_respondent",
            FormUnit::Service => "codebook.of_service",
        };
        let n = part.variables.len().to_string();
        context! {
            id => format!("i-{}", part.id),
            name => &part.id,
            title => self.text(&part.title),
            unit => self.say(unit, &[("n", n)]),
            waves => waves.join(", "),
            source => &part.source,
            groups => groups.collect::<Vec<_>>(),
        }
    }

    fn variable(&self, part: &Part, variable: &Variable) -> Value {
        let item = &variable.item;
        let derivation = variable.derivation.as_ref().map(|derivation| {
            let of =
                derivation.of.iter().map(|name| context! { name => name, href => self.place(part, name) });
            context! {
                rule => &derivation.rule,
                of => of.collect::<Vec<_>>(),
                per => derivation.told(self.language),
            }
        });
        context! {
            id => anchor(&part.id, &item.name),
            name => &item.name,
            label => self.text(&item.label),
            facts => self.facts(part, variable),
            derivation,
            columns => variable.counts.iter().map(|counts| self.wave(counts)).collect::<Vec<_>>(),
            coded => item.is_coded(),
            rows => self.rows(variable),
            counted => self.counted(variable),
        }
    }

    /// Who is counted: by wave, where that differs.
    fn counted(&self, variable: &Variable) -> String {
        let Some(first) = variable.counts.first() else { return self.word("codebook.no_counts") };
        let cohort = match variable.counts.iter().all(|counts| counts.cohort == first.cohort) {
            true => self.text(&first.cohort),
            false => {
                let each = variable
                    .counts
                    .iter()
                    .map(|counts| format!("{} ({})", self.text(&counts.cohort), self.wave(counts)));
                each.collect::<Vec<_>>().join(", ")
            }
        };
        let said = self.say("codebook.counted", &[("cohort", cohort)]);
        match variable.item.is_coded() {
            true => format!("{said} {}", self.word("codebook.shares")),
            false => said,
        }
    }

    /// Where another variable stands: in the same part, or where it was attached from.
    fn place(&self, part: &Part, name: &str) -> Option<String> {
        let parts = std::iter::once(part).chain(&self.codebook.parts);
        let holds = |part: &&Part| part.variables.iter().any(|variable| variable.item.name == name);
        parts.into_iter().find(holds).map(|part| format!("#{}", anchor(&part.id, name)))
    }

    /// What is declared of a variable: word and meaning.
    fn facts(&self, part: &Part, variable: &Variable) -> Vec<Value> {
        let item = &variable.item;
        let mut facts: Vec<(&str, String)> = vec![("type", self.word(kind(item.kind)))];
        if !item.unit.is_empty() {
            facts.push(("unit", self.text(&item.unit)));
        }
        if let Some(ends) = item.range {
            facts.push(("range", self.range(ends)));
        }
        if let Some(better) = item.better {
            let key = match better {
                Better::Higher => "codebook.higher",
                Better::Lower => "codebook.lower",
            };
            facts.push(("better", self.word(key)));
        }
        if part.waves.len() > 1 {
            if variable.derivation.is_none() {
                facts.push(("asked", self.asked(&item.asked, part)));
            }
            if item.constant {
                facts.push(("holds", self.word("codebook.constant")));
            }
        }
        if item.required {
            facts.push(("required", self.word("codebook.required_yes")));
        }
        if item.blank != Reason::Blank && variable.derivation.is_none() {
            facts.push(("empty", self.word(reason(item.blank))));
        }
        if variable.derivation.is_none() && item.column != item.name {
            facts.push(("column", item.column.clone()));
        }
        if let Some(reliability) = &item.reliability {
            let number = |value: f64| self.number(value);
            let mut said = self.say("codebook.reliability_r", &[("r", number(reliability.r))]);
            for (key, value) in
                [("reliability_sd", reliability.sd), ("reliability_cut_off", reliability.cut_off)]
            {
                if let Some(value) = value {
                    said += &self.say(&format!("codebook.{key}"), &[("value", number(value))]);
                }
            }
            facts.push(("reliability", format!("{said}. {}", reliability.source)));
        }
        if let Some(found) = &item.use_thresholds {
            let with = [
                ("improved", found.improved.to_string()),
                ("deteriorated", found.deteriorated.to_string()),
                ("window", found.window.to_string()),
            ];
            facts.push((
                "thresholds",
                format!("{} {}", self.say("codebook.thresholds_of", &with), found.source),
            ));
        }
        facts
            .into_iter()
            .map(|(key, meaning)| context! { name => self.word(&format!("codebook.{key}")), meaning => meaning })
            .collect()
    }

    fn asked(&self, asked: &Asked, part: &Part) -> String {
        if *asked == Asked::Every {
            return self.word("codebook.every_wave");
        }
        let waves = asked.of(&part.waves).into_iter().map(|wave| self.text(&self.codebook.wave(wave)));
        waves.collect::<Vec<_>>().join(", ")
    }

    fn number(&self, value: f64) -> String {
        let point = match self.language {
            Language::Nb | Language::Nn => ",",
            Language::En => ".",
        };
        // As the dictionary declares it: nothing is rounded.
        value.to_string().replace('.', point).replace('-', "\u{2212}")
    }

    fn range(&self, [least, greatest]: [f64; 2]) -> String {
        let with = [("least", self.number(least)), ("greatest", self.number(greatest))];
        match (least.is_finite(), greatest.is_finite()) {
            (true, false) => self.say("codebook.range_from", &with),
            (false, true) => self.say("codebook.range_to", &with),
            _ => self.say("codebook.range_ends", &with),
        }
    }

    fn wave(&self, counts: &Counts) -> String {
        let wave = counts.wave.as_ref().map(|wave| self.text(&self.codebook.wave(wave)));
        wave.unwrap_or_else(|| self.word("codebook.all_waves"))
    }

    fn rows(&self, variable: &Variable) -> Vec<Value> {
        let item = &variable.item;
        let td = |cell: Cell| render::td(&cell, self.language);
        let row = |code: String, label: String, kind: &str, cells: Vec<Cell>| {
            let cells: String = cells.into_iter().map(td).collect();
            context! { code => code, label => label, kind => kind, cells => Value::from_safe_string(cells) }
        };
        // A share beside each count of a coded variable.
        let beside = |cell: Cell| if item.is_coded() { vec![cell, Cell::EMPTY] } else { vec![cell] };
        let mut rows = Vec::new();
        for code in &item.codes {
            let cells = variable.counts.iter().flat_map(|counts| {
                let found = counts.answers.iter().find(|(known, ..)| *known == code.code);
                found.map_or_else(Vec::new, |(_, count, share)| vec![count.clone(), share.clone()])
            });
            let mut label = self.text(&code.label);
            if !code.written.is_empty() {
                label += &self.say("codebook.written", &[("written", code.written.join(", "))]);
            }
            rows.push(row(code.code.to_string(), label, "given", cells.collect()));
        }
        if !variable.counts.is_empty() {
            let cells = variable.counts.iter().flat_map(|counts| beside(counts.valid.clone()));
            rows.push(row(String::new(), self.word("codebook.valid"), "total", cells.collect()));
            for (place, key) in ["codebook.mean", "codebook.sd"].into_iter().enumerate() {
                let moments =
                    variable.counts.iter().filter_map(|counts| Some(counts.moments.as_ref()?[place].clone()));
                let moments: Vec<Cell> = moments.collect();
                if !moments.is_empty() {
                    rows.push(row(String::new(), self.word(key), "given", moments));
                }
            }
        }
        for found in variable.reasons() {
            let codes: Vec<&MissingCode> =
                item.missing.iter().filter(|missing| missing.reason == found).collect();
            let shown: Vec<String> = codes.iter().map(|missing| missing.code.to_string()).collect();
            let labels: Vec<String> = codes.iter().map(|missing| self.text(&missing.label)).collect();
            let why = self.word(reason(found));
            let label = match labels.as_slice() {
                [] => self.say("codebook.missing_because", &[("reason", why)]),
                [one] if one.to_lowercase() == why => {
                    self.say("codebook.missing_same", &[("label", one.clone())])
                }
                _ => self.say("codebook.missing_code", &[("label", labels.join(" / ")), ("reason", why)]),
            };
            let cells = variable.counts.iter().flat_map(|counts| beside(counts.missing(found)));
            rows.push(row(shown.join(", "), label, "missing", cells.collect()));
        }
        rows
    }

    /// Every variable by its name, in the order of the alphabet; the form with those that several forms have.
    fn index(&self) -> Vec<Value> {
        let parts = self.codebook.parts.iter();
        let mut all: Vec<(&Part, &Variable)> =
            parts.flat_map(|part| part.variables.iter().map(move |variable| (part, variable))).collect();
        all.sort_by_key(|(part, variable)| (variable.item.name.to_lowercase(), &part.id));
        let several = |name: &str| all.iter().filter(|(_, variable)| variable.item.name == name).count() > 1;
        all.iter()
            .map(|(part, variable)| {
                let name = variable.item.name.as_str();
                context! {
                    id => anchor(&part.id, name),
                    name => name,
                    label => self.text(&variable.item.label),
                    form => several(name).then(|| self.text(&part.title)),
                }
            })
            .collect()
    }
}

fn anchor(part: &str, name: &str) -> String {
    format!("v-{part}-{name}")
}

fn kind(kind: ItemType) -> &'static str {
    match kind {
        ItemType::Nominal => "codebook.nominal",
        ItemType::Ordinal => "codebook.ordinal",
        ItemType::Binary => "codebook.binary",
        ItemType::Integer => "codebook.integer",
        ItemType::Decimal => "codebook.decimal",
        ItemType::Date => "codebook.date",
        ItemType::Text => "codebook.text",
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Blank => "reason.blank",
        Reason::Unknown => "reason.unknown",
        Reason::Refused => "reason.refused",
        Reason::NotAsked => "reason.not_asked",
        Reason::NotApplicable => "reason.not_applicable",
        Reason::Invalid => "reason.invalid",
        Reason::NotDerived => "reason.not_derived",
        Reason::NotSeen => "reason.not_seen",
    }
}
