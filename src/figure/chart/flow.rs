//! Flows: who moved from which answer to which between two waves, a panel for each two.

use super::super::palette::{self, Colour, INK, OUTLINE};
use super::super::sheet::{MARGIN, Sheet, Style, WIDTH, at};
use super::{Chart, apart, printed, spoken};
use crate::dictionary::{Language, Text};
use crate::table::{Cell, words};

/// The height of everyone, of one panel and of several.
const TALL: [f64; 2] = [300.0, 220.0];
const GAP: f64 = 5.0;
const NODE: f64 = 42.0;
/// What a node whose share is hidden has at least.
const LEAST: f64 = 16.0;
/// The widest names of answers, beside one panel and beside several; longer ones have several lines.
const LABELS: [f64; 2] = [182.0, 142.0];
const BETWEEN: f64 = 30.0;
/// Panels beside each other.
const ACROSS: usize = 2;
/// The width of what is hidden along a node.
const STRIP: f64 = 9.0;

/// Flows between the answers of one question.
pub(crate) struct Flow {
    /// The answers with their colours, in order.
    pub levels: Vec<(Text, Colour)>,
    pub panels: Vec<Moves>,
    /// What is drawn, in a sentence.
    pub about: Text,
}

/// Between two waves; all shares are of the persons with an answer at both.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moves {
    pub waves: [Text; 2],
    /// The share at each level, before and after.
    pub margins: [Vec<Cell>; 2],
    /// The share that moved from each level (outer) to each (inner).
    pub moves: Vec<Vec<Cell>>,
    /// `246 persons`.
    pub n: Text,
}

/// A node where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Node {
    top: f64,
    height: f64,
    /// Where the next flow starts or ends.
    next: f64,
    hidden: bool,
}

/// The nodes of one wave, below `top`. Those whose shares are hidden divide what is left between them alike.
fn nodes(shares: &[Cell], top: f64, tall: f64) -> Vec<Node> {
    let shown: f64 = shares.iter().filter_map(Cell::number).sum();
    let hidden = shares.iter().filter(|share| share.number().is_none()).count();
    let each = ((1.0 - shown).max(0.0) * tall / hidden.max(1) as f64).max(LEAST);
    let mut at = top;
    let node = |share: &Cell| {
        let height = share.number().map_or(each, |share| share * tall);
        let node = Node { top: at, height, next: at, hidden: share.number().is_none() };
        at += height + GAP;
        node
    };
    shares.iter().map(node).collect()
}

impl Flow {
    fn nodes(&self, sheet: &mut Sheet, x: f64, all: &[Node], shares: &[Cell], language: Language) {
        for ((node, share), (_, colour)) in all.iter().zip(shares).zip(&self.levels) {
            if node.hidden {
                sheet.hidden([x, node.top, NODE, node.height], share.symbol().unwrap_or_default());
                continue;
            }
            let outline = palette::is_pale(colour).then_some(OUTLINE);
            sheet.rectangle([x, node.top, NODE, node.height], colour, outline);
            if node.height >= 14.0 {
                let style = Style { size: 12.0, ..Style::PLAIN }.colour(palette::on(colour)).middle();
                sheet.text(
                    x + NODE / 2.0,
                    node.top + node.height / 2.0 + 4.3,
                    &printed(share, language),
                    style,
                );
            }
        }
    }

    /// 1 where there are several panels, otherwise 0.
    fn several(&self) -> usize {
        usize::from(self.panels.len() > 1)
    }

    fn labels(&self) -> f64 {
        LABELS[self.several()]
    }

    /// The names of the levels beside the nodes, with the share where the node is too low for it.
    fn names(
        &self,
        sheet: &mut Sheet,
        x: f64,
        all: &[Node],
        shares: &[Cell],
        style: Style,
        language: Language,
    ) {
        let names: Vec<Vec<String>> = self
            .levels
            .iter()
            .zip(all.iter().zip(shares))
            .map(|((name, _), (node, share))| {
                let name = name.get(language);
                let name = match node.height < 14.0 && !node.hidden {
                    true => format!("{name} {}", printed(share, language)),
                    false => name.to_owned(),
                };
                style.wrap(&name, self.labels() - 8.0)
            })
            .collect();
        let heights: Vec<f64> = names.iter().map(|lines| style.height(lines.len())).collect();
        let middles = all.iter().map(|node| node.top + node.height / 2.0).collect();
        for (lines, middle) in names.iter().zip(apart(middles, &heights)) {
            sheet.lines_around(x, middle, lines, style);
        }
    }

