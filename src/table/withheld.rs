//! What is left out of a table because nothing of it may be shown, noise to a reader and wide: columns, and the intervals of a
//! column.

use super::words;
use super::{Cell, Column, Content, Row, RowKind, Table};
use crate::dictionary::Language;

/// A column of which something does not stand in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Withheld {
    pub column: Column,
    pub what: What,
}

/// What of a column is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// All of it, since its numbers are values of single persons, which are shown of nobody.
    NeverShown,
    /// All of it.
    Column,
    /// The intervals of its numbers.
    Intervals,
}

/// Takes out the columns in which everything that could be a number is confidential, and the intervals of those in which every
/// interval is; none where no column would be left.
///
/// What a reader of the whole table would learn, that all of them are confidential, is all that is told of it.
pub(super) fn take_out(columns: &mut Vec<Column>, rows: &mut [Row]) -> Vec<Withheld> {
    let of: Vec<Option<What>> = (0..columns.len()).map(|position| withheld(position, rows)).collect();
    let gone: Vec<bool> =
        of.iter().map(|what| matches!(what, Some(What::NeverShown | What::Column))).collect();
    if gone.iter().all(|gone| *gone) {
        return Vec::new();
    }
    let told = columns.iter().zip(&of);
    let told = told.filter_map(|(column, what)| Some(Withheld { column: column.clone(), what: (*what)? }));
    let told = told.collect();
    for (position, _) in of.iter().enumerate().filter(|(_, what)| **what == Some(What::Intervals)) {
        for cell in rows.iter_mut().filter_map(|row| row.cells.get_mut(position)) {
            if let Content::Partly { value, format } = cell.content {
                cell.content = Content::Number { value, format };
            }
        }
    }
    keep(columns, &gone);
    for row in rows.iter_mut().filter(|row| row.kind != RowKind::Section) {
        keep(&mut row.cells, &gone);
    }
    told
}

/// What of a column may not be shown of any row.
fn withheld(position: usize, rows: &[Row]) -> Option<What> {
    let cells = || rows.iter().filter_map(|row| row.cells.get(position));
    let nothing =
        |cell: &Cell| cell.is_withheld() || matches!(cell.content, Content::Absent | Content::Empty);
    // Where a number has its interval in one cell with it, both are words.
    let with_interval = |cell: &Cell| matches!(cell.content, Content::Text(_) | Content::Interval { .. });
    match () {
        () if cells().any(|cell| cell.is_withheld()) && cells().all(nothing) => {
            let never = cells().all(|cell| *cell != Content::Suppressed);
            Some(if never { What::NeverShown } else { What::Column })
        }
        () if cells().any(|cell| matches!(cell.content, Content::Partly { .. }))
            && !cells().any(with_interval) =>
        {
            Some(What::Intervals)
        }
        () => None,
    }
}

fn keep<T>(all: &mut Vec<T>, gone: &[bool]) {
    let mut gone = gone.iter();
    all.retain(|_| gone.next() != Some(&true));
}

/// What of which columns does not stand in the table, and why; empty where all does.
pub(super) fn said(table: &Table, language: Language) -> String {
    let of = |what: What, key: &str| {
        let columns = table.withheld.iter().filter(|one| one.what == what).map(|one| &one.column);
        let columns: Vec<&Column> = columns.collect();
        let said = || words::say(language, key, &[("columns", names(table, &columns, language))]);
        (!columns.is_empty()).then(said)
    };
    let never = of(What::NeverShown, "note.columns_never_shown");
    let others = [of(What::Column, "note.columns_withheld"), of(What::Intervals, "note.intervals_withheld")];
    let why = others.iter().any(Option::is_some).then(|| words::say(language, "note.withheld_why", &[]));
    never.into_iter().chain(others.into_iter().flatten()).chain(why).collect::<Vec<_>>().join(" ")
}

