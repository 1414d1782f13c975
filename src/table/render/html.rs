//! HTML: a figure with a captioned table that a screen reader can walk through, and its notes.

use std::fmt::Write;

use crate::dictionary::Language;
use crate::table::mark::{self, Piece};
use crate::table::{Cell, Column, Content, Row, RowKind, Table, doubt, number, words};

/// The table as an HTML fragment, without style.
///
/// Each heading says what it heads (`scope`), symbols carry their meaning for those who hear them, and the table scrolls in a
/// box of its own that can be reached by keyboard.
pub fn html(table: &Table, language: Language) -> String {
    let mut out = String::new();
    let id = escape(&table.id);
    let title = escape(table.title.get(language));
    let name = escape(table.name().get(language));
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<figure class=\"table\" id=\"{id}\">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-title\">\n\
         <table>\n<caption id=\"{id}-title\"><span><b>{name}</b> {title}</span></caption>\n"
    );
    let prose = table.prose(language);
    head(&mut out, table, &prose, language);
    body(&mut out, table, &prose, language);
    out.push_str("</table>\n</div>\n");
    let (above, below) = (table.remarks_above(language), table.remarks_below(language));
    if !above.is_empty() || !table.reservations.is_empty() || !below.is_empty() {
        out.push_str("<figcaption>\n");
        let plain = |note: &String| format!("<p>{}</p>\n", self::prose(note));
        out.extend(above.iter().map(plain));
        for (place, said) in table.reservations.iter().enumerate() {
            let (letter, said) = (doubt::letter(place), self::prose(said.get(language)));
            let _ = writeln!(out, "<p id=\"{}\"><sup>{letter}</sup> {said}</p>", note_id(&id, place));
        }
        out.extend(below.iter().map(plain));
        out.push_str("</figcaption>\n");
    }
    out.push_str("</figure>\n");
    out
}

fn head(out: &mut String, table: &Table, prose: &[bool], language: Language) {
    let grouped = table.columns.iter().any(|column| !column.group.is_empty());
    let tall = if grouped { " rowspan=\"2\"" } else { "" };
    out.push_str("<thead>\n<tr>");
    for stub in &table.stub {
        let _ = write!(out, "<th scope=\"col\" class=\"stub\"{tall}>{}</th>", escape(stub.get(language)));
    }
    let mut below = String::new();
    let mut columns = table.columns.iter().zip(prose).peekable();
    let heading = |(column, is_prose): (&Column, &bool), tall: &str| {
        let class = if *is_prose { " class=\"prose\"" } else { "" };
        format!("<th scope=\"col\"{class}{tall}>{}</th>", escape(column.label.get(language)))
    };
    while let Some(one) = columns.next() {
        let (column, _) = one;
        if column.group.is_empty() {
            out.push_str(&heading(one, tall));
            continue;
        }
        let mut width = 1;
        below.push_str(&heading(one, ""));
        while let Some(next) = columns.next_if(|(next, _)| next.group == column.group) {
            width += 1;
            below.push_str(&heading(next, ""));
        }
        let group = escape(column.group.get(language));
        let _ = write!(out, "<th scope=\"colgroup\" colspan=\"{width}\" class=\"over\">{group}</th>");
    }
    out.push_str("</tr>\n");
    if grouped {
        let _ = writeln!(out, "<tr>{below}</tr>");
    }
    out.push_str("</thead>\n");
}

