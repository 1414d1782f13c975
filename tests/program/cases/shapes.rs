//! Wide files, names of columns, and several files of one form.

use rust_xlsxwriter::{Format, Workbook};

use super::{Case, HEADING, ITEMS, forms, table, two_files};

const WIDE: &str = "file = \"data/wide.csv\"\nwide = { pattern = \"{item}_{wave}\" }";

#[test]
fn a_wide_file_is_a_form_a_wave() {
    let heading = "id;site;health_t0;days_t0;score_t0;health_t6;days_t6;score_t6";
    let wide = table(heading, 1..=10, |person| match person {
        1..=6 => format!("{person};1;2;3;1;1;9;1"),
        _ => format!("{person};1;2;3;1;;;NA"),
    });
    let ran = Case::new().source_of(WIDE, "").file("wide.csv", &wide).runs();
    assert_eq!(ran.rows(), [20, 16, 4, 0, 0]);
    assert_eq!((ran.members(), ran.seen("t6")), (10.0, 6.0));
    assert_eq!((ran.change("health", "improved"), ran.change("days", "mean_change")), (6.0, 6.0));
    // Waves that are written in another way, and before the item.
    let other = wide.replace(heading, "id;SITE;pre.health;pre.days;pre.score;6m.health;6m.days;6m.score");
    let keys = "file = \"data/wide.csv\"\nwide = { pattern = \"{wave}.{item}\", waves = { t0 = \"pre\", t6 = \"6m\" } }";
    assert_eq!(Case::new().source_of(keys, "").file("wide.csv", other).runs().seen("t6"), 6.0);
    let keys = "file = \"data/wide.csv\"\nwide = { pattern = \"{item}\" }";
    Case::new().source_of(keys, "").file("wide.csv", &wide).stops(3, &["must hold {item} and {wave}"]);
}

#[test]
fn questions_of_some_waves_are_told_in_a_wide_file_unless_they_are_declared() {
    let wide = table("id;site;health_t0;days_t0;score_t0;health_t6;days_t6", 1..=6, |person| {
        format!("{person};1;2;3;1;1;9")
    });
    let ran = Case::new().source_of(WIDE, "").file("wide.csv", &wide).runs();
    ran.tells(&["item score: column_absent: the file has no column \"score_t6\", but the item's columns of other waves"]);
    for asked in ["\"first\"", "[\"t0\"]"] {
        let declared = ITEMS.replace("name = \"score\"\n", &format!("name = \"score\"\nasked = {asked}\n"));
        Case::new().items(&declared).source_of(WIDE, "").file("wide.csv", &wide).runs().is_clean();
    }
    // A question of no wave stops the run.
    let none = wide.replace("score_t0", "skår_t0");
    Case::new().source_of(WIDE, "").file("wide.csv", none).stops(5, &["the file has no column \"score\""]);
}

#[test]
fn what_stands_beside_all_waves_makes_nobody_seen() {
    // Not declared constant, and yet of no wave: the days, and the service.
    let items = ITEMS.replace("constant = true\n", "");
    let wide =
        "id;site;days;health_t0;score_t0;health_t6;score_t6\n1;1;4;1;1;2;2\n2;1;4;1;1;;\n3;1;4;1;1;NA;\n";
    let ran = Case::new().items(&items).source_of(WIDE, "").file("wide.csv", wide).runs();
    assert_eq!((ran.rows(), ran.seen("t6")), ([6, 4, 2, 0, 0], 1.0));
    // The same by a source a wave.
    let of = |wave: &str| {
        let keys = format!("wave = \"{wave}\"\nfile = \"data/wide.csv\"");
        (keys, format!("columns = {{ health = \"health_{wave}\", score = \"score_{wave}\" }}"))
    };
    let (t0, t6) = (of("t0"), of("t6"));
    let case = Case::new().items(&items).source_of(&t0.0, &t0.1).source_of(&t6.0, &t6.1);
    assert_eq!(case.file("wide.csv", wide).runs().seen("t6"), 1.0);
}

#[test]
fn a_wide_file_without_columns_of_a_wave_stops_the_run() {
    let wide = "id;site;health_t0;days_t0;score_t0\n1;1;2;3;1\n";
    let found = "column_absent: the file has no column of this wave; expected columns called \"…_t6\"";
    Case::new().source_of(WIDE, "").file("wide.csv", wide).stops(5, &["form@t6 (wide.csv)", found]);
    // A long file is not the same answers at all waves.
    Case::new()
        .source_of(WIDE, "")
        .file("wide.csv", forms(1..=4))
        .stops(5, &["form@t0 (wide.csv)", "no column of this wave"]);
}

