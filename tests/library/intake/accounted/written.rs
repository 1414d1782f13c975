//! A table as a file: the same rows in four formats, written by other libraries than those that read them where there are such.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use chrono::NaiveDate;
use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::release::Release;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::variable::Variable;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_double::StataDouble;
use parquet::arrow::ArrowWriter;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::cases::{COLUMNS, Cell, Kind, PLACE, Record, SCORE, Table, Who};
use super::dice::Dice;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Csv,
    Xlsx,
    Dta,
    Parquet,
}

pub const ALL: [Written; 4] = [Written::Csv, Written::Xlsx, Written::Dta, Written::Parquet];

/// A cell to be written, with its ways.
struct Field {
    cell: Cell,
    /// What the cell is as a text.
    text: String,
    dress: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Type {
    Number,
    Day,
    Text,
}

/// A column of the file.
#[derive(Clone, Copy)]
enum Column {
    Id,
    Wave,
    Sent,
    Beside,
    Item(usize),
}

/// Writes a table into a folder: the file, and the row of it at which each record stands, if it has the record.
pub fn write(table: &Table, written: Written, folder: &Path) -> (PathBuf, Vec<Option<u64>>) {
    let columns = columns(table);
    let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    let there = |record: &Record| match record.kind {
        Kind::Row | Kind::Heading => true,
        Kind::Short | Kind::Long => written == Written::Csv,
        Kind::Void => matches!(written, Written::Csv | Written::Xlsx),
    };
    let records: Vec<&Record> = table.records.iter().filter(|record| there(record)).collect();
    let fields: Vec<Vec<Field>> = records
        .iter()
        .map(|record| columns.iter().enumerate().map(|(at, column)| column.field(record, at)).collect())
        .collect();
    let ending = ["csv", "xlsx", "dta", "parquet"][written as usize];
    let path = folder.join(format!("{}.{ending}", table.name));
    let rows = match written {
        Written::Csv => csv(&path, table.dress, &names, &records, &fields),
        Written::Xlsx => xlsx(&path, &names, &records, &fields),
        Written::Dta => dta(&path, &names, &fields),
        Written::Parquet => parquet(&path, table.dress, &names, &fields),
    };
    let mut rows = rows.into_iter();
    let of = |record: &Record| match there(record) {
        true => rows.next().filter(|_| record.kind != Kind::Void),
        false => None,
    };
    let rows = table.records.iter().map(of).collect();
    (path, rows)
}

fn columns(table: &Table) -> Vec<Column> {
    let items = (0..COLUMNS.len()).filter(|item| table.absent != Some(*item)).map(Column::Item);
    let mut columns: Vec<Column> =
        [Column::Id, Column::Wave, Column::Sent, Column::Beside].into_iter().chain(items).collect();
    let mut dice = Dice::new(table.dress);
    for at in 1..columns.len() {
        columns.swap(at, dice.below(at + 1));
    }
    columns
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Column::Id => "id",
            Column::Wave => "wave",
            Column::Sent => "sent",
            Column::Beside => "beside",
            Column::Item(item) => COLUMNS[item],
        }
    }

    fn field(self, record: &Record, at: usize) -> Field {
        let dress = Dice::new(record.dress.wrapping_add(at as u64)).number();
        if record.kind == Kind::Heading {
            let words = "How are you these days";
            return Field { cell: Cell::Words(words), text: words.to_owned(), dress };
        }
        let cell = match self {
            Column::Id => return id(&record.who, dress),
            Column::Wave => record.wave.clone(),
            Column::Sent => record.sent.clone(),
            Column::Beside => Cell::Words("nothing to do with it"),
            Column::Item(item) => record.answers[item].clone(),
        };
        let text = match (self, &cell) {
            // A text is what stands there.
            (Column::Item(PLACE), Cell::Whole(whole)) => whole.to_string(),
            (Column::Item(SCORE), Cell::Whole(whole)) => {
                [format!("{whole}"), format!("{whole},0")][dress as usize % 2].clone()
            }
            (_, cell) => text(cell, dress),
        };
        Field { cell, text, dress }
    }
}

