//! What was found in the files and touches numbers is told where the numbers are read: among the report's reservations and below the
//! tables concerned, in each language, and no more exactly than the disclosure policy allows.

use std::fs;

use crate::common::Evaluation;
use crate::common::ids::without_ids;

const PIPELINE: &str = "pipeline.toml";
const BEFORE: &str = "data/before.csv";
const AFTER: &str = "data/after.csv";

/// The tables of `pipelines/first`, and one that nothing concerns.
const TABLES: [&str; 5] = ["T1", "T2", "T3", "T4", "T5"];

/// The first evaluation with three answers on health before that cannot be read, two forms after without an answer, and a rule
/// whose ELSE is taken by whoever lacks an answer on health: these three, and four "Don't know" (two before, two after, one of them of the three).
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

/// Seven are more than four; "about 10" would be told where no released count is near: here 16 lack an answer after.
const MIN5: [Sentence; 3] = [
    Sentence {
        said: [
            "Etter seks måneder: færre enn 5 skjemaer som er tomme, eller ikke fyller kravet til et skjema, er ikke regnet med.",
            "Etter seks månader: færre enn 5 skjema som er tomme, eller ikkje fyller kravet til eit skjema, er ikkje rekna med.",
            "After six months: fewer than 5 forms that are empty, or not what counts as a form here, are not counted.",
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
            "Personer eller skjemaer som mangler svar, har likevel fått en verdi av regelen for «Alvorlig helseproblem» (noen).",
            "Personar eller skjema som manglar svar, har likevel fått ein verdi av regelen for «Alvorleg helseproblem» (nokre).",
            "Persons or forms that lack an answer were given a value all the same by the rule for “Serious health problem” (some).",
        ],
        tables: &["T3", "T4"],
    },
];

const OPEN: [Sentence; 3] = [
    Sentence {
        said: [
            "Etter seks måneder: 2 skjemaer som er tomme, eller ikke fyller kravet til et skjema, er ikke regnet med.",
            "Etter seks månader: 2 skjema som er tomme, eller ikkje fyller kravet til eit skjema, er ikkje rekna med.",
            "After six months: 2 forms that are empty, or not what counts as a form here, are not counted.",
        ],
        tables: &["T1", "T3", "T4"],
    },
    Sentence {
        said: [
            "Før: svar som ikke kunne leses eller ikke er tillatt, er regnet som manglende: «Helse» (3 av 118, 2,5\u{a0}%).",
            "Før: svar som ikkje kunne lesast eller ikkje er tillatne, er rekna som manglande: «Helse» (3 av 118, 2,5\u{a0}%).",
            "Before: answers that could not be read or are not allowed are counted as missing: “Health” (3 of 118, 2.5%).",
        ],
        tables: &["T2", "T3", "T4"],
    },
    Sentence {
        said: [
            "Personer eller skjemaer som mangler svar, har likevel fått en verdi av regelen for «Alvorlig helseproblem» (7).",
            "Personar eller skjema som manglar svar, har likevel fått ein verdi av regelen for «Alvorleg helseproblem» (7).",
            "Persons or forms that lack an answer were given a value all the same by the rule for “Serious health problem” (7).",
        ],
        tables: &["T3", "T4"],
    },
];

