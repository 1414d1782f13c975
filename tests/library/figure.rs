//! Figures: every kind in every language is well-formed, says what it shows, hides what is suppressed, and has its text on the
//! sheet and nowhere on other text.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use crate::common::ids::without_ids;
use crate::made_up::{self, ANALYSES, labels, value, views};
use resvg::tiny_skia::Pixmap;
use resvg::usvg::fontdb::Database;
use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{Group, Node, Options, Rect, Tree};
use utfall::dictionary::{Language, Text};
use utfall::disclosure::{Policy, Release, clear};
use utfall::estimate::{Estimate, Kind as Stage, Subject};
use utfall::figure::{Figure, FigureError, FigureSpec, Input, Kind, build};
use utfall::plan::CohortUnit;
use utfall::table::{AnalysisView, Labels};

/// Kind, analyses, variables, and whether groups are drawn.
type Asked = (&'static str, &'static [&'static str], &'static [&'static str], bool);

const FIGURES: &[Asked] = &[
    ("change_bars", &["change.severity"], &[], true),
    (
        "change_bars",
        &["change.severity", "change.involvement"],
        &["mental_health", "housing", "group"],
        false,
    ),
    ("paired_bars", &["change.involvement"], &[], false),
    ("paired_bars", &["change.severity"], &["mental_health", "housing"], false),
    ("flow", &["change.severity"], &["mental_health"], false),
    ("flow", &["change.severity"], &["mental_health"], true),
    ("flow", &["change.involvement"], &["group"], false),
    ("dots", &["change.severity"], &[], false),
    ("dots", &["change.involvement"], &[], false),
    ("change_since", &["change.severity"], &["mental_health"], false),
    ("trajectory", &["trajectory.waves"], &[], true),
    ("forest", &["model.plan"], &[], false),
    ("forest", &["model.plan", "model.group"], &[], false),
    ("marginal_effects", &["model.effects"], &[], false),
    ("calibration", &["model.effects"], &[], false),
    ("calibration", &["model.effects", "model.effects"], &[], false),
    ("profile", &["describe.items"], &[], false),
    ("profile", &["describe.severity"], &[], true),
    ("shares", &["describe.involvement"], &[], false),
    ("shares", &["describe.severity"], &[], true),
    ("items", &["describe.items"], &[], false),
    ("items", &["describe.severity"], &[], true),
    ("coverage", &["describe.measures"], &[], false),
    ("panel", &["describe.years"], &[], false),
    ("followup", &["followup.mapped"], &[], false),
];

/// Every figure that is looked at: [`FIGURES`], and answers counted together in the groups of one variable.
fn specs() -> Vec<FigureSpec> {
    let plain = FIGURES.iter().map(|asked| spec(*asked));
    let together = ("shares", &["describe.severity"][..], &["mental_health"][..], false);
    let together = FigureSpec { by: Some("drop_in".into()), answers: vec![3, 4], ..spec(together) };
    plain.chain([together]).collect()
}

fn kind_of(name: &str) -> &'static Kind {
    utfall::question::figures()
        .find(|kind| kind.name == name)
        .unwrap_or_else(|| panic!("there is a kind {name}"))
}

fn spec((kind, from, variables, groups): Asked) -> FigureSpec {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    FigureSpec {
        id: "F1".into(),
        number: "1.2".into(),
        title: Text::same("A title with <angles> & an ampersand"),
        note: Text::same("The author’s note."),
        kind: kind_of(kind),
        from: owned(from),
        variables: owned(variables),
        groups,
        by: None,
        answers: Vec::new(),
    }
}

/// What the made-up evaluation lacks: waves with means, average marginal effects and calibration.
fn more() -> Vec<Estimate> {
    let at = |analysis: &str, kind, group: &str, variable: &str, values| {
        let (group, variable) = (group.to_owned(), variable.to_owned());
        Subject { analysis: analysis.to_owned(), kind, group: group.into(), variable: variable.into() }
            .estimates(values)
    };
    let mut all = Vec::new();
    for (group, above) in [("", 0.0), ("drop_in=0", -0.4), ("drop_in=1", 0.3)] {
        for (variable, mean) in [("mental_health@w1", 2.5), ("mental_health@w2", 2.1)] {
            let ends = [("wave_mean", 0.0), ("wave_mean_low", -0.2), ("wave_mean_high", 0.2)];
            let values = ends.map(|(name, by)| value(name, mean + above + by).n(120));
            all.extend(at("trajectory.waves", Stage::Trajectory, group, variable, values.into()));
        }
    }
    let mut values = vec![value("n_obs", 380.0), value("n_events", 97.0)];
    for (term, effect) in
        [("age", 0.01), ("sex=2", 0.08), ("mental_health@w1=2", -0.05), ("mental_health@w1=3", 0.2)]
    {
        let ends = [("ame", 0.0), ("ame_conf_low", -0.06), ("ame_conf_high", 0.07)];
        values.extend(ends.map(|(name, by)| value(name, effect + by).term(term).n(380)));
    }
    for (term, share) in [("0.15", 0.13), ("0.20", 0.21), ("0.25", 0.29), ("0.30", 0.34)] {
        for (name, by) in [("calibrated", 0.0), ("calibrated_low", -0.06), ("calibrated_high", 0.09)] {
            values.push(value(name, share + by).term(term).n(380));
        }
        for (name, by) in
            [("loco_calibrated", 0.03), ("loco_calibrated_cr2_low", -0.1), ("loco_calibrated_cr2_high", 0.12)]
        {
            values.push(value(name, share + by).term(term).n(380));
        }
    }
    values.extend(
        [("shrinkage", 0.87), ("loco_calibration_slope", 0.71), ("loco_calibration_intercept", -0.04)]
            .map(|(name, number)| value(name, number).n(380)),
    );
    all.extend(at("model.effects", Stage::Model, "", "plan@w1", values));
    for (year, n, mean) in [("hours_2001", 20, 14.0), ("hours_2002", 22, 16.5), ("hours_2004", 30, 24.0)] {
        all.extend(made_up::numeric("describe.years", "", year, n, mean, 6.5));
    }
    all
}

fn with_more(policy: Policy) -> Release {
    let mut estimates = made_up::estimates();
    estimates.extend(more());
    clear(&estimates, policy)
}

fn all_views(release: &Release) -> Vec<AnalysisView<'_>> {
    let mut all = views(&release.cleared, ANALYSES);
    for id in ["trajectory.waves", "model.effects", "describe.years"] {
        let cleared = release.cleared.iter().filter(|one| one.analysis() == id).collect();
        all.push(AnalysisView::new(id, Text::same(id), CohortUnit::Respondent, None, Some(0.95), cleared));
    }
    all
}

fn drawn(release: &Release, labels: &Labels, asked: Asked) -> Result<Figure, FigureError> {
    drawn_of(release, labels, &spec(asked))
}

fn drawn_of(release: &Release, labels: &Labels, spec: &FigureSpec) -> Result<Figure, FigureError> {
    let found = |id: &String| all_views(release).into_iter().find(|view| view.id == id);
    let analyses = spec.from.iter().filter_map(found).collect();
    build(&Input { spec, analyses, labels, seen_states: Vec::new() })
}

fn figure(policy: Policy, asked: Asked) -> Figure {
    drawn(&with_more(policy), &labels(), asked).unwrap_or_else(|error| panic!("{error}"))
}

/// Each figure under each policy, in each language: name, figure, language.
fn each(check: impl Fn(&str, &Figure, Language)) {
    for policy in Policy::ALL {
        let release = with_more(policy);
        for spec in specs() {
            let figure = drawn_of(&release, &labels(), &spec).unwrap_or_else(|error| panic!("{error}"));
            for language in Language::ALL {
                check(
                    &format!("{} of {:?}, {policy:?}, {language}", spec.kind.name, spec.from),
                    &figure,
                    language,
                );
            }
        }
    }
}

static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut faces = Database::new();
    faces.load_font_data(include_bytes!("../../src/figure/fonts/Inter-Regular.otf").to_vec());
    faces.load_font_data(include_bytes!("../../src/figure/fonts/Inter-SemiBold.otf").to_vec());
    Arc::new(faces)
});

