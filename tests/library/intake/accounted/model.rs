//! What should become of each row, told plainly: row by row, then form by form.

use std::collections::BTreeMap;

use utfall::dictionary::Reason;
use utfall::plan::{Action, Ignore};

use super::cases::{BOXES, Case, Cell, DAYS, Kind, MENTAL, PLACE, Record, SCORE, SEEN, SEX, Table, Who};
use super::written::Written;

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Number(f64),
    Text(String),
}

/// A value, or the reason why it is missing.
pub type Answer = Result<Value, Reason>;

/// (respondent, place of the wave) → answers by item.
pub type Forms = BTreeMap<(String, usize), Vec<Answer>>;

/// What should become of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    pub read: u64,
    pub stored: u64,
    pub blank: u64,
    pub rejected: u64,
    pub merged: u64,
    /// Places of the records that are not stored.
    pub left_out: Vec<usize>,
}

struct Form {
    source: usize,
    file: usize,
    record: usize,
    sent: Cell,
    answers: Vec<Answer>,
}

enum Fate {
    NoRecord,
    Rejected,
    Blank,
    Form { id: String, wave: usize, answers: Vec<Answer> },
}

/// Every file's account in the order of the case, and the forms that are stored.
pub fn predict(case: &Case, written: Written) -> (Vec<Account>, Forms) {
    let mut accounts = Vec::new();
    let mut people: BTreeMap<(String, usize), Vec<Form>> = BTreeMap::new();
    for (file, (source, table)) in case.tables().enumerate() {
        let mut account = Account::default();
        for (record, row) in table.records.iter().enumerate() {
            let fate = fate(case, source, table, row, written);
            account.read += u64::from(!matches!(fate, Fate::NoRecord));
            match fate {
                Fate::NoRecord => continue,
                Fate::Rejected => account.rejected += 1,
                Fate::Blank => account.blank += 1,
                Fate::Form { id, wave, answers } => {
                    let form = Form { source, file, record, sent: row.sent.clone(), answers };
                    people.entry((id, wave)).or_default().push(form);
                    continue;
                }
            }
            account.left_out.push(record);
        }
        accounts.push(account);
    }
    let mut forms = Forms::new();
    for (whose, rows) in people {
        if let Some(form) = one_of(case, rows, &mut accounts) {
            accounts[form.file].stored += 1;
            forms.insert(whose, form.answers);
        }
    }
    accounts.iter_mut().for_each(|account| account.left_out.sort_unstable());
    (accounts, forms)
}

fn row_is_there(row: &Record, written: Written) -> bool {
    match row.kind {
        Kind::Void => false,
        Kind::Short | Kind::Long => written == Written::Csv,
        Kind::Row | Kind::Heading => true,
    }
}

fn fate(case: &Case, source: usize, table: &Table, row: &Record, written: Written) -> Fate {
    if !row_is_there(row, written) {
        return Fate::NoRecord;
    }
    if row.kind != Kind::Row {
        return Fate::Rejected;
    }
    let Some(id) = respondent(&row.who, &case.ignore) else { return Fate::Rejected };
    let may_be_blank = case.action("blank_form") != Some(Action::Report);
    let wave = match (case.sources[source].wave, &row.wave) {
        (Some(wave), _) => wave,
        (None, Cell::Whole(0)) => 0,
        (None, Cell::Whole(6)) => 1,
        // A row of no wave is blank where it has no answer either.
        _ => {
            let asked = row.answers.iter().enumerate().filter(|(item, _)| table.absent != Some(*item));
            let mut asked = asked.map(|(item, cell)| says(item, cell, &read(item, cell, case).0));
            return if may_be_blank && !asked.any(|says| says) { Fate::Blank } else { Fate::Rejected };
        }
    };
    let mut answers = Vec::new();
    let mut answered = false;
    for (item, cell) in row.answers.iter().enumerate() {
        if table.absent == Some(item) {
            answers.push(Err(Reason::NotAsked));
            continue;
        }
        let (answer, breach) = read(item, cell, case);
        answered |= says(item, cell, &answer);
        let answer = match breach.and_then(|check| case.action(check)) {
            Some(Action::Reject) => return Fate::Rejected,
            Some(Action::SetMissing) => Err(Reason::Invalid),
            _ => answer,
        };
        answers.push(answer);
    }
    match answered || !may_be_blank {
        true => Fate::Form { id, wave, answers },
        false => Fate::Blank,
    }
}