fn told(evaluation: &Evaluation, sentences: &[Sentence]) {
    for (place, language) in ["nb", "nn", "en"].into_iter().enumerate() {
        let file = |name: &str| fs::read_to_string(evaluation.place().join(name)).expect("it is released");
        let report = without_ids(&file(&format!("release/report.{language}.html")));
        let section = report.split("<section id=\"conditions\"").nth(1).expect("there are reservations");
        let section = section.split("</section>").next().unwrap_or_default();
        for Sentence { said, tables } in sentences {
            let said = said[place];
            assert_eq!(section.matches(said).count(), 1, "{said}\n{section}");
            for table in TABLES {
                let expected = usize::from(tables.contains(&table));
                let text = file(&format!("release/tables/{table}.{language}.md"));
                assert_eq!(text.matches(said).count(), expected, "{table}: {said}\n{text}");
                let entry = report.split(&format!("id=\"t-{table}\"")).nth(1).unwrap_or_default();
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
        "variable serious: ELSE gives a value to 7 rows",
    ] {
        assert!(first.contains(said), "{first}");
        assert!(again.contains(said), "{again}");
    }
    let explained = evaluation.explain(&[]).text;
    assert!(!explained.contains(": stale"), "{explained}");

    evaluation.edit(PIPELINE, "policy = \"min5\"", "policy = \"none\"");
    evaluation.ran();
    told(&evaluation, &OPEN);

    // A blank form more changes no number, and is told all the same.
    evaluation.append(AFTER, "X003;1;30;;;\n");
    let once_more = evaluation.ran();
    assert!(!once_more.contains("change.problems:"), "{once_more}");
    let table =
        fs::read_to_string(evaluation.place().join("release/tables/T3.en.md")).expect("it is released");
    assert!(
        table.contains(
            "After six months: 3 forms that are empty, or not what counts as a form here, are not counted."
        ),
        "{table}"
    );
}

const ROWS: [Sentence; 5] = [
    Sentence {
        said: [
            "Etter seks måneder: én rad med de samme svarene som en annen med samme id er slått sammen med den.",
            "Etter seks månader: éi rad med dei same svara som ei anna med same id er slegen saman med henne.",
            "After six months: one row with the same answers as another with the same id is merged with it.",
        ],
        tables: &["T1", "T3", "T4"],
    },
    Sentence {
        said: [
            "Før: 2 rader uten id er holdt utenfor.",
            "Før: 2 rader utan id er haldne utanfor.",
            "Before: 2 rows without an id are left out.",
        ],
        tables: &TABLES,
    },
    Sentence {
        said: [
            "Etter seks måneder: ett skjema har en id som bare i skrivemåten skiller seg fra en id ved den første målingen, og er ikke koblet til den.",
            "Etter seks månader: eitt skjema har ein id som berre i skrivemåten skil seg frå ein id ved den første målinga, og er ikkje kopla til han.",
            "After six months: one form has an id that differs from an id at the first wave only in how it is written, and is not linked to it.",
        ],
        tables: &["T1", "T3", "T4"],
    },
    Sentence {
        said: [
            "Etter seks måneder: ett skjema er ikke regnet med fordi det ikke finnes noe skjema med samme id ved den første målingen.",
            "Etter seks månader: eitt skjema er ikkje rekna med fordi det ikkje finst noko skjema med same id ved den første målinga.",
            "After six months: one form is not counted because there is no form with the same id at the first wave.",
        ],
        tables: &["T1", "T3", "T4"],
    },
    Sentence {
        said: [
            "Flere koder har samme navn, og vises hver for seg: «Kjønn».",
            "Fleire kodar har same namn, og er viste kvar for seg: «Kjønn».",
            "Several codes have the same name and are shown separately: “Sex”.",
        ],
        tables: &["T2", "T4"],
    },
];

/// Rows that are left out or merged, ids that are not known at the first wave, and two codes of one name.
#[test]
fn rows_and_ids_and_labels_are_told() {
    let evaluation = evaluation();
    evaluation.edit(PIPELINE, "policy = \"min5\"", "policy = \"none\"");
    evaluation.edit("dictionary.toml", "nb = \"Kvinne\"", "nb = \"Mann\"");
    let text = evaluation.read(AFTER);
    let row = text.lines().find(|row| row.starts_with("P005")).expect("the person has a form");
    // P006 has no form after.
    evaluation.append(AFTER, &format!("{row}\np006;1;46;2;2;20\n"));
    evaluation.append(BEFORE, ";1;30;2;2;5\n;2;31;2;2;5\n");
    evaluation.ran();
    told(&evaluation, &ROWS);
}

/// A file in which nothing is found is told nothing of.
#[test]
fn the_first_evaluation_has_nothing_to_tell() {
    let evaluation = Evaluation::first_ran();
    for language in ["nb", "nn", "en"] {
        let report = evaluation.place().join(format!("release/report.{language}.html"));
        let report = fs::read_to_string(report).expect("it is released");
        for said in
            ["holdt utenfor", "regnet som manglende", "haldne utanfor", "are left out", "counted as missing"]
        {
            assert!(!report.contains(said), "{language}: {said}");
        }
    }
}
