//! The rules of the house: a module imports only from what stands before it in the flow, polars stays where it belongs, only
//! the run knows both the pipeline and the stages, and only disclosure makes cleared estimates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the crate with the modules that it may import from, itself aside.
const ALLOWED: &[(&str, &[&str])] = &[
    ("written", &[]),
    ("dictionary", &["written"]),
    ("plan", &["dictionary", "estimate"]),
    ("convention", &["estimate"]),
    ("estimate", &[]),
    ("distribution", &[]),
    ("registry", &[]),
    ("read", &[]),
    ("store", &["dictionary", "written"]),
    ("intake", &["written", "dictionary", "plan", "read", "registry", "store"]),
    ("cohort", &["dictionary", "plan"]),
    ("tally", &["cohort"]),
    ("names", &["written", "dictionary", "plan", "cohort"]),
    ("describe", &["dictionary", "plan", "distribution", "estimate", "cohort", "tally"]),
    ("change", &["convention", "describe", "distribution", "estimate", "registry"]),
    ("model", &["convention", "distribution", "estimate", "registry"]),
    ("attrition", &["estimate", "describe", "model"]),
    ("statistic", &["attrition", "change", "describe", "model"]),
    ("disclosure", &["dictionary", "distribution", "estimate", "change", "describe", "model", "statistic"]),
    ("table", &["dictionary", "plan", "convention", "estimate", "statistic", "disclosure", "registry"]),
    ("published", &["written", "dictionary", "disclosure", "table", "registry"]),
    ("figure", &["dictionary", "plan", "estimate", "statistic", "table", "registry"]),
    ("evaluation", &["dictionary", "plan", "disclosure", "table", "figure"]),
    (
        "report",
        &[
            "dictionary",
            "plan",
            "evaluation",
            "convention",
            "estimate",
            "statistic",
            "disclosure",
            "table",
            "figure",
            "registry",
        ],
    ),
    ("codebook", &["dictionary", "plan", "evaluation", "estimate", "statistic", "table", "report"]),
    ("workbook", &["dictionary", "table"]),
    ("document", &["dictionary", "table"]),
    ("notebook", &["dictionary", "plan", "evaluation", "estimate", "statistic"]),
    (
        "question",
        &[
            "disclosure",
            "written",
            "dictionary",
            "plan",
            "evaluation",
            "convention",
            "estimate",
            "cohort",
            "tally",
            "names",
            "describe",
            "change",
            "model",
            "attrition",
            "statistic",
            "report",
            "notebook",
            "table",
            "figure",
        ],
    ),
    ("simulate", &["written", "dictionary", "plan"]),
    (
        "pipeline",
        &[
            "written",
            "dictionary",
            "plan",
            "convention",
            "cohort",
            "disclosure",
            "figure",
            "intake",
            "names",
            "question",
            "table",
        ],
    ),
    (
        "run",
        &[
            "change",
            "written",
            "dictionary",
            "plan",
            "estimate",
            "intake",
            "store",
            "cohort",
            "tally",
            "statistic",
            "disclosure",
            "table",
            "published",
            "figure",
            "report",
            "codebook",
            "workbook",
            "document",
            "notebook",
            "question",
            "pipeline",
        ],
    ),
    ("compare", &["dictionary", "table", "run"]),
    ("draft", &["dictionary", "read", "intake", "plan"]),
    ("embedded", &[]),
    ("cli", &["dictionary"]),
    ("schema", &["dictionary", "pipeline", "published", "question", "simulate"]),
    (
        "command",
        &[
            "cli",
            "codebook",
            "compare",
            "dictionary",
            "draft",
            "embedded",
            "read",
            "run",
            "schema",
            "simulate",
        ],
    ),
];

/// The modules in which polars may be named.
const POLARS: &[&str] = &["store", "cohort", "tally", "run"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// (module, path, text without comments) of every source file.
fn house() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(&root).unwrap().to_owned();
            let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
            let code = fs::read_to_string(&path).unwrap();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            (first.trim_end_matches(".rs").to_owned(), relative, code.join("\n"))
        })
        .collect()
}

