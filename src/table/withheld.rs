//! Columns that are left out of a table because nothing in them may be shown: noise to a reader, and wide.

use super::words;
use super::{Cell, Column, Row, RowKind, Table};
use crate::dictionary::Language;

/// A column of which nothing may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Withheld {
    pub column: Column,
    /// Whether its numbers are values of single persons, which are shown of nobody.
    pub is_never_shown: bool,
}

/// Takes out the columns in which everything that could be a number is confidential; none where nothing would be left.
///
/// What a reader of the whole table would learn, that all of the column is confidential, is all that is told of it.
pub(super) fn take_out(columns: &mut Vec<Column>, rows: &mut [Row]) -> Vec<Withheld> {
    let of = |position: usize| rows.iter().filter_map(move |row| row.cells.get(position));
    let is_withheld = |position: usize| {
        let nothing = |cell: &Cell| cell.is_withheld() || matches!(cell, Cell::Absent | Cell::Empty);
        of(position).any(Cell::is_withheld) && of(position).all(nothing)
    };
    let gone: Vec<bool> = (0..columns.len()).map(is_withheld).collect();
    if gone.iter().all(|gone| *gone) {
        return Vec::new();
    }
    let never = |position: usize| of(position).all(|cell| *cell != Cell::Suppressed);
    let withheld = columns.iter().enumerate().filter(|(position, _)| gone[*position]);
    let withheld = withheld
        .map(|(position, column)| Withheld { column: column.clone(), is_never_shown: never(position) });
    let withheld = withheld.collect();
    keep(columns, &gone);
    for row in rows.iter_mut().filter(|row| row.kind != RowKind::Section) {
        keep(&mut row.cells, &gone);
    }
    withheld
}

fn keep<T>(all: &mut Vec<T>, gone: &[bool]) {
    let mut gone = gone.iter();
    all.retain(|_| gone.next() != Some(&true));
}

/// Which columns do not stand in the table, and why; empty where all do.
pub(super) fn said(table: &Table, language: Language) -> String {
    let of = |never: bool| {
        let columns: Vec<&Column> =
            table.withheld.iter().filter(|one| one.is_never_shown == never).map(|one| &one.column).collect();
        let key = if never { "note.columns_never_shown" } else { "note.columns_withheld" };
        let said = || words::say(language, key, &[("columns", names(table, &columns, language))]);
        (!columns.is_empty()).then(said)
    };
    [of(true), of(false)].into_iter().flatten().collect::<Vec<_>>().join(" ")
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

    const SHOWN: Cell = Cell::Number { value: 7.0, format: Format::Count };

    /// A table of three columns, the last two under one heading.
    fn table(rows: [[Cell; 3]; 2]) -> Table {
        let over = Text::same("Over");
        let mut columns = vec![Column::new(Text::same("A"))];
        columns.extend(["B", "C"].map(|label| Column::under(&over, Text::same(label))));
        let row = |cells: [Cell; 3]| Row::new(RowKind::Plain, vec![Text::same("row")], cells.into());
        let mut rows: Vec<Row> = rows.map(row).into();
        rows.insert(0, Row::section(Text::same("section")));
        let withheld = take_out(&mut columns, &mut rows);
        let (id, number, empty) = (String::new(), String::new(), Text::default);
        let stub = vec![empty()];
        Table { id, number, title: empty(), note: empty(), stub, columns, withheld, rows, notes: Vec::new() }
    }

    fn labels(table: &Table) -> Vec<&str> {
        assert!(table.rows[1..].iter().all(|row| row.cells.len() == table.columns.len()));
        table.columns.iter().map(|column| column.label.get(Language::En)).collect()
    }

    #[test]
    fn a_column_stays_where_one_number_stands_in_it() {
        let hidden = || Cell::Suppressed;
        let kept = table([[SHOWN, hidden(), hidden()], [SHOWN, Cell::Zero, Cell::Absent]]);
        assert_eq!(labels(&kept), ["A", "B"]);
        assert!(said(&kept, Language::En).starts_with("Columns not shown: Over: C."));
        let partly = Cell::Partly(Text::same("0.3 (:)"));
        assert_eq!(labels(&table([[SHOWN, hidden(), partly], [SHOWN, SHOWN, hidden()]])), ["A", "B", "C"]);
    }

    #[test]
    fn columns_under_one_heading_are_named_together_and_by_it_alone_where_none_is_left() {
        let both =
            table([[SHOWN, Cell::Suppressed, Cell::Suppressed], [SHOWN, Cell::Suppressed, Cell::Absent]]);
        assert_eq!(labels(&both), ["A"]);
        assert!(said(&both, Language::En).starts_with("Columns not shown: Over. "));
        let medians = table([[SHOWN, SHOWN, Cell::NeverShown], [SHOWN, SHOWN, Cell::NeverShown]]);
        assert!(said(&medians, Language::En).starts_with("Over: C: never shown"));
    }

    #[test]
    fn a_table_of_nothing_else_keeps_its_columns() {
        let nothing = || [Cell::Suppressed, Cell::NeverShown, Cell::Suppressed];
        let kept = table([nothing(), nothing()]);
        assert_eq!(labels(&kept), ["A", "B", "C"]);
        assert_eq!(said(&kept, Language::En), "");
        assert!(words::symbols(&kept, Language::En).contains("A median is never shown"));
        // What is empty is not confidential.
        let empty = table([[SHOWN, Cell::Empty, Cell::Absent], [SHOWN, Cell::Empty, Cell::Missing]]);
        assert_eq!(labels(&empty), ["A", "B", "C"]);
    }
}