/// `Change: CI; Kappa: linear, quadratic; Over 45 years`: a common heading once, and alone where all below it are gone.
fn names(table: &Table, columns: &[&Column], language: Language) -> String {
    let mut groups: Vec<(&Column, Vec<&str>)> = Vec::new();
    for column in columns {
        let label = column.label.get(language);
        match groups.last_mut() {
            Some((known, labels)) if !column.group.is_empty() && known.group == column.group => {
                labels.push(label);
            }
            _ => groups.push((column, vec![label])),
        }
    }
    let name = |(column, labels): (&Column, Vec<&str>)| {
        let stays = table.columns.iter().any(|one| one.group == column.group);
        match (column.group.is_empty(), stays) {
            (true, _) => labels.join(", "),
            (false, false) => column.group.get(language).to_owned(),
            (false, true) => format!("{}: {}", column.group.get(language), labels.join(", ")),
        }
    };
    groups.into_iter().map(name).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Text;
    use crate::table::Format;

    const SHOWN: Content = Content::Number { value: 7.0, format: Format::Count };

    /// A table of three columns, the last two under one heading.
    fn table(rows: [[Content; 3]; 2]) -> Table {
        let over = Text::same("Over");
        let mut columns = vec![Column::new(Text::same("A"))];
        columns.extend(["B", "C"].map(|label| Column::under(&over, Text::same(label))));
        let row = |cells: [Content; 3]| {
            Row::new(RowKind::Plain, vec![Text::same("row")], cells.map(Cell::from).into())
        };
        let mut rows: Vec<Row> = rows.map(row).into();
        rows.insert(0, Row::section(Text::same("section")));
        let withheld = take_out(&mut columns, &mut rows);
        let (id, number, empty) = (String::new(), String::new(), Text::default);
        let stub = vec![empty()];
        let (notes, reservations) = (Vec::new(), Vec::new());
        Table {
            id,
            number,
            title: empty(),
            note: empty(),
            stub,
            columns,
            withheld,
            rows,
            notes,
            reservations,
        }
    }

    fn labels(table: &Table) -> Vec<&str> {
        assert!(table.rows[1..].iter().all(|row| row.cells.len() == table.columns.len()));
        table.columns.iter().map(|column| column.label.get(Language::En)).collect()
    }

    #[test]
    fn a_column_stays_where_one_number_stands_in_it() {
        let hidden = || Content::Suppressed;
        let kept = table([[SHOWN, hidden(), hidden()], [SHOWN, Content::Zero, Content::Absent]]);
        assert_eq!(labels(&kept), ["A", "B"]);
        assert!(said(&kept, Language::En).starts_with("Columns not shown: Over: C."));
        let partly = Content::Partly { value: 0.3, format: Format::Decimal(1) };
        let whole = Content::Text(Text::same("0.3 (0.1 to 0.5)"));
        let partly = table([[SHOWN, hidden(), partly], [SHOWN, SHOWN, whole]]);
        assert_eq!(labels(&partly), ["A", "B", "C"]);
        assert!(partly.withheld.is_empty() && partly.symbols().contains(&Content::Suppressed));
    }

    #[test]
    fn where_every_interval_is_hidden_the_numbers_stand_alone() {
        let partly = Content::Partly { value: 0.3, format: Format::Decimal(1) };
        let alone = table([[SHOWN, SHOWN, partly], [SHOWN, SHOWN, Content::Absent]]);
        assert_eq!(labels(&alone), ["A", "B", "C"]);
        assert!(matches!(alone.rows[1].cells[2].content, Content::Number { .. }));
        assert!(!alone.symbols().contains(&Content::Suppressed));
        assert!(said(&alone, Language::En).starts_with("Intervals not shown: Over: C. They could"));
    }

    #[test]
    fn columns_under_one_heading_are_named_together_and_by_it_alone_where_none_is_left() {
        let both = table([
            [SHOWN, Content::Suppressed, Content::Suppressed],
            [SHOWN, Content::Suppressed, Content::Absent],
        ]);
        assert_eq!(labels(&both), ["A"]);
        assert!(said(&both, Language::En).starts_with("Columns not shown: Over. "));
        let medians = table([[SHOWN, SHOWN, Content::NeverShown], [SHOWN, SHOWN, Content::NeverShown]]);
        assert!(said(&medians, Language::En).starts_with("Over: C: never shown"));
    }

    #[test]
    fn a_table_of_nothing_else_keeps_its_columns() {
        let nothing = || [Content::Suppressed, Content::NeverShown, Content::Suppressed];
        let kept = table([nothing(), nothing()]);
        assert_eq!(labels(&kept), ["A", "B", "C"]);
        assert_eq!(said(&kept, Language::En), "");
        assert!(words::symbols(&kept, Language::En).contains("A median is never shown"));
        // What is empty is not confidential.
        let empty =
            table([[SHOWN, Content::Empty, Content::Absent], [SHOWN, Content::Empty, Content::Missing]]);
        assert_eq!(labels(&empty), ["A", "B", "C"]);
    }
}
