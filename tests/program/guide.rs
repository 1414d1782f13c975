//! The guide and README are true: every example resolves and runs, the tables and lists in them are what the program prints, and
//! every link leads somewhere.
//!
//! Examples are added to `pipelines/first`, the evaluation that `utfall init` writes, so that a reader can paste them there.
//! `UTFALL_WRITE=1 cargo test --test program guide::` writes the tables and lists anew; read the difference before you commit it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Evaluation, repository};

/// A block of code in a page.
struct Block {
    /// The page and the line on which the block begins.
    place: String,
    /// What stands after the opening fence: `toml,pipeline`.
    info: String,
    text: String,
}

/// Every Markdown file of the guide.
fn pages() -> Vec<PathBuf> {
    let mut folders = vec![repository("guide")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    assert!(pages.len() > 20, "the guide has its pages");
    pages
}

/// The same pages and README.
fn texts() -> Vec<(PathBuf, String)> {
    let paths = pages().into_iter().chain([repository("README.md"), repository("CONTRIBUTING.md")]);
    paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    for (path, text) in texts() {
        let mut open: Option<Block> = None;
        for (number, line) in text.lines().enumerate() {
            match (line.trim().strip_prefix("```"), open.as_mut()) {
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (Some(info), None) => {
                    let place = format!("{}:{}", path.display(), number + 1);
                    open = Some(Block { place, info: info.to_owned(), text: String::new() });
                }
                (None, Some(block)) => writeln!(block.text, "{line}").unwrap(),
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block of code has no end", path.display());
    }
    blocks
}

/// `pipelines/first` with the items that the guide adds to its dictionary, and made-up answers to them.
fn ground(blocks: &[Block]) -> Evaluation {
    let evaluation = Evaluation::first();
    for block in blocks.iter().filter(|block| block.info == "toml,dictionary") {
        evaluation.append("dictionary.toml", &format!("\n{}", block.text));
    }
    let before = evaluation.read("data/before.csv");
    let health: BTreeMap<&str, i32> =
        before.lines().skip(1).map(|line| (field(line, 0), field(line, 3).parse().unwrap_or(0))).collect();
    let after = evaluation.read("data/after.csv");
    let mut lines = after.lines();
    let mut text = format!("{};rated_health;goal_work;goal_contact\n", lines.next().unwrap());
    for (number, line) in lines.enumerate() {
        let now: i32 = field(line, 3).parse().unwrap_or(0);
        // The staff see what the answers say, but for every fourth person.
        let rated = if number % 4 == 0 { 2 } else { 2 + (now - health[field(line, 0)]).signum() };
        let work = if number % 3 == 0 { String::new() } else { (1 + number * 7 % 5).to_string() };
        let contact = if number % 2 == 0 { String::new() } else { (1 + number * 3 % 5).to_string() };
        writeln!(text, "{line};{rated};{work};{contact}").unwrap();
    }
    evaluation.write("data/after.csv", text);
    evaluation
}

fn field(line: &str, at: usize) -> &str {
    line.split(';').nth(at).unwrap_or_default()
}

#[test]
fn every_toml_block_is_toml() {
    for Block { place, info, text } in blocks() {
        if info.starts_with("toml") {
            assert!(["toml", "toml,pipeline", "toml,dictionary"].contains(&info.as_str()), "{place}: {info}");
            if let Err(error) = text.parse::<toml::Table>() {
                panic!("{place}: {error}");
            }
        }
    }
}

/// Each example by itself, as a reader pastes one: the tables of all of them, by id.
fn examples() -> BTreeMap<String, String> {
    let blocks = blocks();
    let ground = ground(&blocks);
    let mut tables = BTreeMap::new();
    let mut examples = 0;
    for block in blocks.iter().filter(|block| block.info == "toml,pipeline") {
        let evaluation = ground.copied();
        evaluation.append("pipeline.toml", &format!("\n{}", block.text));
        let said = evaluation.run(&["--lang", "en"]);
        assert_eq!(said.code, 0, "{}:\n{}", block.place, said.text);
        examples += 1;
        let declared = block.text.lines().filter_map(|line| line.strip_prefix("[table.")?.strip_suffix(']'));
        for id in declared {
            let other = tables.insert(id.to_owned(), table(&evaluation, id));
            assert!(other.is_none(), "{}: two examples have a table `{id}`", block.place);
        }
    }
    assert!(examples >= 9, "an example for each kind of question, found {examples}");
    tables
}

/// What the guide shows between `<!-- table: ID -->` or `<!-- list: NAME -->` and `<!-- end -->`.
#[test]
fn every_example_runs_and_the_guide_shows_what_it_prints() {
    let tables = examples();
    let write = crate::common::committed::is_written_anew();
    let mut shown = 0;
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        let made = filled(&text, &mut |kind, name| {
            shown += 1;
            match (kind, tables.get(name)) {
                ("table", Some(table)) => table.clone(),
                ("list", _) => list(name),
                _ => panic!("{}: no example makes the {kind} `{name}`", path.display()),
            }
        });
        if write {
            fs::write(&path, &made).unwrap();
        }
        let differing = text.lines().zip(made.lines()).find(|(stands, printed)| stands != printed);
        assert!(
            write || text == made,
            "{} is out of date: UTFALL_WRITE=1 cargo test --test program guide::\n{differing:#?}",
            path.display()
        );
    }
    assert!(shown >= 12, "found {shown} tables and lists");
}

/// A page with what `of` gives for each of its places.
fn filled(text: &str, of: &mut dyn FnMut(&str, &str) -> String) -> String {
    let mut made = String::new();
    let mut inside = false;
    for line in text.lines() {
        if inside && line != "<!-- end -->" {
            continue;
        }
        inside = false;
        writeln!(made, "{line}").unwrap();
        let place = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        if let Some((kind, name)) = place.and_then(|place| place.split_once(": ")) {
            write!(made, "\n{}\n", of(kind, name)).unwrap();
            inside = true;
        }
    }
    assert!(!inside, "a table or list has no <!-- end -->");
    made
}

/// A table of the release without its notes, which the guide tells in its own words.
fn table(evaluation: &Evaluation, name: &str) -> String {
    let file = evaluation.place().join(format!("release/tables/{name}.en.md"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut table = String::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        writeln!(table, "{line}").unwrap();
    }
    table
}

/// A list that stands in the code.
fn list(name: &str) -> String {
    let mut text = String::new();
    match name {
        "layouts" => {
            text.push_str("| `layout` | made from | what it shows |\n|---|---|---|\n");
            for layout in utfall::question::layouts() {
                let kind = layout.kind.as_str();
                writeln!(text, "| `{}` | {kind} | {} |", layout.name, layout.about).unwrap();
            }
        }
        "figures" => {
            text.push_str("| `kind` | made from | what it shows |\n|---|---|---|\n");
            for figure in utfall::question::figures() {
                let kind = figure.shows.as_str();
                writeln!(text, "| `{}` | {kind} | {} |", figure.name, figure.about).unwrap();
            }
        }
        "checks" => {
            text.push_str("| check | what it finds | what follows, if you say nothing | what you can ask for |\n|---|---|---|---|\n");
            for check in utfall::intake::CHECKS {
                let allowed: Vec<String> =
                    check.allowed_actions.iter().map(|action| format!("`{}`", action.name())).collect();
                let default = check.default_action.name();
                writeln!(text, "| `{}` | {} | `{default}` | {} |", check.id, check.about, allowed.join(", "))
                    .unwrap();
            }
        }
        _ => panic!("no list is called {name}"),
    }
    text
}

/// Relative links lead to files, and to headings in them; pictures exist and are small.
#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for (path, text) in texts() {
        for target in targets(&text) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            links += 1;
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let to = if file.is_empty() {
                path.clone()
            } else {
                path.parent().unwrap_or(Path::new("")).join(file)
            };
            assert!(to.exists(), "{}: {target} leads nowhere", path.display());
            if !heading.is_empty() {
                let text = fs::read_to_string(&to).unwrap();
                assert!(
                    headings(&text).iter().any(|one| one == heading),
                    "{}: {target} has no such heading",
                    path.display()
                );
            }
            if to.extension().is_some_and(|extension| extension == "png") {
                assert!(fs::metadata(&to).unwrap().len() < 250_000, "{target} is larger than 250 kB");
            }
        }
    }
    assert!(links > 50, "found {links} links");
}