fn id(who: &Who, dress: u64) -> Field {
    let (cell, text) = match who {
        Who::Person { number, zeros, capital, decimals } => {
            let letter = capital.map_or("", |capital| if capital { "A" } else { "a" });
            let (zeros, decimals) = (if *zeros { "00" } else { "" }, if *decimals { ".0" } else { "" });
            let text = format!("{letter}{zeros}{number}{decimals}");
            let plain = text == number.to_string();
            let cell = if plain { Cell::Whole(i64::from(*number)) } else { Cell::Words("an id") };
            (cell, if dress.is_multiple_of(5) { format!(" {text} ") } else { text })
        }
        // In a text, what stands for a missing id.
        Who::Nobody(cell @ (Cell::Error | Cell::TagA)) => (cell.clone(), "#NULL!".to_owned()),
        Who::Nobody(cell) => (cell.clone(), text(cell, dress)),
        Who::Total(total) => (Cell::Words("a total"), (*total).to_owned()),
    };
    Field { cell, text, dress }
}

fn text(cell: &Cell, dress: u64) -> String {
    match cell {
        Cell::Empty => ["", "", "  "][dress as usize % 3].to_owned(),
        Cell::Whole(whole) => match dress % 6 {
            0 => format!("{whole}.0"),
            1 => format!("{whole},0"),
            2 => format!(" {whole}"),
            _ => whole.to_string(),
        },
        Cell::Quarters(quarters) => (*quarters as f64 / 4.0).to_string().replace('.', ","),
        Cell::Day(days) => NaiveDate::from_epoch_days(*days).unwrap().format("%d.%m.%Y").to_string(),
        Cell::DayNumber(days) => days.to_string(),
        Cell::Label(_, text) | Cell::Words(text) | Cell::Mark(text) => (*text).to_owned(),
        Cell::TagA => ".a".to_owned(),
        Cell::Unknown => "vet ikke".to_owned(),
        Cell::Error => "#DIV/0!".to_owned(),
    }
}

fn csv(path: &Path, dress: u64, names: &[&str], records: &[&Record], fields: &[Vec<Field>]) -> Vec<u64> {
    let mut bytes = if dress.is_multiple_of(2) { "\u{FEFF}".as_bytes().to_vec() } else { Vec::new() };
    let end = ["\n", "\r\n"][dress as usize / 2 % 2];
    let line = |fields: &[&str], bytes: &mut Vec<u8>| {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(fields).unwrap();
        let written = writer.into_inner().unwrap();
        bytes.extend(&written[..written.len() - 1]);
        bytes.extend(end.as_bytes());
    };
    line(names, &mut bytes);
    let mut at = 2;
    let mut rows = Vec::new();
    for (record, fields) in records.iter().zip(fields) {
        rows.push(at);
        let mut texts: Vec<&str> = fields.iter().map(|field| field.text.as_str()).collect();
        match record.kind {
            Kind::Void => texts.clear(),
            Kind::Short => texts.truncate(texts.len() - 1),
            Kind::Long => texts.push("x"),
            _ => {}
        }
        match texts.is_empty() {
            true => bytes.extend(end.as_bytes()),
            false => line(&texts, &mut bytes),
        }
        at += 1 + texts.iter().map(|text| text.matches('\n').count() as u64).sum::<u64>();
    }
    fs::write(path, bytes).unwrap();
    rows
}

fn xlsx(path: &Path, names: &[&str], records: &[&Record], fields: &[Vec<Field>]) -> Vec<u64> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    for (column, name) in names.iter().enumerate() {
        sheet.write_string(0, column as u16, *name).unwrap();
    }
    for (row, (record, fields)) in (1..).zip(records.iter().zip(fields)) {
        if record.kind == Kind::Void {
            continue;
        }
        for (column, field) in (0..).zip(fields) {
            // Numbers are stored as text now and then.
            let as_text = field.dress % 7 == 0;
            let number = match &field.cell {
                Cell::Whole(whole) => Some(*whole as f64),
                Cell::Quarters(quarters) => Some(*quarters as f64 / 4.0),
                Cell::DayNumber(days) => Some(f64::from(*days)),
                _ => None,
            };
            match (&field.cell, number) {
                (Cell::Empty, _) => {}
                (Cell::Error, _) => {
                    let formula = Formula::new("=1/0").set_result("#DIV/0!");
                    sheet.write_formula(row, column, formula).unwrap();
                }
                (Cell::Day(days), _) if !as_text => {
                    let number = f64::from(*days) + 25_569.0;
                    sheet.write_number_with_format(row, column, number, &day).unwrap();
                }
                (_, Some(number)) if !as_text => {
                    sheet.write_number(row, column, number).unwrap();
                }
                _ => {
                    sheet.write_string(row, column, &field.text).unwrap();
                }
            }
        }
    }
    workbook.save(path).unwrap();
    (2..).take(records.len()).collect()
}

