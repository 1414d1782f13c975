//! The report says what the intervals say, in three languages, and stands on its own.

use crate::common::ids::without_ids;
use crate::made_up::{ANALYSES, TABLES, labels, release, table, text, value, views};
use utfall::dictionary::{Language, Text};
use utfall::disclosure::{Policy, Release};
use utfall::estimate::{Condition, Kind, Subject};
use utfall::plan::Design;
use utfall::report::{
    Contrast, Entry, Finding, Origin, Report, SHOWN, Size, Verdict, contrasts, findings, html,
};
use utfall::table::{Labels, mark, words};

fn page(release: &Release, labels: &Labels, language: Language) -> String {
    let origin = |analysis: &&str| Origin {
        analysis: (*analysis).to_owned(),
        label: Text::same("An analysis"),
        population: Text::same("Mapped users."),
        only: vec!["age < 30 AND sex = 1".to_owned()],
        question: Text::same("Change."),
        derived: vec![("age_group".to_owned(), "CASE WHEN age < 30 THEN 1 END".to_owned())],
        python: "record(\"a\", 1 < 2)".to_owned(),
        r: "record(\"a\", 1 < 2)".to_owned(),
    };
    let tables = TABLES.iter().filter_map(|(number, layout, from)| {
        Some(Entry {
            table: table(release, number, layout, from).ok()?,
            layout: (*layout).to_owned(),
            from: from.iter().map(|id| (*id).to_owned()).collect(),
            origins: from.iter().map(origin).collect(),
        })
    });
    let ranges = crate::made_up::ranges(release, labels);
    let report = Report {
        title: text(
            "Evaluering av lavterskel helsetiltak",
            "Evaluering av lågterskel helsetiltak",
            "Evaluation of low-threshold health services",
        ),
        notice: text(
            "Personene i denne rapporten er oppdiktet.",
            "Personane i denne rapporten er oppdikta.",
            "The people in this report are made up.",
        ),
        about: vec![Text::same(
            "<b>A paragraph</b> & more of what was asked, of whom, and what must not be concluded from it.",
        )],
        primary: vec!["change.severity".into()],
        design: Design::BeforeAfter,
        languages: Language::ALL.into(),
        edition: "0123456789ab".into(),
        analyses: views(&release.cleared, ANALYSES),
        published: Vec::new(),
        tables: tables.collect(),
        figures: &[],
        remarks: Vec::new(),
        labels,
        audit: &release.audit,
        rankings: crate::made_up::rankings(&ranges),
    };
    without_ids(&html(&report, language).expect("the shipped template can be filled in"))
}

/// The findings as they are read.
fn found(policy: Policy) -> Vec<Finding> {
    let mut found = findings(&views(&release(policy).cleared, ANALYSES), &labels());
    for finding in &mut found {
        let said = finding.said.clone();
        finding.said = words::each(|language| mark::plain(said.get(language)).into_owned());
    }
    found
}

fn of<'a>(findings: &'a [Finding], label: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.label.get(Language::En) == label).expect("it was compared")
}

#[test]
fn the_wording_follows_the_interval() {
    let findings = found(Policy::None);
    let verdict = |label: &str| of(&findings, label).verdict;
    assert_eq!(verdict("Mental health"), Verdict::Improved);
    assert_eq!(verdict("Dental health"), Verdict::Worse);
    assert_eq!(verdict("Physical health"), Verdict::Unclear);
    assert_eq!(verdict("Nutrition"), Verdict::TooFew);
    assert_eq!(verdict("Individual plan"), Verdict::Improved);
    assert_eq!(verdict("Responsibility group"), Verdict::Unclear);
}

#[test]
fn an_unclear_change_is_said_to_be_unclear_in_three_languages() {
    let findings = found(Policy::None);
    let said = &of(&findings, "Physical health").said;
    assert!(
        said.get(Language::Nb)
            .ends_with("Tallene er forenlige både med litt framgang, litt tilbakegang og ingen endring."),
        "{said:?}"
    );
    assert!(
        said.get(Language::Nn)
            .ends_with("Tala kan sameinast både med litt framgang, litt tilbakegang og inga endring."),
        "{said:?}"
    );
    assert!(
        said.get(Language::En)
            .ends_with("The figures agree with some progress, some decline and no change alike."),
        "{said:?}"
    );
    assert!(said.get(Language::Nb).contains("95\u{a0}% KI"), "{said:?}");
}

#[test]
fn too_few_pairs_name_no_direction_in_three_languages() {
    let findings = found(Policy::None);
    let said = &of(&findings, "Nutrition").said;
    assert_eq!(said.get(Language::Nb), "Bare 16 personer har svar ved begge målingene.");
    assert_eq!(said.get(Language::Nn), "Berre 16 personar har svar ved begge målingane.");
    assert_eq!(said.get(Language::En), "Only 16 persons have an answer at both waves.");
}