/// The place of every text of a drawing, with its words.
fn texts(svg: &str) -> Vec<(String, Rect)> {
    fn gather(group: &Group, found: &mut Vec<(String, Rect)>) {
        for node in group.children() {
            match node {
                Node::Group(inner) => gather(inner, found),
                Node::Text(text) => {
                    let words: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    found.push((words, text.abs_bounding_box()));
                }
                _ => {}
            }
        }
    }
    let options = Options { fontdb: FACES.clone(), font_family: "Inter".into(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).expect("it is SVG");
    let mut found = Vec::new();
    gather(tree.root(), &mut found);
    found
}

#[test]
fn every_kind_is_drawn() {
    let drawn: BTreeSet<&str> = FIGURES.iter().map(|(kind, ..)| *kind).collect();
    let known: BTreeSet<&str> = utfall::question::figures().map(|kind| kind.name).collect();
    assert_eq!(drawn, known);
    // Whoever writes a pipeline reads of them in its schema.
    let schema = utfall::schema::pipeline();
    for kind in utfall::question::figures() {
        assert!(schema.contains(&format!("`{}`", kind.name)), "{}", kind.name);
        assert!(kind.about.ends_with('.'), "{}", kind.name);
    }
}

#[test]
fn a_drawing_is_well_formed_and_says_what_it_shows() {
    each(|name, figure, language| {
        for svg in [figure.svg(language), figure.inline(language)] {
            let document = Document::parse_with_options(&svg, ParsingOptions::default())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let root = document.root_element();
            assert_eq!(root.attribute("role"), Some("img"), "{name}");
            assert_eq!(root.attribute("lang"), Some(language.tag()), "{name}");
            let told = |what: &str| {
                let found =
                    root.children().find(|child| child.has_tag_name(("http://www.w3.org/2000/svg", what)));
                let texts =
                    found.into_iter().flat_map(|child| child.descendants()).filter(|node| node.is_text());
                texts.filter_map(|node| node.text()).collect::<String>()
            };
            let (title, description) = (told("title"), told("desc"));
            assert!(title.contains("A title with <angles> & an ampersand"), "{name}: {title}");
            assert!(description.len() > title.len(), "{name}: {description}");
            let ids: Vec<&str> = root.descendants().filter_map(|node| node.attribute("id")).collect();
            assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name}");
            assert!(ids.iter().all(|id| id.starts_with("F1-")), "{name}");
            for said in [figure.alternative(language), figure.below(language).join(" ")] {
                assert!(
                    !said.contains("figure.") && !said.contains('{') && !said.contains("NaN"),
                    "{name}: {said}"
                );
            }
        }
    });
}