/// A name that a `use` item takes: the path in segments, what it is called here, and whether others can have it from here.
#[derive(Debug, PartialEq)]
struct Use {
    path: Vec<String>,
    name: String,
    is_public: bool,
}

/// The `use` items of a file, groups opened.
fn uses(code: &str) -> Vec<Use> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("use ") {
        let line = before.rsplit('\n').next().unwrap().trim();
        rest = after;
        if !matches!(line, "" | "pub" | "pub(crate)" | "pub(super)") {
            continue;
        }
        let (tree, behind) = after.split_once(';').unwrap();
        rest = behind;
        let tree: String =
            tree.replace(" as ", "=").chars().filter(|letter| !letter.is_whitespace()).collect();
        open(&tree, &[], !line.is_empty(), &mut found);
    }
    found
}

/// Takes one tree apart: `a::{b, c::d=e}`.
fn open(tree: &str, before: &[&str], is_public: bool, found: &mut Vec<Use>) {
    if let Some((path, list)) = tree.split_once('{') {
        let before: Vec<&str> =
            before.iter().copied().chain(path.split("::").filter(|part| !part.is_empty())).collect();
        let list = list.strip_suffix('}').unwrap();
        let (mut depth, mut start) = (0, 0);
        for (place, letter) in list.char_indices().chain([(list.len(), ',')]) {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    if start < place {
                        open(&list[start..place], &before, is_public, found);
                    }
                    start = place + 1;
                }
                _ => {}
            }
        }
        return;
    }
    let (path, alias) = tree.split_once('=').map_or((tree, None), |(path, alias)| (path, Some(alias)));
    let mut path: Vec<String> = before.iter().copied().chain(path.split("::")).map(str::to_owned).collect();
    path.retain(|part| part != "self");
    let name = alias.map_or_else(|| path.last().cloned().unwrap_or_default(), str::to_owned);
    found.push(Use { path, name, is_public });
}

/// How many modules a file lies deep: `run/mod.rs` 1, `run/desk.rs` 2.
fn depth(path: &Path) -> usize {
    let parts = path.components().count();
    if path.ends_with("mod.rs") { parts - 1 } else { parts }
}

/// The room that a path leads to: after `crate`, or after as many `super` as lead out of the file's own room.
fn room<'p>(path: &'p [String], file: &Path) -> Option<&'p str> {
    let climbed = path.iter().take_while(|part| *part == "super").count();
    match path.first()?.as_str() {
        "crate" | "$crate" => path.get(1).map(String::as_str),
        "super" if climbed >= depth(file) => path.get(climbed).map(String::as_str),
        _ => None,
    }
}

/// The rooms that a file names: in its `use` items, and in paths that it writes out.
fn imports(file: &Path, code: &str) -> Vec<String> {
    let own = code.split("#[cfg(test)]\nmod tests").next().unwrap();
    let used = uses(own).into_iter().filter_map(|one| room(&one.path, file).map(str::to_owned));
    let in_tests =
        uses(code).into_iter().filter(|one| one.path.first().is_some_and(|first| first == "crate"));
    let in_tests = in_tests.filter_map(|one| room(&one.path, file).map(str::to_owned));
    let word = |text: &str| -> String {
        text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    };
    let written = ["crate::".to_owned(), "super::".repeat(depth(file).max(1))].map(|prefix| {
        let code = if prefix.starts_with("crate") { code } else { own };
        let found = code.match_indices(&prefix).map(|(place, _)| word(&code[place + prefix.len()..]));
        found.filter(|name| !name.is_empty() && name != "super").collect::<Vec<_>>()
    });
    used.chain(in_tests).chain(written.concat()).collect()
}

