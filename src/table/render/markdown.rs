//! Markdown (GitHub's tables): a heading over several columns stands before each of their labels.

use crate::dictionary::Language;
use crate::table::{RowKind, Table, number};

/// The table as Markdown, with its title above and its notes below.
pub fn markdown(table: &Table, language: Language) -> String {
    let mut text = format!("**{}. {}**\n\n", table.name().get(language), plain(table.title.get(language)));
    let mut heads: Vec<String> = table.stub.iter().map(|head| plain(head.get(language))).collect();
    heads.extend(table.columns.iter().map(|column| match column.group.is_empty() {
        true => plain(column.label.get(language)),
        false => format!("{}: {}", plain(column.group.get(language)), plain(column.label.get(language))),
    }));
    line(&mut text, &heads);
    let rule: Vec<String> = (0..heads.len())
        .map(|column| if column < table.stub.len() { ":--" } else { "--:" }.to_owned())
        .collect();
    line(&mut text, &rule);
    for row in &table.rows {
        let mut fields: Vec<String> = row
            .heads
            .iter()
            .map(|head| {
                let head = plain(head.get(language));
                match row.kind {
                    RowKind::Section => format!("**{head}**"),
                    RowKind::Inner => format!("&emsp;{head}"),
                    RowKind::Plain | RowKind::Foot => head,
                }
            })
            .collect();
        fields.extend(row.cells.iter().map(|cell| plain(&number::cell(cell, language))));
        fields.resize(heads.len(), String::new());
        line(&mut text, &fields);
    }
    for note in table.plain_remarks(language) {
        text.push_str(&format!("\n{}\n", plain(&note)));
    }
    text
}

fn line(text: &mut String, fields: &[String]) {
    text.push_str(&format!("| {} |\n", fields.join(" | ")));
}

/// What Markdown would read as its own signs.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '*' | '_' | '`' | '\\' | '[' | ']' => out.extend(['\\', letter]),
            '<' => out.push_str("&lt;"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}
