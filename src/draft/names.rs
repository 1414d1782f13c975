//! Column names that say what the column is.

/// Names of columns with the respondent's id, letters and digits only, the likeliest first.
const IDS: &[&str] = &[
    "respondent",
    "respondentid",
    "respid",
    "recordid",
    "bruker",
    "brukerid",
    "brukernr",
    "subject",
    "subjectid",
    "subjid",
    "subj",
    "pid",
    "participant",
    "participantid",
    "deltaker",
    "deltakerid",
    "pasient",
    "pasientid",
    "pasientnr",
    "patient",
    "patientid",
    "person",
    "personid",
    "idnum",
    "idno",
    "idnr",
    "id",
    "lopenr",
    "løpenr",
    "lopenummer",
    "løpenummer",
    "studyid",
    "caseid",
    "case",
    "client",
    "clientid",
    "klient",
    "klientid",
    "fnr",
    "fodselsnummer",
    "fødselsnummer",
    "child",
    "childid",
    "pasientnummer",
    "brukernummer",
    "deltakernr",
    "deltakernummer",
    "deltagernr",
    "klientnr",
    "klientnummer",
    "respondentnr",
    "respondentno",
    "respondentnummer",
    "patientno",
    "patientnr",
    "patientnumber",
    "participantno",
    "participantnumber",
    "clientno",
    "clientnumber",
    "idnummer",
    "idnumber",
];

/// Names of columns that tell the wave, the likeliest first.
const WAVES: &[&str] = &[
    "redcapeventname",
    "wave",
    "bølge",
    "bolge",
    "timepoint",
    "tidspunkt",
    "måletidspunkt",
    "time",
    "tid",
    "event",
    "visit",
    "runde",
    "round",
    "måling",
    "maling",
    "month",
    "months",
    "måned",
    "mnd",
    "week",
    "uke",
    "occasion",
    "measurement",
    "assessment",
    "period",
    "periode",
    "phase",
    "fase",
    "t",
    "year",
    "år",
    "day",
    "days",
    "dag",
];

/// Names of columns in which files number their rows.
const ROWS: &[&str] =
    &["x", "rownames", "rowname", "rowid", "row", "index", "unnamed0", "1", "obs", "no", "nr", "lnr"];

fn plain(name: &str) -> String {
    name.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// How well a name says that the column is an id: lower is better.
pub fn id_rank(name: &str) -> Option<u32> {
    let letters = plain(name);
    if let Some(place) = IDS.iter().position(|known| *known == letters) {
        return Some(place as u32);
    }
    let lower = name.to_lowercase();
    let ends = ["_id", ".id", " id", "-id", "_nr", "_no"].iter().any(|end| lower.ends_with(end))
        || name.ends_with("Id")
        || name.ends_with("ID");
    let begins = ["id_", "id.", "id "].iter().any(|start| lower.starts_with(start));
    (ends || begins).then_some(100)
}

/// How well a name says that the column tells the wave: lower is better.
pub fn wave_rank(name: &str) -> Option<u32> {
    let letters = plain(name);
    let known = WAVES.iter().position(|known| *known == letters);
    // `wave_nr`, `visit.month`
    let part = || {
        name.to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| word.len() > 2 && WAVES.contains(&word))
    };
    known.map(|place| place as u32).or_else(|| part().then_some(60))
}

pub fn is_row_number(name: &str) -> bool {
    ROWS.contains(&plain(name).as_str())
}

/// What a number is that is no answer to a question of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Age,
    /// A code of a municipality or the like, or the year of birth.
    Place,
    Id,
}

const PLACES: &[&str] = &[
    "kommune",
    "komnr",
    "kommunenr",
    "kommunenummer",
    "municipality",
    "fylke",
    "fylkesnr",
    "fylkesnummer",
    "county",
    "bydel",
    "bydelsnr",
    "postnr",
    "postnummer",
    "zip",
    "zipcode",
    "fødselsår",
    "fodselsar",
    "fodselsaar",
    "birthyear",
    "yob",
];

/// What a name or a short label says that the column is, where that is no question.
pub fn about(name: &str, label: Option<&str>) -> Option<About> {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        lower
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (name_words, label_words) = (words(name), label.map(words).unwrap_or_default());
    let says = |known: &[&str], longest: usize| {
        let has = |words: &[String]| words.iter().any(|word| known.contains(&word.as_str()));
        has(&name_words) || label_words.len() <= longest && has(&label_words)
    };
    match () {
        // A longer label is a question that mentions an age.
        _ if says(&["age", "alder"], 5) => Some(About::Age),
        _ if says(PLACES, 2) => Some(About::Place),
        _ if id_rank(name).is_some() => Some(About::Id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_no_question() {
        assert_eq!(about("Alder", Some("Alder ved intervju (år)")), Some(About::Age));
        assert_eq!(about("v12", Some("Age at interview")), Some(About::Age));
        assert_eq!(about("v13", Some("Compared with others of your age, how is your health?")), None);
        assert_eq!(about("Komnr", None), Some(About::Place));
        assert_eq!(about("v14", Some("Har kommunen gitt deg hjelp?")), None);
        assert_eq!(about("sak_id", None), Some(About::Id));
        assert_eq!(about("language", Some("Language")), None);
    }

    #[test]
    fn names_say_what_columns_are() {
        assert!(id_rank("Respondent ID").is_some());
        assert!(id_rank("pat_id").is_some());
        assert_eq!(id_rank("paid"), None);
        assert!(wave_rank("redcap_event_name") < wave_rank("time"));
        assert!(wave_rank("visit_no").is_some());
        assert_eq!(wave_rank("lifetime"), None);
        assert!(is_row_number("Unnamed: 0"));
    }
}