/// Whether an answer makes a row a form.
fn says(item: usize, cell: &Cell, answer: &Answer) -> bool {
    let says = match answer {
        // A code that the dictionary does not know says something too.
        Err(reason) => *reason == Reason::Invalid,
        Ok(value) => item < BOXES || *value != Value::Number(0.0),
    };
    // A sign for an empty field is a text, and no answer.
    let mark = matches!(cell, Cell::Mark(mark) if *mark != "-");
    // What is constant is no question of the form's own, nor is a day.
    item != SEX && item != SEEN && says && !mark
}

/// The id as the store has it; `None` where the row is nobody's.
fn respondent(who: &Who, ignore: &[Ignore]) -> Option<String> {
    let Who::Person { number, zeros, capital, decimals } = who else { return None };
    let zeros = *zeros && (!ignore.contains(&Ignore::LeadingZeros) || capital.is_some());
    let decimals = *decimals && (!ignore.contains(&Ignore::Decimals) || capital.is_some());
    let letter = match capital {
        Some(true) if !ignore.contains(&Ignore::Case) => "A",
        Some(_) => "a",
        None => "",
    };
    Some(format!("{letter}{}{number}{}", if zeros { "00" } else { "" }, if decimals { ".0" } else { "" }))
}

/// What a cell says of an item, and the check that finds fault with it. What is set missing in any case is [`Reason::Invalid`].
fn read(item: usize, cell: &Cell, case: &Case) -> (Answer, Option<&'static str>) {
    let blank = if item == DAYS { Reason::NotAsked } else { Reason::Blank };
    let number = |number: f64| Ok(Value::Number(number));
    let wrong = (Err(Reason::Invalid), Some("type"));
    match (item, cell) {
        (MENTAL, Cell::Empty) => (Err(blank), Some("required")),
        (_, Cell::Empty) => (Err(blank), None),
        (_, Cell::Mark("-")) if case.dash => (Err(blank), None),
        (PLACE, Cell::Mark(text)) => (Ok(Value::Text((*text).to_owned())), None),
        (_, Cell::Mark("-")) => wrong,
        (_, Cell::Mark(_)) => (Err(blank), None),
        (PLACE, Cell::Words(text)) => {
            (Ok(Value::Text((*text).to_owned())), text.contains('Ã').then_some("mojibake"))
        }
        (PLACE, Cell::Whole(whole)) => (Ok(Value::Text(whole.to_string())), None),
        (MENTAL, Cell::TagA | Cell::Unknown | Cell::Whole(9)) => (Err(Reason::Unknown), None),
        (MENTAL | SEX, Cell::Label(code, _)) => (number(*code as f64), None),
        (SCORE, Cell::Whole(99)) => (Err(Reason::Refused), None),
        (SCORE, Cell::Whole(whole)) => (number(*whole as f64), None),
        (SCORE, Cell::Quarters(quarters)) => (number(*quarters as f64 / 4.0), None),
        (SCORE, Cell::DayNumber(days)) => (number(f64::from(*days)), None),
        (SEEN, Cell::Day(days)) => (number(f64::from(*days)), None),
        // 25,569 days lie between the days from which Excel and the store count.
        (SEEN, Cell::DayNumber(days)) if case.excel => (number(f64::from(days - 25_569)), None),
        (SEEN, _) | (SCORE, _) => wrong,
        (DAYS, cell) => match whole(cell) {
            Some(days) if (0..=30).contains(&days) => (number(days as f64), None),
            Some(days) => (number(days as f64), Some("range")),
            None => wrong,
        },
        (_, cell) => match whole(cell) {
            Some(code) if listed(item).contains(&code) => (number(code as f64), None),
            Some(_) => (Err(Reason::Invalid), Some("unlisted_code")),
            None => wrong,
        },
    }
}