/// A new `<tbody>` for each section, so that its heading heads its rows only.
fn body(out: &mut String, table: &Table, prose: &[bool], language: Language) {
    out.push_str("<tbody>\n");
    let mut above: Option<&Row> = None;
    for row in &table.rows {
        let section = row.kind == RowKind::Section;
        let leaves = above.is_some_and(|above| above.kind == RowKind::Inner) && row.kind == RowKind::Plain;
        let foot = row.kind == RowKind::Foot && above.is_some_and(|above| above.kind != RowKind::Foot);
        if above.is_some() && (section || leaves) {
            out.push_str("</tbody>\n<tbody>\n");
        }
        let class = match row.kind {
            RowKind::Plain => "",
            RowKind::Section => " class=\"section\"",
            RowKind::Inner => " class=\"inner\"",
            RowKind::Foot if foot => " class=\"foot first\"",
            RowKind::Foot => " class=\"foot\"",
        };
        let _ = write!(out, "<tr{class}>");
        if section {
            let width = table.stub.len() + table.columns.len();
            let head = row.heads.first().map_or("", |head| head.get(language));
            let _ =
                write!(out, "<th scope=\"rowgroup\" colspan=\"{width}\"><span>{}</span></th>", escape(head));
        } else {
            for head in &row.heads {
                let _ = write!(out, "<th scope=\"row\">{}</th>", escape(head.get(language)));
            }
        }
        for (cell, is_prose) in row.cells.iter().zip(prose) {
            match &cell.content {
                Content::Text(text) if *is_prose => {
                    let (of, text) = (of(cell), escape(text.get(language)));
                    let marks = marks(cell, &table.id, language);
                    let _ = write!(out, "<td class=\"words prose\"{of}>{text}{marks}</td>");
                }
                _ => self::cell(out, cell, &table.id, language),
            }
        }
        out.push_str("</tr>\n");
        above = Some(row);
    }
    out.push_str("</tbody>\n");
}

/// A cell's `<td>`.
pub fn td(cell: &Cell, language: Language) -> String {
    let mut out = String::new();
    self::cell(&mut out, cell, "", language);
    out
}

fn cell(out: &mut String, cell: &Cell, table: &str, language: Language) {
    let text = escape(&number::unmarked(cell, language)) + &marks(cell, table, language);
    let of = of(cell);
    let _ = match (&cell.content, words::symbol(cell, language)) {
        // A symbol is one sign to the eye and a phrase to the ear.
        (_, Some(meaning)) => write!(
            out,
            "<td class=\"symbol\"{of}><span aria-hidden=\"true\">{text}</span><span class=\"heard\">{}</span></td>",
            escape(&meaning)
        ),
        (Content::Text(_) | Content::Partly { .. }, None) => {
            write!(out, "<td class=\"words\"{of}>{text}</td>")
        }
        _ => write!(out, "<td{of}>{text}</td>"),
    };
}

/// The marks at a cell, each a link to its reservation below the table.
fn marks(cell: &Cell, table: &str, language: Language) -> String {
    let mark = |place: &usize| {
        let letter = doubt::letter(*place);
        let heard = words::say(language, "doubt.mark", &[("mark", letter.to_string())]);
        let (href, heard) = (note_id(&escape(table), *place), escape(&heard));
        format!("<sup class=\"doubt\"><a href=\"#{href}\" aria-label=\"{heard}\">{letter}</a></sup>")
    };
    cell.notes.iter().map(mark).collect()
}

/// The id of a reservation on the page; `table` is escaped.
fn note_id(table: &str, place: usize) -> String {
    format!("{table}-note-{}", doubt::letter(place))
}

/// The ids of the estimates that a cell shows, as an attribute: `data-of`, separated by ` | `.
fn of(cell: &Cell) -> String {
    match cell.of.is_empty() {
        true => String::new(),
        false => format!(" data-of=\"{}\"", escape(&cell.of.join(" | "))),
    }
}

/// A text whose numbers carry the ids of their estimates: `<data value="…">`; a number that shows none says what it is: `data-is`.
pub fn prose(text: &str) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => escape(text),
        Piece::Number(number, ids) => {
            format!("<data value=\"{}\">{}</data>", escape(&ids.join(" | ")), escape(number))
        }
        Piece::Aside(number, aside) => format!("<span data-is=\"{aside}\">{}</span>", escape(number)),
    };
    mark::pieces(text).map(piece).collect()
}

/// Text as HTML shows it, also in attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}
