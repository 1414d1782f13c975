//! Dirty tables by chance: what stands in each cell is known, however a format writes it.

use utfall::plan::{Action, Ignore};

use super::dice::Dice;

/// The instrument's items, by place.
pub const MENTAL: usize = 0;
pub const SEX: usize = 1;
pub const DAYS: usize = 2;
pub const SCORE: usize = 3;
pub const SEEN: usize = 4;
pub const PLACE: usize = 5;
/// From here on, boxes to be ticked.
pub const BOXES: usize = 6;
pub const ITEMS: [&str; 8] = ["mental", "sex", "days", "score", "seen", "place", "help_1", "help_2"];
pub const COLUMNS: [&str; 8] = ["mental", "sex", "days", "score", "seen", "place", "help___1", "help___2"];

pub const DICTIONARY: &str = r#"
format = 1
[instrument]
id = "dirty"
title = { en = "Dirty" }
[[item]]
name = "mental"
label = { en = "Mental health" }
type = "ordinal"
codes = [ { code = 1, en = "None", nb = "Ikke noe" }, { code = 2, en = "Some", nb = "Noe" }, { code = 3, en = "Much", nb = "Mye" } ]
missing = [ { code = 9, reason = "unknown", written = ["vet ikke", ".a"] } ]
better = "lower"
required = true
[[item]]
name = "sex"
label = { en = "Sex" }
type = "binary"
codes = [ { code = 1, en = "Man" }, { code = 2, en = "Woman" } ]
constant = true
[[item]]
name = "days"
label = { en = "Days of drinking" }
type = "integer"
range = [0, 30]
blank = "not_asked"
[[item]]
name = "score"
label = { en = "Sum score" }
type = "decimal"
missing = [ { code = 99, reason = "refused" } ]
[[item]]
name = "seen"
label = { en = "Day of the interview" }
type = "date"
[[item]]
name = "place"
label = { en = "Place of living" }
type = "text"
[[item]]
name = "help_1"
column = "help___1"
label = { en = "Help from a doctor" }
type = "binary"
codes = [ { code = 0, en = "Unchecked" }, { code = 1, en = "Checked" } ]
[[item]]
name = "help_2"
column = "help___2"
label = { en = "Help from friends" }
type = "binary"
codes = [ { code = 0, en = "Unchecked" }, { code = 1, en = "Checked" } ]
"#;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Whole(i64),
    /// So many quarters: decimals that a double holds exactly.
    Quarters(i64),
    /// Days since 1970-01-01.
    Day(i32),
    /// A day as Excel counts it.
    DayNumber(i32),
    /// A code by its label.
    Label(i64, &'static str),
    Words(&'static str),
    /// A sign for an empty field.
    Mark(&'static str),
    /// `.a`, which the dictionary knows as unknown: Stata's tag where the column is one of numbers.
    TagA,
    /// Unknown by the file's own word (`.b` in Stata), or by one of the dictionary's in other formats.
    Unknown,
    /// A formula's error.
    Error,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    Person {
        number: u32,
        /// `007` for `7`.
        zeros: bool,
        /// `A7` or `a7` for `7`.
        capital: Option<bool>,
        /// `7.0` for `7`.
        decimals: bool,
    },
    Nobody(Cell),
    Total(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Row,
    /// Question texts below the heading.
    Heading,
    /// With a field too few or too many: of delimited text alone.
    Short,
    Long,
    /// An empty line of a text, an empty row of a sheet: no record.
    Void,
}

#[derive(Debug, Clone)]
pub struct Record {
    pub kind: Kind,
    pub who: Who,
    pub wave: Cell,
    pub sent: Cell,
    pub answers: Vec<Cell>,
    /// How it is written where there are several ways.
    pub dress: u64,
}

#[derive(Debug, Clone)]
pub struct Table {
    pub name: String,
    /// An item that has no column.
    pub absent: Option<usize>,
    /// For the order of columns and the ways of writing.
    pub dress: u64,
    pub records: Vec<Record>,
}

#[derive(Debug, Clone)]
pub struct Source {
    pub id: String,
    /// The place of the wave of all its rows, if it has one.
    pub wave: Option<usize>,
    pub updates: bool,
    pub tables: Vec<Table>,
}

/// Files and what the pipeline says of them.
#[derive(Debug, Clone)]
pub struct Case {
    pub sources: Vec<Source>,
    pub on: Vec<(&'static str, Action)>,
    /// Whether the last counts, and whether by the column `sent`.
    pub keep: Option<(bool, bool)>,
    pub ignore: Vec<Ignore>,
    /// Whether `-` is declared to be missing.
    pub dash: bool,
    /// Whether days as Excel counts them are declared.
    pub excel: bool,
}

impl Case {
    pub fn action(&self, check: &str) -> Option<Action> {
        self.on.iter().find(|(id, _)| *id == check).map(|(_, action)| *action)
    }

    pub fn tables(&self) -> impl Iterator<Item = (usize, &Table)> {
        self.sources
            .iter()
            .enumerate()
            .flat_map(|(of, source)| source.tables.iter().map(move |table| (of, table)))
    }
}

pub fn case(seed: u64) -> Case {
    let mut dice = Dice::new(seed);
    let set_missing = [Action::SetMissing, Action::SetMissing, Action::Reject];
    let on = vec![
        ("ragged_row", Action::Reject),
        ("unknown_wave", Action::Reject),
        ("duplicate_respondent", Action::Reject),
        ("no_rows", Action::Report),
        ("column_absent", Action::Report),
        ("nothing_corrected", Action::Report),
        ("type", dice.of(&set_missing)),
        ("unlisted_code", dice.of(&set_missing)),
        ("range", dice.of(&[Action::SetMissing, Action::Reject, Action::Report])),
        ("mojibake", dice.of(&[Action::SetMissing, Action::Reject, Action::Report])),
        ("required", dice.of(&[Action::Report, Action::Report, Action::Reject])),
        ("blank_form", dice.of(&[Action::Reject, Action::Reject, Action::Report])),
    ];
    let keep = dice.one_in(3).then(|| (dice.one_in(2), dice.one_in(2)));
    let all = Ignore::ALL;
    let ignore = all.into_iter().filter(|_| dice.one_in(3)).collect();
    let mut case =
        Case { sources: Vec::new(), on, keep, ignore, dash: dice.one_in(2), excel: dice.one_in(2) };
    // Whether ids are plain numbers all over.
    let plain = dice.one_in(3);
    let sources = 1 + dice.below(3);
    let mut earlier: Vec<Record> = Vec::new();
    for of in 0..sources {
        let tables = (0..1 + dice.below(2)).map(|place| {
            let name = format!("{of}-{place}");
            table(&mut dice, name, plain, &mut earlier)
        });
        let tables = tables.collect();
        let wave = dice.one_in(4).then(|| dice.below(2));
        let updates = of > 0 && dice.one_in(3);
        case.sources.push(Source { id: format!("dirty{of}"), wave, updates, tables });
    }
    case
}

fn table(dice: &mut Dice, name: String, plain: bool, earlier: &mut Vec<Record>) -> Table {
    let rows = if dice.one_in(20) { 0 } else { 1 + dice.below(25) };
    let mut records: Vec<Record> = Vec::new();
    if dice.one_in(4) {
        for _ in 0..1 + dice.below(2) {
            records.push(Record { kind: Kind::Heading, ..row(dice, true) });
        }
    }
    for _ in 0..rows {
        let mut next = match earlier.is_empty() || !dice.one_in(5) {
            true => row(dice, plain),
            // The same once more, perhaps with another answer.
            false => {
                let mut same = dice.of(earlier);
                if dice.one_in(2) {
                    let item = dice.below(ITEMS.len());
                    same.answers[item] = answer(dice, item);
                }
                same.sent = sent(dice);
                same.dress = dice.number();
                same
            }
        };
        if dice.one_in(6) {
            blank(dice, &mut next);
        }
        match dice.below(40) {
            0 => next.who = Who::Total(dice.of(&["Total", "Sum:", "I alt"])),
            1 => {
                next.who =
                    Who::Nobody(dice.of(&[Cell::Empty, Cell::Mark("NA"), Cell::Mark("."), Cell::Error]))
            }
            2 => next.wave = dice.of(&[Cell::Empty, Cell::Whole(12), Cell::Words("x"), Cell::Mark("NA")]),
            3 => next.kind = dice.of(&[Kind::Short, Kind::Long]),
            4 => next.kind = Kind::Void,
            _ => earlier.push(next.clone()),
        }
        // A row of a sheet without any cell is none.
        if next.who == Who::Nobody(Cell::Empty) {
            next.wave = Cell::Whole(0);
        }
        records.push(next);
    }
    let first = records.iter_mut().filter(|record| record.kind != Kind::Heading).take(4);
    first.for_each(|record| one_word_only(&mut record.answers));
    if dice.one_in(2) {
        records.retain(|record| record.kind != Kind::Heading);
        let day_numbers = dice.one_in(3);
        records.iter_mut().for_each(|record| without_words(record, day_numbers));
    }
    let absent = dice.one_in(6).then(|| dice.of(&[DAYS, SCORE, PLACE]));
    Table { name, absent, dress: dice.number(), records }
}

/// A row that is words all over below the heading would be a second heading.
fn one_word_only(answers: &mut [Cell]) {
    let mut words = 0;
    for (item, answer) in answers.iter_mut().enumerate().filter(|(item, _)| *item != PLACE) {
        let word = matches!(answer, Cell::Words(_) | Cell::Error | Cell::Mark("-"))
            || (item != SEEN && matches!(answer, Cell::Day(_)));
        words += u32::from(word);
        if word && words > 1 {
            *answer = Cell::Empty;
        }
    }
}

/// Numbers and days alone, so that formats with types have columns of numbers and days.
fn without_words(record: &mut Record, day_numbers: bool) {
    let all = record.answers.iter_mut().enumerate().filter(|(item, _)| *item != PLACE);
    for (item, cell) in all {
        *cell = match cell {
            Cell::Label(code, _) => Cell::Whole(*code),
            Cell::Words(_) | Cell::Mark(_) | Cell::Error => Cell::Empty,
            Cell::Day(days) if item != SEEN => Cell::Quarters(i64::from(*days)),
            Cell::Whole(_) | Cell::Quarters(_) | Cell::DayNumber(_) if item == SEEN => Cell::Empty,
            Cell::Day(days) if day_numbers => Cell::DayNumber(*days + 25_569),
            _ => continue,
        };
    }
    for cell in [&mut record.sent, &mut record.wave] {
        if matches!(cell, Cell::Words(_) | Cell::Mark(_)) {
            *cell = Cell::Empty;
        }
    }
    if matches!(record.who, Who::Nobody(_) | Who::Total(_)) {
        record.who = Who::Nobody(Cell::Empty);
        record.wave = Cell::Whole(0);
    }
}

fn row(dice: &mut Dice, plain: bool) -> Record {
    let who = Who::Person {
        number: 1 + dice.below(12) as u32,
        zeros: !plain && dice.one_in(4),
        capital: (!plain && dice.one_in(4)).then(|| dice.one_in(2)),
        decimals: !plain && dice.one_in(5),
    };
    let answers = (0..ITEMS.len()).map(|item| answer(dice, item)).collect();
    let wave = Cell::Whole(dice.of(&[0, 6]));
    Record { kind: Kind::Row, who, wave, sent: sent(dice), answers, dress: dice.number() }
}

fn sent(dice: &mut Dice) -> Cell {
    match dice.below(12) {
        0 => Cell::Empty,
        1 => Cell::Mark("NA"),
        _ => Cell::Day(19_000 + dice.below(40) as i32),
    }
}

fn blank(dice: &mut Dice, record: &mut Record) {
    for (item, answer) in record.answers.iter_mut().enumerate().filter(|(item, _)| *item != SEX) {
        *answer = match item {
            BOXES.. => Cell::Whole(0),
            _ => Cell::Empty,
        };
        if dice.one_in(6) {
            *answer = Cell::Mark(dice.of(&["NA", ".", "#NULL!", "n/a"]));
        }
    }
}

fn answer(dice: &mut Dice, item: usize) -> Cell {
    if dice.one_in(10) {
        return Cell::Empty;
    }
    if dice.one_in(25) {
        return Cell::Mark(dice.of(&["NA", ".", "#NULL!", "n/a", "-"]));
    }
    if item == PLACE {
        return match dice.below(20) {
            0 => Cell::Words("TromsÃ¸"),
            1 => Cell::Words("Bodø; sentrum"),
            2 => Cell::Words("\"Nord\"\nog sør"),
            3 => Cell::Whole(17),
            _ => Cell::Words(dice.of(&["Oslo", "Ås", "Bodø"])),
        };
    }
    if dice.one_in(15) {
        let odd = [
            Cell::Words("zx"),
            Cell::Words("ja, litt"),
            Cell::Whole(7),
            Cell::Whole(31),
            Cell::Whole(-1),
            Cell::Quarters(9),
            Cell::Day(14_400),
            Cell::DayNumber(43_831),
            Cell::Error,
        ];
        return dice.of(&odd);
    }
    match item {
        MENTAL if dice.one_in(6) => {
            let labels =
                [Cell::Label(2, "some"), Cell::Label(3, "Mye"), Cell::TagA, Cell::Unknown, Cell::Whole(9)];
            dice.of(&labels)
        }
        MENTAL => Cell::Whole(1 + dice.below(3) as i64),
        SEX if dice.one_in(8) => Cell::Label(2, "Woman"),
        SEX => Cell::Whole(1 + dice.below(2) as i64),
        DAYS => Cell::Whole(dice.below(31) as i64),
        SCORE if dice.one_in(10) => Cell::Whole(99),
        SCORE => Cell::Quarters(dice.below(40) as i64),
        SEEN => Cell::Day(14_400 + dice.below(300) as i32),
        _ => Cell::Whole(dice.below(2) as i64),
    }
}