    /// One panel between `left` and `right`, its nodes below `ground`; gives the bottom.
    fn panel(
        &self,
        sheet: &mut Sheet,
        panel: &Moves,
        [left, right, ground]: [f64; 3],
        language: Language,
    ) -> f64 {
        let tall = TALL[self.several()];
        let right = right - NODE;
        let [mut before, mut after] = [0, 1].map(|end| nodes(&panel.margins[end], ground, tall));
        let mut hidden = [vec![false; before.len()], vec![false; after.len()]];
        for (from, moves) in panel.moves.iter().enumerate() {
            for (to, share) in moves.iter().enumerate() {
                let Some(share) = share.number() else {
                    hidden[0][from] = true;
                    hidden[1][to] = true;
                    continue;
                };
                let height = share * tall;
                if height > 0.0 {
                    let (start, end) = (before[from].next, after[to].next);
                    let path = ribbon([left + NODE, right], [start, end], height);
                    sheet.ribbon(&path, self.levels[from].1);
                    before[from].next += height;
                    after[to].next += height;
                }
            }
        }
        // What the shown flows leave of a node is hidden as a whole: how it is divided is not told.
        for ((nodes, hidden), x) in
            [&before, &after].into_iter().zip(&hidden).zip([left + NODE, right - STRIP])
        {
            for (node, _) in nodes.iter().zip(hidden).filter(|(node, hidden)| **hidden && !node.hidden) {
                let rest = (node.top + node.height - node.next).max(2.0);
                sheet.hatch([x, node.next, STRIP, rest]);
            }
        }
        self.nodes(sheet, left, &before, &panel.margins[0], language);
        self.nodes(sheet, right, &after, &panel.margins[1], language);
        let ends = before.iter().chain(&after).map(|node| node.top + node.height);
        let floor = ends.fold(ground, f64::max);
        let lines = Style::SMALL.wrap(panel.n.get(language), right - left + NODE);
        let middle = (left + right + NODE) / 2.0;
        sheet.lines(middle, floor + 8.0, &lines, Style::SMALL.middle().colour(INK));
        if !self.shares_names(panel, 0) {
            self.names(sheet, left - 8.0, &before, &panel.margins[0], Style::PLAIN.end(), language);
        }
        if !self.shares_names(panel, 1) {
            self.names(sheet, right + NODE + 8.0, &after, &panel.margins[1], Style::PLAIN, language);
        }
        floor + 8.0 + Style::SMALL.height(lines.len())
    }

    /// Whether the names on a side of a panel would stand between two panels: they stand outside alone.
    fn shares_names(&self, panel: &Moves, end: usize) -> bool {
        let place = self.panels.iter().position(|known| std::ptr::eq(known, panel)).unwrap_or(0);
        let last = place % ACROSS + 1 == ACROSS || place + 1 == self.panels.len();
        if end == 0 { place % ACROSS != 0 } else { !last }
    }
}

impl Chart for Flow {
    fn draw(&self, sheet: &mut Sheet, top: f64, language: Language) -> f64 {
        let across = self.panels.len().clamp(1, ACROSS) as f64;
        // Both sides have room for the widest name, or for as much of it as there is.
        let lines = self
            .levels
            .iter()
            .flat_map(|(name, _)| Style::PLAIN.wrap(name.get(language), self.labels() - 8.0));
        let widest = lines.map(|line| Style::PLAIN.width(&line)).fold(0.0, f64::max);
        let names = (widest + 48.0).min(self.labels());
        let free = WIDTH - 2.0 * MARGIN - 2.0 * names - BETWEEN * (across - 1.0);
        let wide = free / across;
        let head = Style::BOLD;
        let mut y = top;
        for row in self.panels.chunks(ACROSS) {
            let heads = |panel: &Moves| {
                [0, 1]
                    .map(|end| head.wrap(panel.waves[end].get(language), (wide / 2.0 - 4.0).max(NODE + 8.0)))
            };
            let most = row.iter().flat_map(heads).map(|lines| lines.len()).max().unwrap_or(1);
            let ground = y + head.height(most) + 6.0;
            let mut bottom = ground;
            for (place, panel) in row.iter().enumerate() {
                let left = MARGIN + names + place as f64 * (wide + BETWEEN);
                let ends = [(left, head), (left + wide, head.end())];
                for (lines, (x, style)) in heads(panel).iter().zip(ends) {
                    sheet.lines(x, ground - 6.0 - head.height(lines.len()), lines, style);
                }
                bottom = self.panel(sheet, panel, [left, left + wide, ground], language).max(bottom);
            }
            y = bottom + 16.0;
        }
        y - 10.0
    }

    fn say(&self, language: Language) -> Vec<String> {
        let mut said = vec![self.about.get(language).to_owned()];
        let names: Vec<&str> = self.levels.iter().map(|(name, _)| name.get(language)).collect();
        for panel in &self.panels {
            let [from, to] = [0, 1].map(|end| panel.waves[end].get(language));
            said.push(format!("{from} → {to} ({}):", panel.n.get(language)));
            for (wave, shares) in [from, to].into_iter().zip(&panel.margins) {
                let parts: Vec<String> = names
                    .iter()
                    .zip(shares)
                    .map(|(name, share)| format!("{name} {}", spoken(share, language)))
                    .collect();
                said.push(format!("{wave}: {}.", parts.join(", ")));
            }
            for (name, moves) in names.iter().zip(&panel.moves) {
                let parts: Vec<String> = names
                    .iter()
                    .zip(moves)
                    .filter(|(_, share)| share.number() != Some(0.0))
                    .map(|(to, share)| format!("{to} {}", spoken(share, language)))
                    .collect();
                if !parts.is_empty() {
                    let with = [("from", (*name).to_owned()), ("parts", parts.join(", "))];
                    said.push(words::say(language, "figure.said_moves", &with));
                }
            }
        }
        said
    }

    fn cells(&self) -> Vec<&Cell> {
        // Moves are drawn without symbols.
        self.panels.iter().flat_map(|panel| panel.margins.iter().flatten()).collect()
    }
}

/// The outline of a flow of constant height.
fn ribbon([left, right]: [f64; 2], [start, end]: [f64; 2], height: f64) -> String {
    let middle = at((left + right) / 2.0);
    let (left, right) = (at(left), at(right));
    let (top, bottom) = ([at(start), at(end)], [at(start + height), at(end + height)]);
    format!(
        "M{left} {}C{middle} {} {middle} {} {right} {}L{right} {}C{middle} {} {middle} {} {left} {}Z",
        top[0], top[0], top[1], top[1], bottom[1], bottom[1], bottom[0], bottom[0]
    )
}
