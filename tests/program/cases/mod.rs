//! Files as researchers bring them, through the built program: what is counted is true, or the run stops and says what to do.
//! Each kind of fault has a test with inputs of its own.

mod dates;
mod doubtful;
mod forms;
mod identity;
mod messages;
mod reading;
mod shapes;

use crate::common::Evaluation;

/// A service that stays the same, three answers of each type, and nothing else.
const ITEMS: &str = r#"
[[item]]
name = "site"
label = { nb = "Sted" }
type = "nominal"
codes = [ { code = 1, nb = "Oslo" }, { code = 2, nb = "Bodø" } ]
constant = true
[[item]]
name = "health"
label = { nb = "Helse" }
type = "ordinal"
better = "lower"
codes = [
    { code = 1, nb = "Ikke noe", nn = "Ikkje noko", en = "Nothing" },
    { code = 2, nb = "Noe", nn = "Noko", en = "Something" },
    { code = 3, nb = "Mye", nn = "Mykje", en = "Much" },
]
missing = [ { code = 9, reason = "unknown", nb = "Vet ikke" } ]
[[item]]
name = "days"
label = { nb = "Dager" }
type = "integer"
range = [0, 30]
better = "lower"
[[item]]
name = "score"
label = { nb = "Skår" }
type = "decimal"
better = "lower"
"#;

const HEADING: &str = "id;site;health;days;score";

const REST: &str = r#"
[cohort.all]
instrument = "form"
label = { nb = "Alle" }
[change.c]
cohort = "all"
label = { nb = "Endring" }
variables = ["health", "days"]
from = "t0"
to = "*"
[table.T1]
from = ["followup.all"]
layout = "followup"
[table.T2]
from = ["change.c"]
layout = "change"
[disclosure]
policy = "none"
"#;

/// An evaluation with two waves, t0 and t6, to be filled with files.
struct Case {
    items: String,
    waves: String,
    sources: String,
    /// Stands before the cohort.
    more: String,
    files: Vec<(String, Vec<u8>)>,
}

/// One with semicolons between the fields of `t0.csv` and `t6.csv`.
fn two_files(t0: &str, t6: &str) -> Case {
    Case::new().source("t0", "").source("t6", "").file("t0.csv", t0).file("t6.csv", t6)
}

impl Case {
    fn new() -> Case {
        let waves = [("t0", 0), ("t6", 6)];
        let wave = |(id, month): (&str, i32)| {
            format!("[[wave]]\nid = \"{id}\"\nmonth = {month}\nlabel = {{ nb = \"{id}\" }}\n")
        };
        Case {
            items: ITEMS.to_owned(),
            waves: waves.map(wave).concat(),
            sources: String::new(),
            more: String::new(),
            files: Vec::new(),
        }
    }

    fn items(self, items: &str) -> Case {
        Case { items: items.to_owned(), ..self }
    }

    fn more_items(mut self, items: &str) -> Case {
        self.items += items;
        self
    }

    /// Without the item that is the same at all waves.
    fn without_site(mut self) -> Case {
        let end = self.items.find("[[item]]\nname = \"health\"").unwrap();
        self.items.replace_range(..end, "");
        self
    }

    /// The months of the second wave.
    fn window(mut self, from: i32, to: i32) -> Case {
        self.waves = self.waves.replace("month = 6\n", &format!("month = 6\nwindow = [{from}, {to}]\n"));
        self
    }

    /// A source of `data/<wave>.csv`; `more` are further keys.
    fn source(self, wave: &str, more: &str) -> Case {
        self.source_of(&format!("wave = \"{wave}\"\nfile = \"data/{wave}.csv\""), more)
    }

    /// A source with other keys of its own; its id is `id` and its fields are separated by semicolons, unless `more` says.
    fn source_of(mut self, keys: &str, more: &str) -> Case {
        let usual = [("respondent", "\"id\""), ("format", "{ delimiter = \";\" }")];
        let usual: String = usual
            .iter()
            .filter(|(key, _)| !format!("\n{keys}\n{more}").contains(&format!("\n{key} = ")))
            .map(|(key, value)| format!("{key} = {value}\n"))
            .collect();
        self.sources += &format!("[[source]]\ninstrument = \"form\"\n{keys}\n{usual}{more}\n");
        self
    }

    fn file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Case {
        self.files.push((name.to_owned(), bytes.as_ref().to_vec()));
        self
    }

    /// More of the pipeline.
    fn with(mut self, more: &str) -> Case {
        self.more += more;
        self
    }