#[test]
fn a_source_names_the_columns_of_its_waves() {
    let text = "id,site,h.pre,d.pre,s,h.2m,d.2m\n1,1,2,3,1,1,9\n2,1,2,3,1,NA,NA\n3,1,2,3,1,3,9\n";
    let of = |wave: &str, end: &str| {
        (
            format!("wave = \"{wave}\"\nfile = \"data/b.csv\""),
            format!("format = {{}}\ncolumns = {{ health = \"h.{end}\", days = \"d.{end}\" }}"),
        )
    };
    let (t0, t6) = (of("t0", "pre"), of("t6", "2m"));
    let items = ITEMS.replace("name = \"score\"\n", "name = \"score\"\ncolumn = \"s\"\nconstant = true\n");
    let case = Case::new().items(&items).source_of(&t0.0, &t0.1).source_of(&t6.0, &t6.1).file("b.csv", text);
    let ran = case.runs();
    assert_eq!((ran.members(), ran.seen("t6")), (3.0, 2.0));
    assert_eq!(["2>1", "2>3"].map(|way| ran.transition("health", way)), [1.0, 1.0]);
    let wrong = t6.1.replace("health =", "helth =");
    Case::new()
        .items(&items)
        .source_of(&t0.0, &t0.1)
        .source_of(&t6.0, &wrong)
        .file("b.csv", text)
        .stops(3, &["there is no item `helth`", "did you mean `health`?"]);
}

#[test]
fn headings_are_read_whatever_their_case_where_there_is_no_doubt() {
    for heading in ["ID;SITE;HEALTH;DAYS;SCORE", "Id; Site ;Health;Days;Score "] {
        let ran = two_files(&forms(1..=6), &forms(1..=5).replace(HEADING, heading)).runs();
        ran.is_clean();
        assert_eq!(ran.seen("t6"), 5.0);
    }
    let doubt = table("id;site;HEALTH;Health;days;score", 1..=5, |person| format!("{person};1;2;1;3;1"));
    two_files(&forms(1..=6), &doubt)
        .stops(5, &["item health: column_absent: the file has no column \"health\""]);
}

#[test]
fn questions_that_are_put_at_some_waves_say_so() {
    let t6 = "id;site;health;days;useful\n1;1;2;3;1\n2;1;1;3;2\n";
    let useful = "[[item]]\nname = \"useful\"\nlabel = { nb = \"Nytte\" }\ntype = \"integer\"\n";
    let items = |first: &str, later: &str| {
        let declared = ITEMS.replace("name = \"score\"\n", &format!("name = \"score\"\n{first}"));
        declared + useful + later
    };
    two_files(&forms(1..=3), t6)
        .items(&items("", ""))
        .stops(5, &["the file has no column \"useful\"", "asked = \"first\", \"later\" or a list of waves"]);
    for (first, later) in
        [("asked = \"first\"\n", "asked = \"later\"\n"), ("asked = [\"t0\"]\n", "asked = [\"t6\"]\n")]
    {
        let ran = two_files(&forms(1..=3), t6).items(&items(first, later)).runs();
        ran.is_clean();
        assert_eq!(ran.seen("t6"), 2.0);
        // No check was turned off by it.
        let misspelt = t6.replace("health", "helath");
        two_files(&forms(1..=3), &misspelt)
            .items(&items(first, later))
            .stops(5, &["the file has no column \"health\""]);
    }
}

fn services() -> Case {
    let heading = "id;health;days;score";
    let of =
        |people: std::ops::RangeInclusive<u32>| table(heading, people, |person| format!("{person};2;3;4.5"));
    Case::new()
        .file("Oslo-t0.csv", of(1..=4))
        .file("Bodø-t0.csv", of(5..=9))
        .file("Oslo-t6.csv", of(1..=3))
        .file("Bodø-t6.csv", of(5..=6))
        .with("[describe.d]\ncohort = \"all\"\nlabel = { nb = \"Sted\" }\nvariables = [\"site\"]\n[table.T3]\nfrom = [\"describe.d\"]\nlayout = \"items\"\n")
}

#[test]
fn a_file_for_each_service() {
    let pattern = |wave: &str| format!("wave = \"{wave}\"\nfile = \"data/{{site}}-{wave}.csv\"");
    let ran = services().source_of(&pattern("t0"), "").source_of(&pattern("t6"), "").runs();
    ran.is_clean();
    assert_eq!((ran.members(), ran.seen("t6")), (9.0, 5.0));
    assert_eq!(["1", "2"].map(|code| ran.estimate("describe.d", "site", code, "count")), [4.0, 5.0]);
    // A list, and files that programs left aside.
    let list = |wave: &str| {
        format!("wave = \"{wave}\"\nfile = [\"data/{{site}}-{wave}.csv\", \"data/Oslo-{wave}.csv\"]")
    };
    let aside = services().file("~$Oslo-t0.csv", "x").file(".Oslo-t0.csv", "x");
    let ran = aside.source_of(&list("t0"), "").source_of(&list("t6"), "").runs();
    assert_eq!((ran.members(), ran.rows()[0]), (9.0, 14));
    // A service that the dictionary does not have.
    let unknown = services().file("Narvik-t0.csv", "id;health;days;score\n20;2;3;1\n");
    unknown
        .source_of(&pattern("t0"), "")
        .source_of(&pattern("t6"), "")
        .stops(5, &["(Narvik-t0.csv), item site: unread: 1 of 1 answers"]);
}

