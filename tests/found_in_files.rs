//! What was found in the files and touches numbers is told where the numbers are read: among the report's reservations and below the
//! tables concerned, in each language, and no more exactly than the disclosure policy allows.

mod common;

use std::fs;

use common::Evaluation;

const PIPELINE: &str = "pipeline.toml";
const BEFORE: &str = "data/before.csv";
const AFTER: &str = "data/after.csv";

/// The tables of `pipelines/first`, and one that nothing concerns.
const TABLES: [&str; 5] = ["T1", "T2", "T3", "T4", "T5"];

/// The first evaluation with three answers on health before that cannot be read, two forms after without an answer, and a rule
/// whose ELSE is taken by whoever lacks an answer on health: these three, and ten "Don't know" (one before, nine after).
fn evaluation() -> Evaluation {
    let evaluation = Evaluation::first();
    for id in ["P001", "P002", "P003"] {
        let text = evaluation.read(BEFORE);
        let row = text.lines().find(|row| row.starts_with(id)).expect("the person has a form").to_owned();
        let mut fields: Vec<&str> = row.split(';').collect();
        fields[3] = "often";
        evaluation.edit(BEFORE, &row, &fields.join(";"));
    }
    evaluation.append(AFTER, "X001;1;30;;;\nX002;2;31;;;\n");
    evaluation.edit(PIPELINE, "sql = \"health = 3\"", "sql = \"CASE WHEN health > 2 THEN 1 ELSE 0 END\"");
    evaluation.append(
        PIPELINE,
        "\n[describe.housing]\ncohort = \"everyone\"\nvariables = [\"housing@before\"]\n\n[table.T5]\nfrom = [\"describe.housing\"]\nlayout = \"items\"\n",
    );
    evaluation
}

struct Sentence {
    /// In bokmål, nynorsk and English.
    said: [&'static str; 3],
    tables: &'static [&'static str],
}

const MIN5: [Sentence; 3] = [
    Sentence {
        said: [
            "Etter seks måneder: færre enn 5 skjemaer uten et eneste svar er ikke regnet med.",
            "Etter seks månader: færre enn 5 skjema utan eit einaste svar er ikkje rekna med.",
            "After six months: fewer than 5 forms without a single answer are not counted.",
        ],
        tables: &["T1", "T3", "T4"],
    },
    Sentence {
        said: [
            "Før: svar som ikke kunne leses eller ikke er tillatt, er regnet som manglende: «Helse» (færre enn 5).",
            "Før: svar som ikkje kunne lesast eller ikkje er tillatne, er rekna som manglande: «Helse» (færre enn 5).",
            "Before: answers that could not be read or are not allowed are counted as missing: “Health” (fewer than 5).",
        ],
        tables: &["T2", "T3", "T4"],
    },
    Sentence {
        said: [
            "Personer eller skjemaer som mangler svar, har likevel fått en verdi av regelen for «Alvorlig helseproblem» (om lag 10).",
            "Personar eller skjema som manglar svar, har likevel fått ein verdi av regelen for «Alvorleg helseproblem» (om lag 10).",
            "Persons or forms that lack an answer were given a value all the same by the rule for “Serious health problem” (about 10).",
        ],
        tables: &["T3", "T4"],
    },
];

const OPEN: [Sentence; 3] = [
    Sentence {
        said: [
            "Etter seks måneder: 2 skjemaer uten et eneste svar er ikke regnet med.",
            "Etter seks månader: 2 skjema utan eit einaste svar er ikkje rekna med.",
            "After six months: 2 forms without a single answer are not counted.",
        ],
        tables: &["T1", "T3", "T4"],
    },
    Sentence {
        said: [
            "Før: svar som ikke kunne leses eller ikke er tillatt, er regnet som manglende: «Helse» (3 av 119, 2,5\u{a0}%).",
            "Før: svar som ikkje kunne lesast eller ikkje er tillatne, er rekna som manglande: «Helse» (3 av 119, 2,5\u{a0}%).",
            "Before: answers that could not be read or are not allowed are counted as missing: “Health” (3 of 119, 2.5%).",
        ],
        tables: &["T2", "T3", "T4"],
    },
    Sentence {
        said: [
            "Personer eller skjemaer som mangler svar, har likevel fått en verdi av regelen for «Alvorlig helseproblem» (13).",
            "Personar eller skjema som manglar svar, har likevel fått ein verdi av regelen for «Alvorleg helseproblem» (13).",
            "Persons or forms that lack an answer were given a value all the same by the rule for “Serious health problem” (13).",
        ],
        tables: &["T3", "T4"],
    },
];

fn told(evaluation: &Evaluation, sentences: &[Sentence]) {
    for (place, language) in ["nb", "nn", "en"].into_iter().enumerate() {
        let file = |name: &str| fs::read_to_string(evaluation.place().join(name)).expect("it is released");
        let report = file(&format!("release/report.{language}.html"));
        let section = report.split("<section id=\"conditions\"").nth(1).expect("there are reservations");
        let section = section.split("</section>").next().unwrap_or_default();
        for Sentence { said, tables } in sentences {
            let said = said[place];
            assert_eq!(section.matches(said).count(), 1, "{said}\n{section}");
            for table in TABLES {
                let expected = usize::from(tables.contains(&table));
                let text = file(&format!("release/tables/{table}.{language}.md"));
                assert_eq!(text.matches(said).count(), expected, "{table}: {said}\n{text}");
                let entry = report.split(&format!("id=\"table-{table}\"")).nth(1).unwrap_or_default();
                let entry = entry.split("</article>").next().unwrap_or_default();
                assert_eq!(entry.matches(said).count(), expected, "{table} in the report: {said}");
            }
        }
    }
}

#[test]
fn what_was_found_is_told_below_the_tables_concerned_and_a_small_count_is_not() {
    let evaluation = evaluation();
    let first = evaluation.ran();
    told(&evaluation, &MIN5);

    // The house has the numbers, and hears them again when nothing is stale.
    let again = evaluation.ran();
    assert!(again.contains("nothing is stale"), "{again}");
    for said in [
        "blank_form: no answer to any of the form's own questions",
        "item health: type:",
        "variable serious: ELSE gives a value to 13 rows",
    ] {
        assert!(first.contains(said), "{first}");
        assert!(again.contains(said), "{again}");
    }
    let explained = evaluation.explain(&[]).text;
    assert!(!explained.contains(": stale"), "{explained}");

    evaluation.edit(PIPELINE, "policy = \"min5\"", "policy = \"none\"");
    evaluation.ran();
    told(&evaluation, &OPEN);
}

/// A file in which nothing is found is told nothing of.
#[test]
fn the_first_evaluation_has_nothing_to_tell() {
    let evaluation = Evaluation::first_ran();
    for language in ["nb", "nn", "en"] {
        let report = evaluation.place().join(format!("release/report.{language}.html"));
        let report = fs::read_to_string(report).expect("it is released");
        for said in ["holdt utenfor", "regnet som manglende", "haldne utanfor", "are left out", "counted as missing"] {
            assert!(!report.contains(said), "{language}: {said}");
        }
    }
}