/// A whole number: quarters may be one.
fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(whole) => Some(*whole),
        Cell::Quarters(quarters) => (quarters % 4 == 0).then_some(quarters / 4),
        Cell::DayNumber(days) => Some(i64::from(*days)),
        _ => None,
    }
}

fn listed(item: usize) -> &'static [i64] {
    match item {
        MENTAL => &[1, 2, 3],
        SEX => &[1, 2],
        _ => &[0, 1],
    }
}

/// Which of the rows of one respondent at one wave is stored, if any: of a correction with the earlier answers where it has none.
fn one_of(case: &Case, rows: Vec<Form>, accounts: &mut [Account]) -> Option<Form> {
    let mut earlier: Vec<(usize, usize, usize, Vec<Answer>)> =
        rows.iter().map(|form| (form.source, form.file, form.record, form.answers.clone())).collect();
    earlier.sort_by_key(|(_, file, record, _)| (*file, *record));
    let mut stored = counting(case, rows, accounts)?;
    if case.sources[stored.source].updates {
        for (item, answer) in stored.answers.iter_mut().enumerate() {
            let blank = if item == DAYS { Reason::NotAsked } else { Reason::Blank };
            let says = |answer: &Answer| ![Err(blank), Err(Reason::NotAsked)].contains(answer);
            if says(answer) {
                continue;
            }
            let before = earlier.iter().rev().filter(|(source, ..)| *source < stored.source);
            if let Some(found) = before.map(|(.., answers)| &answers[item]).find(|answer| says(answer)) {
                answer.clone_from(found);
            }
        }
    }
    Some(stored)
}

/// Which of the rows counts, as it stands.
fn counting(case: &Case, mut rows: Vec<Form>, accounts: &mut [Account]) -> Option<Form> {
    let merged = |form: &Form, accounts: &mut [Account]| {
        accounts[form.file].merged += 1;
        accounts[form.file].left_out.push(form.record);
    };
    // The newest correction replaces all of earlier sources.
    let newest = rows.iter().map(|form| form.source).filter(|source| case.sources[*source].updates).max();
    if let Some(newest) = newest {
        let (left, replaced): (Vec<Form>, Vec<Form>) =
            rows.into_iter().partition(|form| form.source >= newest);
        replaced.iter().for_each(|form| merged(form, accounts));
        rows = left;
    }
    if let Some((last, by)) = case.keep {
        // Whether a row can be the first or last, then when it was sent, then its place.
        let order = |form: &Form| {
            let (told, day) = match form.sent {
                Cell::Day(day) if by => (true, day),
                _ => (false, 0),
            };
            (if last { told } else { !told }, day, form.file, form.record)
        };
        rows.sort_by_key(order);
        // Without a day in any row their order in the files is left; otherwise only rows that say the same may share the end.
        let days = by && rows.iter().any(|form| matches!(form.sent, Cell::Day(_)));
        let end = if last { rows.last() } else { rows.first() };
        let tells = end.is_some_and(|end| {
            let mut beside = rows.iter().filter(|form| form.sent == end.sent);
            !days || beside.all(|form| form.answers == end.answers)
        });
        if tells {
            let chosen = if last { rows.pop() } else { Some(rows.remove(0)) };
            rows.iter().for_each(|form| merged(form, accounts));
            return chosen;
        }
        rows.sort_by_key(|form| (form.file, form.record));
    }
    let mut different: Vec<Form> = Vec::new();
    for form in rows {
        match different.iter().any(|known| known.answers == form.answers) {
            true => merged(&form, accounts),
            false => different.push(form),
        }
    }
    if different.len() == 1 {
        return different.pop();
    }
    for form in &different {
        accounts[form.file].rejected += 1;
        accounts[form.file].left_out.push(form.record);
    }
    None
}