#[test]
fn a_module_imports_only_what_stands_before_it_in_the_flow() {
    let mut faults = Vec::new();
    for (module, path, code) in house() {
        if matches!(module.as_str(), "lib" | "main" | "build") {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == module) else {
            faults.push(format!("{}: the module {module} is not on the map", path.display()));
            continue;
        };
        for import in imports(&path, &code) {
            if import != module && !allowed.contains(&import.as_str()) {
                faults.push(format!("{}: {module} imports from {import}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_map_has_no_room_that_is_not_built() {
    let built: Vec<String> = house().into_iter().map(|(module, _, _)| module).collect();
    for (module, _) in ALLOWED {
        assert!(built.iter().any(|name| name == module), "{module} is on the map but not in src");
    }
}

#[test]
fn only_the_run_knows_both_the_pipeline_and_the_stages() {
    let stages = [
        "intake",
        "store",
        "cohort",
        "tally",
        "attrition",
        "describe",
        "change",
        "model",
        "disclosure",
        "table",
        "figure",
        "report",
        "codebook",
        "workbook",
        "document",
        "notebook",
    ];
    for (module, allowed) in ALLOWED {
        let knows_stage = stages.iter().any(|stage| allowed.contains(stage));
        if allowed.contains(&"pipeline") && knows_stage {
            assert_eq!(*module, "run");
        }
    }
    for name in ["dictionary", "estimate"] {
        let (_, allowed) = ALLOWED.iter().find(|(module, _)| *module == name).unwrap();
        assert!(stages.iter().all(|stage| !allowed.contains(stage)), "{name} imports a stage");
    }
}

#[test]
fn polars_stays_in_its_rooms() {
    for (module, path, code) in house() {
        let named = code.contains("polars::") || code.contains("polars_arrow::");
        assert!(!named || POLARS.contains(&module.as_str()), "{} names polars", path.display());
    }
}

#[test]
fn unsafe_code_stands_in_two_places() {
    for (_, path, code) in house() {
        let allowed = path.ends_with("store/bridge.rs") || path.ends_with("command.rs");
        assert!(allowed || !code.contains("unsafe {"), "{} has unsafe code", path.display());
    }
}

/// Files that compute statistics and stand in no list of procedures.
const METHODS_BESIDE: &[&str] = &[
    "change/adjust.rs",
    "change/agreement.rs",
    "change/attainment.rs",
    "change/rank_biserial.rs",
    "change/trajectory.rs",
    "change/weighted.rs",
    "change/wilson.rs",
    "model/prediction.rs",
    "model/separation.rs",
    "model/weighted.rs",
    "attrition/balance.rs",
    "attrition/weights.rs",
];

/// The files that a room's `registry!` declares.
fn registered(room: &str) -> Vec<String> {
    let (_, _, code) =
        house().into_iter().find(|(_, path, _)| *path == Path::new(room).join("mod.rs")).unwrap();
    let list = code.split_once("registry! {").unwrap().1.split_once('}').unwrap().0;
    let files = list.split_once("PROCEDURE in").unwrap().1.split(',').map(str::trim);
    files.filter(|file| !file.is_empty()).map(|file| format!("{room}/{file}.rs")).collect()
}

#[test]
fn every_method_says_what_it_assumes_when_it_is_not_for_use_and_what_it_was_checked_against() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = [registered("change"), registered("model")].concat();
    assert!(files.len() > 30, "the lists of procedures are read: {files:?}");
    let mut faults = Vec::new();
    for file in files.iter().map(String::as_str).chain(METHODS_BESIDE.iter().copied()) {
        let code = fs::read_to_string(root.join(file)).unwrap();
        let head: Vec<&str> =
            code.lines().map_while(|line| line.strip_prefix("//!").map(str::trim)).collect();
        let head = head.join(" ");
        for (what, said) in [
            ("what it assumes", head.to_lowercase().contains("assume")),
            ("when not to use it", head.contains("Not for") || head.contains("Not to")),
            ("its source", head.to_lowercase().contains("source")),
            ("what it was checked against", head.contains("Checked")),
        ] {
            if !said {
                faults.push(format!("{file}: its head does not say {what}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn imports_are_found_in_lists_and_paths() {
    let code = "use crate::{change, model::{self, Fit}, cohort as c};\npub use super::super::plan::Plan;\ncrate::table::build()";
    let mut found = imports(Path::new("run/desk.rs"), code);
    found.dedup();
    assert_eq!(found, ["change", "model", "cohort", "plan", "change", "model", "cohort", "table", "plan"]);
    let used = uses("pub(crate) use crate::a::{B as C, d::E};");
    assert_eq!(used.len(), 2);
    assert_eq!((used[0].path.join("::").as_str(), used[0].name.as_str()), ("crate::a::B", "C"));
    assert!(used[1].is_public && used[1].name == "E");
}

/// Names that a room takes from one that hands them on from a third, which it may not import from. `statistic` is there to hand names on.
fn handed_on(house: &[(String, PathBuf, String)]) -> Vec<String> {
    let mut handed = BTreeMap::new();
    for (module, path, code) in house {
        for one in uses(code).into_iter().filter(|one| one.is_public) {
            if let Some(of) = room(&one.path, path).filter(|of| of != module && module != "statistic") {
                handed.insert((module.clone(), one.name.clone()), of.to_owned());
            }
        }
    }
    let mut faults = Vec::new();
    for (module, path, code) in house {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| name == module) else { continue };
        for one in uses(code) {
            let Some(from) = room(&one.path, path).filter(|from| from != module) else { continue };
            let of = one.path.last().and_then(|name| handed.get(&(from.to_owned(), name.clone())));
            if let Some(of) = of.filter(|of| *of != module && !allowed.contains(&of.as_str())) {
                faults.push(format!("{}: {} of {of}", path.display(), one.path.join("::")));
            }
        }
    }
    faults
}

#[test]
fn nothing_climbs_by_being_handed_on() {
    let faults = handed_on(&house());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let file = |room: &str, code: &str| (room.to_owned(), Path::new(room).join("mod.rs"), code.to_owned());
    let climbs =
        [file("cohort", "pub use crate::run::Plan;"), file("tally", "use super::cohort::{Plan, x};")];
    assert_eq!(handed_on(&climbs), ["tally/mod.rs: super::cohort::Plan of run"]);
}

/// Each room stands after all that it imports from, so that no circle spans two rooms.
#[test]
fn no_circle_spans_two_rooms() {
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    while placed.len() < ALLOWED.len() {
        let ready = |(name, allowed): &&(&str, &[&str])| {
            !placed.contains(name) && allowed.iter().all(|before| placed.contains(before))
        };
        let next: Vec<&str> = ALLOWED.iter().filter(ready).map(|(name, _)| *name).collect();
        let left = || ALLOWED.iter().map(|(name, _)| *name).filter(|name| !placed.contains(name));
        assert!(!next.is_empty(), "a circle among {}", left().collect::<Vec<_>>().join(", "));
        placed.extend(next);
    }
}

/// A room may import from another only where it does: what is allowed and unused is a wall that stands open.
#[test]
fn nothing_is_allowed_that_nobody_does() {
    let house = house();
    let mut faults = Vec::new();
    for (module, allowed) in ALLOWED {
        let of_room = house.iter().filter(|(name, ..)| name == module);
        let used: BTreeSet<String> = of_room.flat_map(|(_, path, code)| imports(path, code)).collect();
        faults.extend(
            allowed.iter().filter(|room| !used.contains(**room)).map(|room| format!("{module}: {room}")),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The rooms after the estimates: they ask for statistics, and none of them is a statistic's home.
const ASKING: &[&str] = &[
    "disclosure",
    "statistic",
    "table",
    "published",
    "figure",
    "report",
    "codebook",
    "workbook",
    "document",
    "notebook",
    "question",
    "run",
    "compare",
];

/// Texts of these rooms that are words of their own and happen to be a statistic's name: keys of words and of files, elements and
/// attributes of XML and SVG, functions and arguments in the code of notebooks, layouts.
const WORDS_OF_THEIR_OWN: &[(&str, &[&str])] = &[
    ("codebook/frequency.rs", &["mean", "missing"]),
    ("codebook/ddi.rs", &["range"]),
    ("codebook/html.rs", &["improved", "missing", "range"]),
    ("codebook/mod.rs", &["sum", "mean", "count"]),
    ("compare/numbers.rs", &["statistic"]),
    ("compare/text.rs", &["statistic"]),
    ("document/picture.rs", &["t"]),
    ("figure/chart/curves.rs", &["predicted"]),
    ("figure/sheet.rs", &["pattern"]),
    ("published/ledger.rs", &["count"]),
    ("published/rules/count_and_percent.rs", &["count"]),
    // Functions and arguments of notebooks, and the beginnings of names that their code makes by pasting.
    ("question/agreement/notebook.rs", &["kappa"]),
    ("question/change/notebook.rs", &["bowker", "bhapkar", "stuart_maxwell", "sd_before", "sd", "improved"]),
    ("question/contrast/notebook.rs", &["difference", "superiority_difference"]),
    ("question/describe/notebook.rs", &["both"]),
    ("question/followup/notebook.rs", &["seen", "eligible", "state", "members"]),
    ("question/attrition/notebook.rs", &["members"]),
    ("question/model/notebook.rs", &["ame", "predicted", "calibrated", "loco_calibrated"]),
    ("report/account.rs", &["lost"]),
    ("report/brief/mod.rs", &["members"]),
    ("report/brief/sure.rs", &["lost"]),
    ("report/changes.rs", &["unchanged", "worse"]),
    ("report/definition.rs", &["transition"]),
    ("report/finding/sentence.rs", &["improved", "worse"]),
    ("report/reading/answers.rs", &["share"]),
    ("report/reading/change.rs", &["transition", "worse", "improved", "unchanged"]),
    ("report/reading/followup.rs", &["eligible", "seen", "members", "share", "smd", "lost", "followed"]),
    ("report/reading/judged.rs", &["share", "kappa", "mean"]),
    ("report/reading/numbers.rs", &["mean", "sd"]),
    ("run/estimates.rs", &["statistic"]),
    ("run/facts.rs", &["range"]),
    ("table/layout/conventions.rs", &["wilcoxon", "wilcoxon_z", "wilcoxon_p"]),
    ("table/layout/followup.rs", &["members"]),
    ("table/layout/regression_conventions.rs", &["hosmer_lemeshow"]),
    ("table/layout/transition.rs", &["transition"]),
    ("table/layout/use_classes.rs", &["improved"]),
    ("table/remark.rs", &["share"]),
];

/// The texts in quotes of a file, its tests aside.
fn texts(code: &str) -> Vec<&str> {
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap();
    code.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}

/// A statistic is asked for by its value: a name that nobody gave a statistic does not compile.
#[test]
fn no_name_of_a_statistic_stands_as_a_text_outside_its_home() {
    let names: BTreeSet<&str> =
        utfall::question::stages().flat_map(|stage| (stage.statistics)()).map(|one| one.name).collect();
    assert!(names.len() > 300, "{}", names.len());
    let (mut faults, mut met) = (Vec::new(), BTreeSet::new());
    for (_, path, code) in house().into_iter().filter(|(module, ..)| ASKING.contains(&module.as_str())) {
        let path = path.to_string_lossy().replace('\\', "/");
        let own = WORDS_OF_THEIR_OWN.iter().find(|(known, _)| *known == path).map_or(&[][..], |(_, own)| own);
        for text in texts(&code).into_iter().filter(|text| names.contains(text)) {
            match own.iter().find(|word| **word == text) {
                Some(word) => _ = met.insert((path.clone(), *word)),
                None => faults.push(format!("{path}: \"{text}\"")),
            }
        }
    }
    assert!(faults.is_empty(), "ask by `crate::statistic`:\n{}", faults.join("\n"));
    let listed =
        WORDS_OF_THEIR_OWN.iter().flat_map(|(path, words)| words.iter().map(move |word| (*path, *word)));
    for (path, word) in listed {
        assert!(met.contains(&(path.to_owned(), word)), "{path} no longer says \"{word}\"");
    }
}

/// What a value is a function of its statistic declares; disclosure looks at no name, neither at lists of them nor at how they are
/// spelt.
#[test]
fn disclosure_has_no_lists_and_no_spelling_rules() {
    let mut faults = Vec::new();
    for (_, path, code) in house().into_iter().filter(|(module, ..)| module == "disclosure") {
        let code = code.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
        for spelling in ["statistic.name", "statistic().name", "starts_with(", "ends_with(", "strip_"] {
            if code.contains(spelling) {
                faults.push(format!("{}: {spelling}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Keys of estimates are put together and taken apart in `estimate/key.rs` alone.
#[test]
fn no_key_is_taken_apart_by_hand() {
    let apart = ["split_once(", "split(", "contains(", "find("];
    let signs = ["'='", "'@'", "'>'", "\" & \""];
    // A column that SQL has to have in quotes; the name of a file of forms; an argument in the code of a notebook.
    let others = ["run/record.rs", "codebook/ddi.rs", "notebook/dialect.rs"];
    let mut faults = Vec::new();
    for (_, path, code) in house().into_iter().filter(|(module, ..)| ASKING.contains(&module.as_str())) {
        let path = path.to_string_lossy().replace('\\', "/");
        if others.contains(&path.as_str()) {
            continue;
        }
        for line in code.lines() {
            let taken = apart.iter().any(|by| signs.iter().any(|sign| line.contains(&format!("{by}{sign}"))));
            let put =
                ["}={", "}@{", "}>{"].iter().any(|join| line.contains(join)) && line.contains("format!(\"{");
            if taken || put {
                faults.push(format!("{path}: {}", line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Code without its tests.
fn untested(code: &str) -> &str {
    code.split("#[cfg(test)]\nmod tests").next().unwrap()
}

/// A digest is of bytes that are written somewhere; `Debug` is for developers, and another word in it changed what readers cite.
#[test]
fn no_debug_text_stands_under_a_digest() {
    let mut faults = Vec::new();
    for (module, path, code) in house() {
        let code = untested(&code);
        let digests = module == "run" || ["blake3", "digest"].iter().any(|word| code.contains(word));
        let debug = |line: &&str| line.contains(":?}") && digests && !line.contains("Internal");
        // The standard library promises no more of its hasher than that it is the same within one build.
        let unstable = |line: &&str| line.contains("DefaultHasher");
        let found = code.lines().filter(|line| debug(line) || unstable(line));
        faults.extend(found.map(|line| format!("{}: {}", path.display(), line.trim())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The steps of a run stand in `run/graph.rs` alone: elsewhere no id of one is put together, none is taken apart to find out what it is,
/// and none is asked for what it begins with.
#[test]
fn the_step_graph_is_defined_once() {
    let kinds = ["store", "table", "figure", "workbook", "document", "report"];
    let names = ["disclosure", "codebook", "published", "notebooks"];
    let (mut faults, mut defined) = (Vec::new(), BTreeSet::new());
    for (_, path, code) in
        house().into_iter().filter(|(module, ..)| matches!(module.as_str(), "run" | "compare"))
    {
        for line in untested(&code).lines() {
            let kinds = kinds.iter().filter(|kind| {
                line.contains(&format!("\"{kind}.")) || line.contains(&format!("(\"{kind}\""))
            });
            let names = names.iter().filter(|name| line.contains(&format!("\"{name}\"")));
            let apart = ["split_once('.')", "split('.')", "starts_with(\"", "id.starts_with"];
            // What kind of analysis an entry of the ledger names; the name of a part of a fingerprint.
            let others = ["run/published.rs", "compare/causes.rs"];
            let apart = apart
                .iter()
                .filter(|by| line.contains(**by) && !others.iter().any(|other| path.ends_with(other)));
            let found: Vec<&str> = kinds.chain(names).chain(apart).copied().collect();
            match path.ends_with("run/graph.rs") {
                true => defined.extend(found.into_iter().map(str::to_owned)),
                false => faults.extend(found.iter().map(|_| format!("{}: {}", path.display(), line.trim()))),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let expected: BTreeSet<String> = kinds.iter().chain(&names).map(|id| (*id).to_owned()).collect();
    assert_eq!(defined, expected, "the list of steps is read");
}

/// One fit for all analyses that weight by it.
#[test]
fn a_response_model_is_fitted_in_one_place() {
    let calls = |call: &str| -> usize {
        house().iter().map(|(_, _, code)| untested(code).matches(call).count()).sum()
    };
    assert_eq!((calls("PatternWeights::of("), calls("attrition::Weights::of(")), (1, 1));
}

/// The rooms that present numbers and work none out.
const PRESENTING: &[&str] = &["table", "figure/kind", "report", "codebook", "workbook", "document"];

/// Where they calculate with fractions all the same, and why. None of it makes a number that is printed as a result.
const CALCULATING: &[(&str, &str)] = &[
    ("document/picture.rs", "Widths and heights."),
    ("document/table.rs", "Widths and heights."),
    ("report/association/sentence.rs", "Rounding, and a difference that is told without its sign."),
    (
        "report/brief/mod.rs",
        "How many intervals leave zero out by chance, of as many as the page counts: a property of the method, no result.",
    ),
    ("report/changes.rs", "Widths of bars."),
    ("report/finding/sentence.rs", "Rounding: with how many decimals a limit is told."),
    ("report/reading/answers.rs", "Whether what is hidden can be more decides the words."),
    ("report/reading/shown.rs", "Whether what is hidden can be more or less decides the words."),
    ("report/size.rs", "Rounding, so that the name and the number agree."),
    ("table/number.rs", "Per cent and rounding."),
    (
        "table/remark.rs",
        "Shares of forms and answers that intake counts and tells with the count itself: facts of the files, no estimates of persons.",
    ),
    ("workbook/grid.rs", "Widths and heights."),
    ("workbook/number_format.rs", "Per cent and rounding."),
    ("workbook/sheet.rs", "Widths and heights."),
];

/// Calculating with fractions is refused in these rooms by clippy's `float_arithmetic`, which knows the types; here stands where it is
/// expected all the same. What clippy does not see, functions of fractions and their sums, is looked for in the text.
#[test]
fn the_rooms_that_present_work_out_no_numbers() {
    let functions =
        ["sum::<f64>", ".powi(", ".powf(", ".sqrt(", ".mul_add(", ".ln(", ".exp(", ".asin(", ".log10("];
    let (mut faults, mut met) = (Vec::new(), BTreeSet::new());
    for (_, path, code) in house() {
        let path = path.to_string_lossy().replace('\\', "/");
        let Some(room) = PRESENTING.iter().find(|room| path.starts_with(&format!("{room}/"))) else {
            continue;
        };
        if path == format!("{room}/mod.rs")
            && !code.contains("#![cfg_attr(not(test), deny(clippy::float_arithmetic))]")
        {
            faults.push(format!("{path} does not deny float_arithmetic"));
        }
        let code = code.split("#[cfg(test)]\nmod tests").next().unwrap();
        let calculates = code.contains("expect(clippy::float_arithmetic")
            || functions.iter().any(|one| code.contains(one));
        let is_listed = CALCULATING.iter().any(|(known, _)| *known == path);
        if code.contains("allow(clippy::float_arithmetic") || calculates != is_listed {
            faults.push(format!("{path}: calculates: {calculates}, listed: {is_listed}"));
        }
        met.extend(is_listed.then_some(path));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (path, why) in CALCULATING {
        assert!(met.contains(*path) && why.ends_with('.'), "{path} is not there");
    }
}