/// What stands in the round brackets of `[words](target)`, outside of code.
fn targets(text: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut code = false;
    for line in text.lines() {
        if line.trim().starts_with("```") {
            code = !code;
        }
        let mut rest = if code { "" } else { line };
        while let Some((_, after)) = rest.split_once("](") {
            let Some((target, left)) = after.split_once(')') else { break };
            targets.push(target);
            rest = left;
        }
    }
    targets
}

/// The anchors that a page's headings get on a repository's page and in mdBook.
fn headings(text: &str) -> Vec<String> {
    let of_heading = text.lines().filter_map(|line| line.strip_prefix('#'));
    let words = of_heading.map(|line| line.trim_start_matches('#').trim().to_lowercase());
    let anchor = |words: String| -> String {
        let kept = words.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
        kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
    };
    words.map(anchor).collect()
}

/// mdBook shows what the summary lists, and nothing else.
#[test]
fn the_summary_lists_every_page() {
    let summary = fs::read_to_string(repository("guide/SUMMARY.md")).unwrap();
    let listed = targets(&summary);
    for page in pages() {
        let name = page.strip_prefix(repository("guide")).unwrap().to_str().unwrap().replace('\\', "/");
        assert!(name == "SUMMARY.md" || listed.contains(&name.as_str()), "SUMMARY.md lacks {name}");
    }
}

/// What a page says of the numbers of a question are names of statistics, or how names begin.
#[test]
fn the_numbers_that_the_guide_names_exist() {
    let names: Vec<&str> = utfall::question::stages()
        .flat_map(|stage| (stage.statistics)())
        .map(|statistic| statistic.name)
        .collect();
    let mut named = 0;
    for (path, text) in texts() {
        for paragraph in text.split("\n\n").filter(|paragraph| paragraph.starts_with("**Which numbers**")) {
            let code = paragraph.split('`').skip(1).step_by(2);
            let is_name = |code: &&str| code.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
            for name in code.filter(is_name).filter(|name| !["change", "flow", "numeric"].contains(name)) {
                named += 1;
                assert!(names.iter().any(|one| one.starts_with(name)), "{}: `{name}`", path.display());
            }
        }
    }
    assert!(named > 20, "found {named} names");
}
