//! What the report says of constructed results, word for word in three languages.
//!
//! The sentences stand in `expected.md`, to be read by people who know the languages. `UTFALL_WRITE=1` writes them anew;
//! read the difference before you commit it.

mod results;
mod small;
mod tables;

use crate::common::ids::without_ids;
use std::fmt::Write;

use crate::common::committed;
use crate::made_up::{self, TABLES, labels, ranges, rankings, release, table, text, views};
use results::{Case, associations_of, cases, findings_of};
use utfall::dictionary::{Language, Text};
use utfall::disclosure::Policy;
use utfall::plan::Design;
use utfall::report::{Entry, Report, findings, html};
use utfall::table::mark;

fn section(out: &mut String, name: &str, verdict: &str, said: impl Fn(Language) -> String) {
    writeln!(out, "## {name}\n").unwrap();
    if !verdict.is_empty() {
        writeln!(out, "{verdict}\n").unwrap();
    }
    for language in Language::ALL {
        // Hard spaces are to be seen.
        writeln!(out, "- {language}: {}", mark::plain(&said(language)).replace('\u{a0}', "·")).unwrap();
    }
    out.push('\n');
}

/// The sentences of every case, as they are now.
fn told() -> String {
    let mut out =
        "# What the report says of constructed results\n\n`·` stands for a hard space.\n\n".to_owned();
    for Case { name, estimates, level } in cases() {
        let findings = findings_of(&estimates, level);
        for finding in &findings {
            let size = finding.size.map(|size| format!(", {size:?}")).unwrap_or_default();
            section(&mut out, name, &format!("{:?}{size}", finding.verdict), |language| {
                finding.said.get(language).to_owned()
            });
        }
        for told in associations_of(&estimates, level) {
            section(&mut out, name, "", |language| {
                let clear = told.clear.iter().map(|clear| &clear.said);
                let all = [&told.counted].into_iter().chain(clear).chain(&told.rest).chain(&told.cautions);
                all.map(|text: &Text| text.get(language)).collect::<Vec<_>>().join(" ")
            });
        }
    }
    // What disclosure control leaves of the made-up evaluation.
    let cleared = release(Policy::Min5).cleared;
    for finding in findings(&views(&cleared, made_up::ANALYSES), &labels()) {
        let name = format!("after disclosure control: {}", finding.label.get(Language::En));
        let size = finding.size.map(|size| format!(", {size:?}")).unwrap_or_default();
        section(&mut out, &name, &format!("{:?}{size}", finding.verdict), |language| {
            finding.said.get(language).to_owned()
        });
    }
    for case in tables::cases() {
        section(&mut out, &format!("{}: {}", case.layout, case.name), "", |language| case.told(language));
    }
    for (policy, name) in [(Policy::None, "all shown"), (Policy::Min5, "after disclosure control")] {
        let pages = Language::ALL.map(|language| answers(&page(language, policy)));
        for (place, (question, _)) in pages[2].iter().enumerate() {
            section(&mut out, &format!("first page, {name}: {question}"), "", |language| {
                let of = Language::ALL.iter().position(|one| *one == language).unwrap();
                pages[of][place].1.clone()
            });
        }
    }
    for small in small::evaluations() {
        let pages = Language::ALL.map(|language| answers(&small.page(language)));
        for (place, (question, _)) in pages[2].iter().enumerate() {
            section(&mut out, &format!("first page, {}: {question}", small.name), "", |language| {
                let of = Language::ALL.iter().position(|one| *one == language).unwrap();
                pages[of][place].1.clone()
            });
        }
    }
    for (number, layout, read) in readings() {
        section(&mut out, &format!("table {number}, layout {layout}"), "", |language| {
            read[Language::ALL.iter().position(|one| *one == language).unwrap()].clone()
        });
    }
    out
}