    fn evaluation(&self) -> Evaluation {
        let evaluation = Evaluation::first();
        std::fs::remove_dir_all(evaluation.file("data")).unwrap();
        let title = "title = { nb = \"Prøve\" }";
        evaluation.write(
            "dictionary.toml",
            format!("format = 1\n[instrument]\nid = \"form\"\n{title}\n{}", self.items),
        );
        let Case { waves, sources, more, .. } = self;
        evaluation.write(
            "pipeline.toml",
            format!(
                "format = 1\nid = \"first\"\n{title}\nlanguages = [\"nb\"]\ndictionaries = [\"dictionary.toml\"]\n{waves}{sources}{more}{REST}"
            ),
        );
        for (name, bytes) in &self.files {
            let path = evaluation.file("data").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        evaluation
    }

    /// Runs it to its end.
    fn runs(&self) -> Ran {
        let evaluation = self.evaluation();
        let text = evaluation.ran();
        Ran::of(&evaluation, text)
    }

    /// That `check` and `run` end with `code` and say `phrases`, and no respondent's id.
    fn stops(&self, code: i32, phrases: &[&str]) {
        let evaluation = self.evaluation();
        for said in [evaluation.check(), evaluation.run(&[])] {
            assert_eq!(said.code, code, "{}", said.text);
            says(&said.text, phrases);
        }
        assert!(!evaluation.place().exists(), "a run that stops leaves no output");
    }
}

fn says(text: &str, phrases: &[&str]) {
    for phrase in phrases {
        assert!(text.contains(phrase), "no {phrase:?} in:\n{text}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

/// What a run gave.
struct Ran {
    text: String,
    record: serde_json::Value,
    /// Analysis, variable, term, statistic, value.
    estimates: Vec<[String; 5]>,
    rejected: String,
}

impl Ran {
    fn of(evaluation: &Evaluation, text: String) -> Ran {
        let read = |name: &str| std::fs::read_to_string(evaluation.place().join(name)).unwrap();
        let estimates = read("release/estimates.csv");
        let mut reader = csv::Reader::from_reader(estimates.as_bytes());
        let heading = reader.headers().unwrap().clone();
        let at = ["analysis", "variable", "term", "statistic", "value"]
            .map(|name| heading.iter().position(|column| column == name).unwrap());
        let estimates = reader.records().map(|row| row.unwrap()).map(|row| at.map(|at| row[at].to_owned()));
        Ran {
            text,
            record: serde_json::from_str(&read("run.json")).unwrap(),
            estimates: estimates.collect(),
            rejected: read("restricted/rejected.csv"),
        }
    }

    /// Rows read, stored, blank, rejected and merged, over all files; they add up in each.
    fn rows(&self) -> [u64; 5] {
        let mut sum = [0; 5];
        for source in self.record["sources"].as_array().unwrap() {
            let rows = ["read", "stored", "blank", "rejected", "merged"]
                .map(|what| source[format!("rows_{what}")].as_u64().unwrap());
            assert_eq!(rows[0], rows[1..].iter().sum::<u64>(), "{source}");
            sum.iter_mut().zip(rows).for_each(|(sum, rows)| *sum += rows);
        }
        sum
    }

    /// How many of the cohort were seen at a wave.
    fn seen(&self, wave: &str) -> f64 {
        self.estimate("followup.all", wave, "", "seen")
    }

    fn members(&self) -> f64 {
        self.estimate("followup.all", "", "", "members")
    }

    /// A figure of the change from t0 to t6.
    fn change(&self, variable: &str, statistic: &str) -> f64 {
        self.estimate("change.c", &format!("{variable}@t0>t6"), "", statistic)
    }

    /// How many went from one answer to another.
    fn transition(&self, variable: &str, from_to: &str) -> f64 {
        self.estimate("change.c", &format!("{variable}@t0>t6"), from_to, "transition")
    }

    fn estimate(&self, analysis: &str, variable: &str, term: &str, statistic: &str) -> f64 {
        let wanted = [analysis, variable, term, statistic];
        let found = self.estimates.iter().find(|row| row[..4] == wanted.map(str::to_owned));
        let value = found.map(|row| row[4].parse::<f64>());
        value.unwrap_or_else(|| panic!("no {wanted:?}")).unwrap()
    }

    /// That the terminal and `run.json` tell of a finding.
    fn tells(&self, phrases: &[&str]) -> &Ran {
        says(&self.text, phrases);
        let sources = &self.record["sources"];
        let findings: Vec<&str> = sources
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|source| source["findings"].as_array().unwrap())
            .map(|finding| finding.as_str().unwrap())
            .collect();
        for phrase in phrases {
            assert!(findings.iter().any(|finding| finding.contains(phrase)), "no {phrase:?} in {findings:?}");
        }
        self
    }

    /// That nothing was found in the files.
    fn is_clean(&self) {
        for source in self.record["sources"].as_array().unwrap() {
            assert_eq!(source["findings"].as_array().unwrap().len(), 0, "{source}");
        }
    }
}

/// `heading`, and a row for each of `people`.
fn table(heading: &str, people: impl IntoIterator<Item = u32>, row: impl Fn(u32) -> String) -> String {
    let rows = people.into_iter().map(|person| row(person) + "\n");
    format!("{heading}\n{}", rows.collect::<String>())
}

/// Forms of `people` with the usual heading: everybody in Oslo, some trouble, three days.
fn forms(people: impl IntoIterator<Item = u32>) -> String {
    table(HEADING, people, |person| format!("{person};1;2;3;4.5"))
}

#[test]
fn a_file_without_a_fault_gives_what_stands_in_it() {
    let t6 = table(HEADING, 1..=8, |person| format!("{person};1;1;5;4.5"));
    let ran = two_files(&forms(1..=10), &t6).runs();
    ran.is_clean();
    assert_eq!(ran.rows(), [18, 18, 0, 0, 0]);
    assert_eq!((ran.members(), ran.seen("t0"), ran.seen("t6")), (10.0, 10.0, 8.0));
    assert_eq!((ran.change("health", "improved"), ran.change("days", "mean_change")), (8.0, 2.0));
}
