//! How often sound studies are stopped by what looks doubtful in them, and how often unsound ones are not: simulated, fifty
//! studies of each kind.

use std::fmt::Write;

use utfall::dictionary;
use utfall::intake::IntakeError;
use utfall::plan::{Limits, OnFinding, Source, WaveOf};
use utfall::store::Buckets;

use crate::forms::{take_in, waves};

const STUDIES: u64 = 50;

/// A study of two waves: questions with four answers each, and the sex of the respondent.
#[derive(Clone, Copy)]
struct Study {
    persons: u64,
    questions: u64,
    /// The share of questions without an answer.
    unanswered: f64,
    /// The share of persons who are not seen again.
    lost: f64,
    /// Whether the dictionary says that sex is constant.
    declared: bool,
    /// The share of forms in which sex is typed wrongly.
    mistyped: f64,
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    /// Persons who are not seen again have a row with their sex in it.
    CarriedAlong,
    /// They have a row with the first question answered and nothing else.
    NeverOpened,
    /// The persons of the second wave were numbered anew.
    OtherPeople,
}

const SOUND: Study = Study {
    persons: 60,
    questions: 6,
    unanswered: 0.1,
    lost: 0.3,
    declared: true,
    mistyped: 0.0,
    fault: Fault::None,
};

/// Numbers between 0 and 1 that are the same in every run (SplitMix64, Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn is(&mut self, share: f64) -> bool {
        self.next() < share
    }
}

impl Study {
    fn dictionary(&self) -> String {
        let mut text = format!(
            "format = 1\n[instrument]\nid = \"form\"\ntitle = {{ en = \"Form\" }}\n[[item]]\nname = \"sex\"\nlabel = {{ en = \"Sex\" }}\ntype = \"binary\"\ncodes = [ {{ code = 0, en = \"Man\" }}, {{ code = 1, en = \"Woman\" }} ]\nconstant = {}\n",
            self.declared
        );
        for question in 1..=self.questions {
            write!(text, "[[item]]\nname = \"q{question}\"\nlabel = {{ en = \"Question {question}\" }}\ntype = \"integer\"\nrange = [1, 4]\n").unwrap();
        }
        text
    }

    fn file(&self, seed: u64) -> String {
        let mut chance = Chance(seed);
        let mut text = "id;wave;sex".to_owned();
        (1..=self.questions).for_each(|question| write!(text, ";q{question}").unwrap());
        let sexes: Vec<bool> = (0..self.persons).map(|_| chance.is(0.4)).collect();
        for wave in [0, 6] {
            for person in 0..self.persons {
                let lost = wave == 6 && chance.is(self.lost);
                let mut of = person;
                if wave == 6 && self.fault == Fault::OtherPeople {
                    of = (person + 7) % self.persons;
                }
                let sex = u8::from(sexes[of as usize] != chance.is(self.mistyped));
                match (lost, self.fault) {
                    (true, Fault::CarriedAlong) => {
                        write!(text, "\n{person};{wave};{sex}{}", ";".repeat(self.questions as usize))
                            .unwrap();
                        continue;
                    }
                    (true, Fault::NeverOpened) => {
                        let others = ";".repeat(self.questions as usize - 1);
                        write!(text, "\n{person};{wave};{sex};1{others}").unwrap();
                        continue;
                    }
                    (true, _) => continue,
                    _ => {}
                }
                write!(text, "\n{person};{wave};{sex}").unwrap();
                for _ in 0..self.questions {
                    match chance.is(self.unanswered) {
                        true => text.push(';'),
                        false => write!(text, ";{}", 1 + (chance.next() * 4.0) as u8).unwrap(),
                    }
                }
            }
        }
        text + "\n"
    }

    /// How many of the studies are stopped, each by one of the checks that stop a study which looks doubtful.
    fn stopped(&self, check: &str) -> u64 {
        let folder = tempfile::tempdir().unwrap();
        let dictionary = folder.path().join("form.toml");
        std::fs::write(&dictionary, self.dictionary()).unwrap();
        let instrument = dictionary::load(&dictionary).unwrap();
        let wave = WaveOf::Column {
            column: "wave".into(),
            values: vec![("0".into(), "w1".into()), ("6".into(), "w2".into())],
        };
        let mut source = Source::new("form", "form", wave, "k.csv", "id");
        source.format.delimiter = ';';
        let on_finding = OnFinding { actions: Vec::new(), limits: Limits { unread: 1.0, unlinked: 1.0 } };
        let mut stopped = 0;
        for seed in 0..STUDIES {
            let path = folder.path().join("k.csv");
            std::fs::write(&path, self.file(seed)).unwrap();
            let taken = take_in(
                &instrument,
                &[(&source, vec![path])],
                &on_finding,
                &waves(&["w1", "w2"]),
                Buckets::BySize,
            );
            match taken {
                Ok(_) => {}
                Err(IntakeError::Refused { findings }) => {
                    let by = findings.iter().map(|finding| finding.check);
                    assert!(by.clone().any(|by| by == check), "{:?}", by.collect::<Vec<_>>());
                    stopped += 1;
                }
                Err(error) => panic!("{error}"),
            }
        }
        stopped
    }
}

#[test]
fn sound_studies_are_not_stopped() {
    let undeclared = Study { declared: false, ..SOUND };
    for study in [
        SOUND,
        Study { unanswered: 0.4, ..SOUND },
        Study { persons: 300, unanswered: 0.4, ..SOUND },
        undeclared,
        Study { unanswered: 0.3, ..undeclared },
        Study { persons: 300, unanswered: 0.3, ..undeclared },
        // Half of three questions unanswered: an eighth of the forms answer one certain question, and no more answer all.
        Study { questions: 3, unanswered: 0.5, ..SOUND },
        // One form in fifty with the wrong sex.
        Study { mistyped: 0.02, ..SOUND },
        Study { persons: 300, mistyped: 0.02, ..SOUND },
    ] {
        assert_eq!(study.stopped(""), 0);
    }
}

#[test]
fn studies_with_rows_that_are_no_forms_are_stopped() {
    for persons in [40, 300] {
        let study = Study { persons, declared: false, ..SOUND };
        assert_eq!(Study { fault: Fault::CarriedAlong, ..study }.stopped("carried_along"), STUDIES);
        let study = Study { persons, ..SOUND };
        assert_eq!(Study { fault: Fault::NeverOpened, ..study }.stopped("sparse_forms"), STUDIES);
        assert_eq!(Study { fault: Fault::OtherPeople, ..study }.stopped("other_people"), STUDIES);
    }
}