/// The page of the made-up evaluation.
fn page(language: Language, policy: Policy) -> String {
    let (release, labels) = (release(policy), labels());
    let entry = |(number, layout, from): &(&str, &str, &[&'static str])| Entry {
        table: table(&release, number, layout, from).expect("the table is laid out"),
        layout: (*layout).to_owned(),
        from: from.iter().map(|id| (*id).to_owned()).collect(),
        origins: Vec::new(),
    };
    let ranges = ranges(&release, &labels);
    let report = Report {
        title: text("Tittel", "Tittel", "Title"),
        notice: Text::default(),
        about: Vec::new(),
        primary: ["change.severity", "model.group", "describe.severity"].map(String::from).into(),
        design: Design::BeforeAfter,
        languages: vec![language],
        edition: String::new(),
        analyses: views(&release.cleared, made_up::ANALYSES),
        tables: TABLES.iter().map(entry).collect(),
        published: Vec::new(),
        figures: &[],
        remarks: Vec::new(),
        labels: &labels,
        audit: &release.audit,
        rankings: rankings(&ranges),
    };
    without_ids(&html(&report, language).expect("the page is made"))
}

/// The questions of the first page with their answers, without marks.
fn answers(page: &str) -> Vec<(String, String)> {
    let brief = page.split("<section id=\"summary\"").nth(1).unwrap_or_default();
    let brief = brief.split("</section>").next().unwrap_or_default();
    let plain = |part: &str| {
        let pieces = part.split('<').enumerate().map(|(place, piece)| match place {
            0 => piece,
            _ => piece.split_once('>').map_or("", |(_, text)| text),
        });
        let text = pieces.collect::<Vec<_>>().join(" ").replace("&lt;", "<").replace("&gt;", ">");
        text.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let of = brief.split("<div class=\"answer\">").skip(1).filter_map(|answer| {
        let (question, answer) = answer.split_once("</h3>")?;
        Some((plain(question), plain(answer)))
    });
    of.collect()
}

/// The reading sentences and the basis of each made-up table: number, layout, in each language.
fn readings() -> Vec<(&'static str, &'static str, Vec<String>)> {
    let pages: Vec<String> = Language::ALL.iter().map(|language| page(*language, Policy::None)).collect();
    let told = |(number, layout, _): &(&'static str, &'static str, &[&'static str])| {
        (*number, *layout, pages.iter().map(|page| tables::above(page, number)).collect())
    };
    TABLES.iter().map(told).collect()
}

#[test]
fn every_sentence_is_as_it_was_read_and_approved() {
    let told = told();
    committed::hold("tests/library/sentences/expected.md", &told, "library sentences::every");
    assert!(told.matches("\n## ").count() >= 50);
}

#[test]
fn no_sentence_names_a_cause_or_lacks_a_word() {
    let told: String =
        told().to_lowercase().lines().filter(|line| line.starts_with("- ")).collect::<Vec<_>>().join("\n");
    for word in
        ["effect", "effekt", "virkning", "verknad", "because of", "fører til", "{", "}", " nan", " inf "]
    {
        assert!(!told.contains(word), "{word}");
    }
    // Every table has something said above it, and not only how many it rests on.
    for line in told.lines() {
        let (_, said) = line.split_once(": ").expect("a language before the sentences");
        assert!(said.contains('.') && !said.trim().is_empty(), "{line}");
    }
}

/// The first page's sentences, from the made-up evaluation.
#[test]
fn the_first_page_answers_its_questions() {
    let said = [
        (
            Language::Nb,
            [
                "Oppfølging av kartlagte: 400 personer. Høst 2007: Av 394 personer som skulle følges opp, ble 322 fulgt opp (82\u{a0}%).",
                "8 mål er sammenlignet mellom første og siste måling: 2 er klart bedre, 1 er klart dårligere, 2 viser ingen klar endring, 1 har en usikkerhet som ikke kan beregnes og 2 har for få svar til å si noe.",
                "<strong>Individuell plan</strong> – bedre: andelen «Ja» gikk fra",
            ],
        ),
        (
            Language::Nn,
            [
                "Oppfølging av kartlagde: 400 personar.",
                "8 mål er samanlikna mellom første og siste måling: 2 er klart betre, 1 er klart dårlegare, 2 viser inga klar endring, 1 har ei uvisse som ikkje kan reknast ut og 2 har for få svar til å seie noko.",
                "<strong>Individuell plan</strong> – betre: delen «Ja» gjekk frå",
            ],
        ),
        (
            Language::En,
            [
                "Follow-up of those mapped: 400 persons.",
                "8 measures were compared between the first and the last measurement: 2 are clearly better, 1 is clearly worse, 2 show no clear change, 1 has an uncertainty that cannot be computed and 2 have too few answers to say.",
                "<strong>Individual plan</strong> – better: the share “Yes” went from",
            ],
        ),
    ];
    for (language, sentences) in said {
        let page = page(language, Policy::None);
        let brief = page.split("<section id=\"changes\"").next().unwrap_or_default();
        for sentence in sentences {
            assert!(
                brief.contains(sentence),
                "{language}: {sentence}\n{}",
                &brief[brief.len().saturating_sub(6000)..]
            );
        }
    }
}