#[test]
fn what_is_suppressed_is_not_told_in_three_languages() {
    let findings = found(Policy::Min5);
    for label in ["Housing <and> home", "Responsibility group"] {
        let finding = of(&findings, label);
        assert_eq!(finding.verdict, Verdict::Suppressed, "{label}");
        let said = &finding.said;
        assert_eq!(said.get(Language::Nb), "Tallene er så små at de kunne ha røpet noe om enkeltpersoner.");
        assert_eq!(said.get(Language::Nn), "Tala er så små at dei kunne ha røpt noko om enkeltpersonar.");
        assert_eq!(
            said.get(Language::En),
            "The counts are so small that they could have given individuals away."
        );
    }
}

#[test]
fn a_clear_change_is_told_with_its_numbers() {
    let findings = found(Policy::None);
    let said = &of(&findings, "Individual plan").said;
    assert_eq!(
        said.get(Language::En),
        "The share “Yes” went from 22% to 31% (change +9.3 percentage points; 95% CI +4.3\u{a0}to +14.3; 322 persons). Small change (Cohen’s h 0.21)."
    );
    assert_eq!(
        said.get(Language::Nb),
        "Andelen «Ja» gikk fra 22\u{a0}% til 31\u{a0}% (endring +9,3 prosentpoeng; 95\u{a0}% KI +4,3\u{a0}til +14,3; 322 personer). Liten endring (Cohens h 0,21)."
    );
}

#[test]
fn no_page_speaks_of_effects() {
    let (release, labels) = (release(Policy::Min5), labels());
    for language in Language::ALL {
        let page = page(&release, &labels, language).to_lowercase();
        let body = page.split("<main").nth(1).expect("there is a main part");
        // Kish's effective number is a size.
        let body = body.replace("effective", "");
        for word in ["effect", "effekt"] {
            assert!(!body.contains(word), "{word} in {language}");
        }
    }
}

#[test]
fn a_page_stands_on_its_own_and_is_the_same_each_time() {
    let (release, labels) = (release(Policy::Min5), labels());
    for language in Language::ALL {
        let page = page(&release, &labels, language);
        if let Ok(folder) = std::env::var("UTFALL_TEST_PAGES") {
            std::fs::write(format!("{folder}/report.{language}.html"), &page)
                .expect("the folder can be written to");
        }
        assert_eq!(page, self::page(&release, &labels, language));
        assert!(page.starts_with(&format!("<!doctype html>\n<html lang=\"{language}\">")));
        assert!(page.len() < 1_500_000);
        for outside in ["http:", "https:", "url(", "@import", "<link", "<img", "src=", "fetch(", "XMLHttp"] {
            assert!(!page.contains(outside), "{outside} in {language}");
        }
        // One script, its own, and a policy that lets nothing in from elsewhere.
        assert_eq!(page.matches("<script").count(), 1, "{language}");
        assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
        assert!(
            page.contains("&lt;b&gt;A paragraph&lt;&#x2f;b&gt;")
                || page.contains("&lt;b&gt;A paragraph&lt;/b&gt;")
        );
        assert!(page.contains(env!("CARGO_PKG_VERSION")));
        // Every internal link leads somewhere, and no id stands twice.
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_eq!(page.matches(&format!(" id=\"{link}\"")).count(), 1, "{link} in {language}");
        }
        // Its other links are to files that lie beside it.
        let plain = page.replace("&#x2f;", "/");
        for link in plain.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let beside = ["tables/", "report.", "estimates.", "codebook."]
                .iter()
                .any(|folder| link.starts_with(folder));
            assert!(link.starts_with('#') || beside, "{link} in {language}");
        }
        // No word is missing: a key without words is shown as itself.
        for section in [
            "brief.",
            "entry.",
            "origin.",
            "size.",
            "association.",
            "read.",
            "basis.",
            "glossary.",
            "reading.",
            "search.",
            "report.",
            "summary.",
            "column.",
            "note.",
            "row.",
            "stub.",
            "cell.",
            "condition.",
            "methods.",
            "suppressed.",
        ] {
            assert!(!page.contains(&format!(">{section}")), "{section} in {language}");
        }
    }
}

#[test]
fn the_reader_is_told_of_chance_among_many_comparisons() {
    let release = release(Policy::Min5);
    for (language, said) in [
        (Language::Nb, "omtrent ett av tjue intervaller"),
        (Language::Nn, "om lag eitt av tjue intervall"),
        (Language::En, "about one in twenty intervals"),
    ] {
        assert!(page(&release, &labels(), language).contains(said));
    }
}