/// The type of a column: what all its cells have in common.
fn kind(fields: &[Vec<Field>], column: usize, tags: bool) -> Type {
    let all = |fits: &dyn Fn(&Cell) -> bool| fields.iter().all(|row| fits(&row[column].cell));
    let number = |cell: &Cell| match cell {
        Cell::Empty | Cell::Whole(_) | Cell::Quarters(_) | Cell::DayNumber(_) => true,
        Cell::TagA | Cell::Unknown => tags,
        _ => false,
    };
    if all(&number) {
        return Type::Number;
    }
    match all(&|cell| matches!(cell, Cell::Empty | Cell::Day(_))) {
        true => Type::Day,
        false => Type::Text,
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Whole(whole) => Some(*whole as f64),
        Cell::Quarters(quarters) => Some(*quarters as f64 / 4.0),
        Cell::DayNumber(days) | Cell::Day(days) => Some(f64::from(*days)),
        _ => None,
    }
}

fn dta(path: &Path, names: &[&str], fields: &[Vec<Field>]) -> Vec<u64> {
    let kinds: Vec<Type> = (0..names.len()).map(|column| kind(fields, column, true)).collect();
    let mut schema = Schema::builder();
    for (column, (name, kind)) in names.iter().zip(&kinds).enumerate() {
        let longest = fields.iter().map(|row| row[column].text.len()).max().unwrap_or(0).max(1);
        let variable = match kind {
            Type::Number => Variable::builder(VariableType::Double, *name).format("%10.0g"),
            Type::Day => Variable::builder(VariableType::Double, *name).format("%td"),
            Type::Text => Variable::builder(VariableType::FixedString(longest as u16), *name)
                .format(format!("%{longest}s")),
        };
        schema = schema.add_variable(variable);
    }
    let mut writer = DtaWriter::new()
        .from_path(path)
        .unwrap()
        .write_header(Header::builder(Release::V118, ByteOrder::LittleEndian).build())
        .unwrap()
        .write_schema(schema.build().unwrap())
        .unwrap()
        .into_record_writer()
        .unwrap();
    for row in fields {
        let values: Vec<Value> = row.iter().zip(&kinds).map(|(field, kind)| value(field, *kind)).collect();
        writer.write_record(&values).unwrap();
    }
    let labels = writer.into_long_string_writer().unwrap().into_value_label_writer().unwrap();
    labels.finish().unwrap();
    (1..).take(fields.len()).collect()
}

fn value(field: &Field, kind: Type) -> Value<'_> {
    if kind == Type::Text {
        return Value::string(&field.text);
    }
    Value::Double(match (&field.cell, number(&field.cell)) {
        (Cell::TagA, _) => StataDouble::Missing(MissingValue::A),
        (Cell::Unknown, _) => StataDouble::Missing(MissingValue::B),
        // Stata counts from 1960.
        (Cell::Day(_), Some(days)) => StataDouble::Present(days + 3653.0),
        (_, Some(number)) => StataDouble::Present(number),
        (_, None) => StataDouble::Missing(MissingValue::System),
    })
}

fn parquet(path: &Path, dress: u64, names: &[&str], fields: &[Vec<Field>]) -> Vec<u64> {
    let column = |column: usize| -> ArrayRef {
        let cells = || fields.iter().map(|row| &row[column]);
        match kind(fields, column, false) {
            Type::Number
                if dress.is_multiple_of(3)
                    && cells().all(|field| !matches!(field.cell, Cell::Quarters(_))) =>
            {
                Arc::new(
                    cells()
                        .map(|field| number(&field.cell).map(|whole| whole as i64))
                        .collect::<Int64Array>(),
                )
            }
            Type::Number => {
                let number = |field: &Field| match number(&field.cell) {
                    // As pandas writes what is missing.
                    None if field.dress.is_multiple_of(2) => Some(f64::NAN),
                    number => number,
                };
                Arc::new(cells().map(number).collect::<Float64Array>())
            }
            Type::Day => Arc::new(
                cells().map(|field| number(&field.cell).map(|days| days as i32)).collect::<Date32Array>(),
            ),
            Type::Text => {
                let text = |field: &Field| match field.cell {
                    Cell::Empty if field.dress.is_multiple_of(2) => None,
                    _ => Some(field.text.clone()),
                };
                Arc::new(cells().map(text).collect::<StringArray>())
            }
        }
    };
    let columns = names.iter().enumerate().map(|(at, name)| (*name, column(at), true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let mut writer = ArrowWriter::try_new(fs::File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    (1..).take(fields.len()).collect()
}