#[test]
fn no_text_leaves_the_sheet_or_lies_on_another() {
    each(|name, figure, language| lie_apart(name, &figure.svg(language)));
}

/// That no text of a drawing leaves the sheet or lies on another.
fn lie_apart(name: &str, svg: &str) {
    {
        let all = texts(svg);
        assert!(all.len() > 5, "{name}");
        for (at, (words, place)) in all.iter().enumerate() {
            assert!(place.left() >= 0.0 && place.right() <= 800.0, "{name}: {words:?} leaves the sheet");
            for (others, other) in &all[..at] {
                // Letters' boxes are as high as their line, so that lines may touch.
                let across = place.right().min(other.right()) - place.left().max(other.left());
                let down = place.bottom().min(other.bottom()) - place.top().max(other.top());
                let line = place.height().min(other.height());
                assert!(across <= 0.5 || down <= 0.35 * line, "{name}: {words:?} lies on {others:?}");
            }
        }
    }
}

#[test]
fn what_is_suppressed_is_hatched_and_said_and_never_zero() {
    for asked in [
        ("change_bars", &["change.severity"][..], &["housing"][..], false),
        ("paired_bars", &["change.involvement"], &["group"], false),
        ("dots", &["change.severity"], &["housing"], false),
    ] {
        let figure = figure(Policy::Min5, asked);
        for language in Language::ALL {
            let (svg, said) = (figure.svg(language), figure.alternative(language));
            assert!(svg.contains("F1-") && svg.contains("-hatch)"), "{asked:?}");
            assert!(svg.contains(">:</text>"), "{asked:?}");
            let hidden = utfall::table::words::say(language, "symbol.suppressed", &[]);
            assert!(said.contains(&hidden), "{asked:?}: {said}");
            assert!(figure.below(language).iter().any(|note| note.contains(&hidden)), "{asked:?}");
        }
        let open = drawn(&with_more(Policy::None), &labels(), asked).expect("it can be drawn");
        assert!(!open.svg(Language::En).contains("-hatch"), "{asked:?}");
    }
}