#[test]
fn every_heading_of_a_table_says_what_it_heads() {
    let page = page(&release(Policy::Min5), &labels(), Language::En);
    let heads = page.matches("<th").count() - page.matches("<thead").count();
    assert_eq!(heads, page.matches("<th scope=").count());
    assert_eq!(page.matches("<figure class=\"table\"").count(), page.matches("<caption id=").count() - 1);
}

/// A reader who hears the page gets from one heading to the next without a step left out.
#[test]
fn headings_are_in_order() {
    for language in Language::ALL {
        let page = page(&release(Policy::Min5), &labels(), language);
        let levels: Vec<u32> = page
            .split("<h")
            .skip(1)
            .filter_map(|rest| rest.chars().next()?.to_digit(10).filter(|_| !rest.starts_with("tml")))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{pair:?} in {language}");
        }
    }
}

#[test]
fn each_table_says_how_its_numbers_were_made() {
    let page = page(&release(Policy::Min5), &labels(), Language::En).replace("&#x2f;", "/");
    let entries: Vec<&str> = page.split("<article class=\"entry").skip(1).collect();
    assert!(entries.len() > 10);
    for entry in entries {
        for said in
            ["Mapped users.", "age &lt; 30 AND sex = 1", "CASE WHEN", "<cite lang=\"en\">", "tables/T"]
        {
            assert!(entry.contains(said), "{said}: {}", &entry[..200]);
        }
        // The lines, or the place where they stand.
        assert!(
            entry.contains("record(") || entry.contains("The same lines stand below <a href=\"#t-T"),
            "{entry}"
        );
    }
}

#[test]
fn what_tables_show_is_a_statistic_of_the_program_and_of_a_layout() {
    for (layout, statistics) in SHOWN {
        let kind = utfall::question::layouts()
            .find(|known| known.name == layout)
            .expect("there is such a layout")
            .kind;
        for name in statistics {
            assert!(utfall::question::statistic(kind, name.name).is_some(), "{layout}: {}", name.name);
        }
    }
}

#[test]
fn a_clear_change_is_sized() {
    let findings = found(Policy::None);
    assert_eq!(of(&findings, "Individual plan").size, Some(Size::Small));
    assert_eq!(of(&findings, "Responsibility group").size, None);
}

#[test]
fn the_page_without_a_policy_says_so_and_has_no_confidential_cells() {
    let page = page(&release(Policy::None), &labels(), Language::En);
    assert!(page.contains("Nothing is held back"));
    assert!(!page.contains("<span class=\"heard\">confidential"));
}

/// A change of a problem in two groups: mean change with its interval, and the probability of superiority with its own.
fn in_groups(widened: bool, groups: [([f64; 3], [f64; 3]); 2]) -> Vec<Contrast> {
    let mut estimates = Vec::new();
    for (group, (mean, superiority)) in ["drop_in=0", "drop_in=1"].into_iter().zip(groups) {
        let mut values = vec![value("n_pairs", 160.0)];
        for (name, number) in ["mean_change", "mean_change_low", "mean_change_high"].into_iter().zip(mean) {
            let conditions = (widened && name != "mean_change").then(|| Condition::new("widened", ""));
            values.push(value(name, number).n(160).conditions(conditions));
        }
        let names = [
            "probability_of_superiority",
            "probability_of_superiority_low",
            "probability_of_superiority_high",
        ];
        values.extend(names.into_iter().zip(superiority).map(|(name, number)| value(name, number).n(160)));
        let subject = Subject {
            analysis: "change.severity".into(),
            kind: Kind::Change,
            group: group.into(),
            variable: "mental_health@w1>w2".into(),
        };
        estimates.extend(subject.estimates(values));
    }
    let release = crate::made_up::clear_with_contrasts(&estimates, Policy::None);
    contrasts(&views(&release.cleared, ANALYSES), &labels()).shown
}

#[test]
fn groups_whose_intervals_are_widened_are_compared_by_how_many_went_each_way() {
    // Lower is better: the second group fared better, by its mean and by how many became better.
    let worse = ([0.02, -0.2, 0.24], [0.49, 0.46, 0.52]);
    let better = ([-0.16, -0.38, 0.06], [0.57, 0.54, 0.60]);
    let wide = in_groups(true, [worse, better]);
    assert_eq!(wide.len(), 1);
    assert!(wide[0].clear && wide[0].groups[0].get(Language::En).contains("Yes"), "{wide:?}");
    // As they were computed, intervals as wide as these would tell nothing apart.
    assert!(!in_groups(false, [worse, better])[0].clear);
    // Where persons and means disagree, nothing is clear; where the numbers are not shown, there is no comparison.
    let other_way = (better.0, [0.43, 0.40, 0.46]);
    assert!(!in_groups(true, [worse, other_way])[0].clear);
}