#[test]
fn patterns_that_fit_nothing_and_files_that_stand_twice() {
    let pattern = |name: &str| format!("wave = \"t0\"\nfile = \"data/{name}\"");
    services()
        .source_of(&pattern("*-t1.csv"), "")
        .source("t6", "")
        .stops(4, &["found no file that fits \"data/*-t1.csv\"", "check the pattern"]);
    services()
        .source_of(&pattern("{sit}-t0.csv"), "")
        .stops(3, &["there is no item `sit`", "did you mean `site`?"]);
    let twice = services().source_of(&pattern("{site}-t0.csv"), "").source_of(&pattern("{site}-t0.csv"), "");
    twice.stops(3, &["is read twice from the same file"]);
    // A file that is named twice in different ways says the same twice.
    let ways = two_files(&forms(1..=4), &forms(1..=3))
        .source_of("wave = \"t6\"\nfile = \"data/./t6.csv\"", "")
        .runs();
    assert_eq!((ways.rows(), ways.seen("t6")), ([10, 7, 0, 0, 3], 3.0));
}

/// A workbook with `heading` (two rows, the first with merged cells) and rows of text or numbers.
fn workbook(groups: &[(u16, u16, &str)], heading: &[&str], rows: &[&[f64]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (from, to, text) in groups {
        sheet.merge_range(0, *from, 0, *to, text, &Format::new()).unwrap();
    }
    for (at, name) in heading.iter().enumerate() {
        sheet.write_string(1, at as u16, *name).unwrap();
    }
    for (row, values) in rows.iter().enumerate() {
        for (at, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
            sheet.write_number(row as u32 + 2, at as u16, *value).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_wide_workbook_with_a_merged_heading() {
    const NONE: f64 = f64::NAN;
    let heading = ["id", "site", "health", "days", "score", "health", "days", "score"];
    let rows: [&[f64]; 3] = [
        &[17.0, 1.0, 2.0, 3.0, 1.5, 1.0, 9.0, 1.0],
        &[18.0, 1.0, 2.0, 3.0, 1.5, NONE, NONE, NONE],
        &[19.0, 2.0, 3.0, 3.0, 1.0, 3.0, 4.0, 1.0],
    ];
    let book = workbook(&[(2, 4, "Before"), (5, 7, "After")], &heading, &rows);
    let keys = "file = \"data/wide.xlsx\"\nwide = { pattern = \"{wave} {item}\", waves = { t0 = \"Before\", t6 = \"After\" } }";
    let ran = Case::new().source_of(keys, "format = { heading_rows = 2 }").file("wide.xlsx", &book).runs();
    assert_eq!(ran.rows(), [6, 5, 1, 0, 0]);
    assert_eq!((ran.members(), ran.seen("t6")), (3.0, 2.0));
    assert_eq!(["2>1", "3>3"].map(|way| ran.transition("health", way)), [1.0, 1.0]);
    Case::new().source_of(keys, "format = {}").file("wide.xlsx", &book).stops(5, &["column_absent"]);
    // An id that is a number there and text in a CSV is one id.
    let both = Case::new()
        .source_of("wave = \"t0\"\nfile = \"data/t0.csv\"", "")
        .source_of("wave = \"t6\"\nfile = \"data/t6.xlsx\"", "format = { heading = 2 }")
        .file("t0.csv", forms(17..=20))
        .file("t6.xlsx", workbook(&[(2, 4, "After")], &heading[..5], &[&rows[0][..5], &rows[1][..5]]));
    assert_eq!(both.runs().seen("t6"), 2.0);
}

#[test]
fn waves_in_a_column_however_they_are_written() {
    let column =
        "file = \"data/l.csv\"\nwave_column = { column = \"time\", values = { 1 = \"t0\", 2 = \"t6\" } }";
    for (first, second) in [("1", "2"), ("1.0", "2.0"), ("1,0", "2"), ("01", "02")] {
        let rows = |people, time: &str| {
            table("", people, |person| format!("{person};1;2;3;1;{time}"))[1..].to_owned()
        };
        let text = format!("{HEADING};time\n{}{}", rows(1..=5, first), rows(1..=3, second));
        assert_eq!(Case::new().source_of(column, "").file("l.csv", text).runs().seen("t6"), 3.0, "{first}");
    }
    let words = column.replace("1 =", "Baseline =").replace("2 =", "\"6 mnd\" =");
    let text = format!("{HEADING};time\n1;1;2;3;1;Baseline\n1;1;2;3;1;6 mnd\n");
    assert_eq!(Case::new().source_of(&words, "").file("l.csv", &text).runs().seen("t6"), 1.0);
    let text = text.replace("6 mnd", "6mnd");
    Case::new().source_of(&words, "").file("l.csv", text).stops(
        5,
        &["row 3: unknown_wave: the column \"time\" names no known wave; expected one of Baseline, 6 mnd"],
    );
}

#[test]
fn waves_may_be_less_than_a_month_apart() {
    // Months 0, 0.5 and 6: in a cohort of assessments each wave has a number of its own.
    let waves = ["t0", "t2w", "t6"].into_iter().zip(["0", "0.5", "6"]);
    let waves = waves.map(|(id, month)| {
        format!("[[wave]]\nid = \"{id}\"\nmonth = {month}\nlabel = {{ nb = \"{id}\" }}\n")
    });
    let much = |answers: u32| {
        table(HEADING, 1..=20, |person| format!("{person};1;{};3;4.5", if person <= answers { 3 } else { 1 }))
    };
    let usual = two_files(&much(8), &much(10)).source("t2w", "").file("t2w.csv", much(5));
    let rows = "[variable.much]\ninstrument = \"form\"\nsql = \"health = 3\"\n[cohort.rows]\ninstrument = \"form\"\nunit = \"assessment\"\n[model.m]\ncohort = \"rows\"\noutcome = \"much\"\nterms = [\"wave\"]\ncluster = \"respondent\"\n[table.T3]\nfrom = [\"model.m\"]\nlayout = \"regression\"\n";
    let ran = Case { waves: waves.collect(), ..usual }.with(rows).runs();
    // 8, 5 and 10 of 20: odds of 8/12, 5/15 and 10/10.
    let odds = ["wave=1", "wave=6"].map(|wave| ran.estimate("model.m", "much", wave, "odds_ratio"));
    assert!((odds[0] - 0.5).abs() < 1e-9 && (odds[1] - 1.5).abs() < 1e-9, "{odds:?}");
}

#[test]
fn columns_that_another_source_of_the_file_reads_are_not_told_to_be_unknown() {
    let file = table("id;health_0;health_6;days_0;days_6;score_0;score_6;remark", 1..=8, |person| {
        format!("{person};2;1;3;3;1;1;ok")
    });
    let keys =
        "file = \"data/a.csv\"\nwide = { pattern = \"{item}_{wave}\", waves = { t0 = \"0\", t6 = \"6\" } }";
    let case = Case::new().without_site().source_of(keys, "").file("a.csv", &file);
    let evaluation = case.evaluation();
    let said = evaluation.check();
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(said.text.matches("; not in the dictionary: remark\n").count(), 2, "{}", said.text);
    assert!(!said.text.contains("health_6"), "{}", said.text);
}

#[test]
fn what_is_found_in_a_row_of_a_wide_file_is_told_once() {
    // A row without an id, two places that are none, and two answers of one wave that are none.
    let row = |person: u32| match person {
        1 => "1;7;2;8;3;3;1;1".to_owned(),
        2 => "2;7;2;8;3;3;1;1".to_owned(),
        3 => ";1;2;1;3;3;1;1".to_owned(),
        _ => format!("{person};1;2;1;3;3;1;1"),
    };
    let file = table("id;site;health_0;health_6;days_0;days_6;score_0;score_6", 1..=60, row);
    let keys =
        "file = \"data/a.csv\"\nwide = { pattern = \"{item}_{wave}\", waves = { t0 = \"0\", t6 = \"6\" } }";
    let asked = "[describe.d]\ncohort = \"all\"\nlabel = { nb = \"Sted\" }\nvariables = [\"site\"]\n[table.T3]\nfrom = [\"describe.d\"]\nlayout = \"items\"\n";
    let evaluation = Case::new().source_of(keys, "").file("a.csv", &file).with(asked).evaluation();
    evaluation.ran();
    let below = |table: &str| {
        let text = std::fs::read_to_string(evaluation.place().join(format!("release/tables/{table}.nb.md")))
            .unwrap();
        text.lines()
            .filter(|line| line.contains("utenfor") || line.contains("lese"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(below("T1"), "Én rad uten id er holdt utenfor.");
    assert_eq!(
        (below("T3").matches("uten id").count(), below("T3").matches("«Sted» (2").count()),
        (1, 1),
        "{}",
        below("T3")
    );
    // Of one wave it is told with the wave.
    assert!(below("T2").contains("T6: svar som ikke kunne leses"), "{}", below("T2"));
}