#[test]
fn hidden_moves_are_hatched_as_a_whole() {
    let asked = ("flow", &["change.involvement"][..], &["group"][..], false);
    let svg = figure(Policy::Min5, asked).svg(Language::Nb);
    assert!(svg.contains("-hatch)"));
    // Bands are paths; of four moves those of two and three persons have none, and what goes with them has none either.
    assert!(
        svg.matches("<path").count() < figure(Policy::None, asked).svg(Language::Nb).matches("<path").count()
    );
}

#[test]
fn numbers_are_those_of_the_reader() {
    let asked = ("dots", &["change.involvement"][..], &["plan"][..], false);
    let figure = figure(Policy::None, asked);
    let svg = without_ids(&figure.svg(Language::Nb)).replace("<tspan>", "").replace("</tspan>", "");
    assert!(svg.contains("+9,3 (+4,3\u{a0}til +14,3)"), "{svg}");
    assert!(figure.alternative(Language::En).contains("+9.3 (+4.3\u{a0}to +14.3), n = 322"));
}

#[test]
fn answers_are_counted_together_in_the_groups_of_one_variable() {
    let asked = ("shares", &["describe.severity"][..], &["mental_health"][..], false);
    let spec = FigureSpec { by: Some("drop_in".into()), answers: vec![3, 4], ..spec(asked) };
    let figure = drawn_of(&with_more(Policy::None), &labels(), &spec).expect("it can be drawn");
    let said = figure.alternative(Language::En);
    for part in ["the share who answered ‘", "’ or ‘", "Drop-in centre: No ", "Drop-in centre: Yes "] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let everyone = utfall::table::words::say(Language::En, "group.everyone", &[]);
    assert!(!said.contains(&everyone), "{said}");
    let absent = FigureSpec { answers: vec![3, 77], ..spec.clone() };
    let refused = drawn_of(&with_more(Policy::None), &labels(), &absent).err().expect("no such answer");
    assert!(refused.to_string().contains("has no answer 77"), "{refused}");
    let other = FigureSpec { kind: kind_of("profile"), ..spec };
    let refused = drawn_of(&with_more(Policy::None), &labels(), &other).err().expect("not of this kind");
    assert!(refused.to_string().contains("choose the kind `shares`"), "{refused}");
}

#[test]
fn a_panel_has_its_numbers_below_it() {
    let figure = figure(Policy::None, ("panel", &["describe.years"], &[], false));
    let svg = figure.svg(Language::Nb);
    for part in [">14,0</tspan></text>", ">16,5</tspan></text>", ">24,0</tspan></text>", ">Median</text>"] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
    assert!(
        figure.alternative(Language::En).contains("24.0, n = 30"),
        "{}",
        figure.alternative(Language::En)
    );
}

#[test]
fn an_odds_ratio_stands_on_a_logarithmic_axis_with_one_in_it() {
    let svg = figure(Policy::None, ("forest", &["model.plan"], &[], false)).svg(Language::En);
    for tick in [">0.5</tspan></text>", ">1</tspan></text>", ">2</tspan></text>", ">4</tspan></text>"] {
        assert!(svg.contains(tick), "{tick}");
    }
}

#[test]
fn the_same_estimates_give_the_same_bytes() {
    for asked in FIGURES {
        let [one, other] = [0, 1].map(|_| figure(Policy::Min5, *asked));
        assert_eq!(one.svg(Language::Nb), other.svg(Language::Nb), "{asked:?}");
    }
    let png = |asked| figure(Policy::Min5, asked).png(Language::Nb).expect("it can be a picture");
    assert_eq!(png(FIGURES[0]), png(FIGURES[0]));
}

#[test]
fn a_picture_has_its_text_and_its_marks() {
    for asked in FIGURES {
        let png = figure(Policy::Min5, *asked).png(Language::Nn).expect("it can be a picture");
        let picture = Pixmap::decode_png(&png).expect("it is PNG");
        assert_eq!(picture.width(), 1600, "{asked:?}");
        let ink = |from: u32, to: u32| {
            let row = (from * 1600) as usize..(to.min(picture.height()) * 1600) as usize;
            picture.pixels()[row].iter().filter(|pixel| pixel.red() < 100 && pixel.alpha() == 255).count()
        };
        // The title is the only thing so high up: without faces nothing would be there.
        assert!(ink(20, 70) > 1000, "{asked:?}: {}", ink(20, 70));
        assert!(ink(70, picture.height()) > 2000, "{asked:?}");
    }
}

/// A document shows the chart alone and has title and notes in its own type: what it cuts off is cut where nothing is drawn.
#[test]
fn what_stands_around_a_chart_can_be_cut_off() {
    for asked in FIGURES {
        let figure = figure(Policy::Min5, *asked);
        let (png, around) =
            (figure.png(Language::En).expect("it can be a picture"), figure.around(Language::En));
        let picture = Pixmap::decode_png(&png).expect("it is PNG");
        let height = f64::from(picture.height());
        for row in [around.above * height, (1.0 - around.below) * height] {
            let row = row.round() as usize;
            assert!(row > 40 && row < picture.height() as usize - 10, "{asked:?}: {row}");
            let pixels = &picture.pixels()[row * 1600..(row + 1) * 1600];
            assert!(pixels.iter().all(|pixel| pixel.red() > 215), "{asked:?}: row {row} is drawn on");
        }
    }
}

#[test]
fn long_words_and_many_rows_stay_on_the_sheet() {
    let mut labels = labels();
    let long =
        "Gjennomsnittlig selvrapportert rusmiddelmestringsforventningsskåre de siste seks månedene «ÆØÅ»";
    for item in labels.items.values_mut() {
        item.label = Text::same(&format!("{long} {}", item.name));
        for code in &mut item.codes {
            code.label = Text::same(&format!("{} svært langt svaralternativ med mange ord", code.code));
        }
    }
    let release = with_more(Policy::Min5);
    for spec in specs() {
        let figure = drawn_of(&release, &labels, &spec).unwrap_or_else(|error| panic!("{error}"));
        lie_apart(&format!("{} of {:?}", spec.kind.name, spec.from), &figure.svg(Language::Nb));
    }
}

#[test]
fn a_kind_refuses_what_it_cannot_show() {
    let (release, labels) = (with_more(Policy::None), labels());
    let refused =
        |asked: Asked| drawn(&release, &labels, asked).err().expect("it cannot be drawn").to_string();
    let said = refused(("forest", &["change.severity"], &[], false));
    assert!(said.contains("shows model analyses, but `change.severity` is a change analysis"), "{said}");
    let said = refused(("flow", &["change.severity"], &[], false));
    assert!(said.contains("one question"), "{said}");
    let said = refused(("dots", &["change.severity", "change.involvement"], &[], false));
    assert!(said.contains("not both"), "{said}");
}

#[test]
fn waves_are_drawn_as_levels_or_as_change() {
    let since = figure(Policy::None, ("change_since", &["change.severity"], &["mental_health"], false));
    assert!(since.alternative(Language::En).starts_with("Lines: change since the first wave"));
    let levels = figure(Policy::None, ("trajectory", &["trajectory.waves"], &[], true));
    let said = levels.alternative(Language::En);
    assert!(said.starts_with("Lines: mean or share at each wave"), "{said}");
    assert!(said.contains("2.80 (2.60\u{a0}to 3.00), n = 120"), "{said}");
}
