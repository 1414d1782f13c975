//! Files with one row for each person and one column for each wave: which ending of a column's name means which wave.

use std::collections::{BTreeMap, BTreeSet};

use super::token::{Token, Unit, rank, token};

/// How the names of columns tell the item and the wave.
#[derive(Debug, Clone, PartialEq)]
pub struct Wide {
    /// As a source writes it: `{item}_{wave}`.
    pub pattern: String,
    /// As the names write the waves, in order of time.
    pub waves: Vec<String>,
    /// Each item with its column at each wave, in the order of the first column.
    pub items: Vec<(String, Vec<Option<String>>)>,
}

/// One way to cut a name in two.
#[derive(Debug, Clone, Copy)]
struct Cut {
    before: bool,
    sign: &'static str,
    /// Where no sign separates them: the last digit alone, or all digits at the end.
    one_digit: bool,
    /// Where no sign separates them and the wave is a word: `Prewt`, `bdipost`.
    word: bool,
}

/// Words that stand before or behind the name of a question without a sign between, the longer ones first.
const WORDS: [&str; 8] = ["baseline", "before", "after", "etter", "post", "base", "pre", "før"];

const CUTS: &[Cut] = &[
    Cut { before: false, sign: "_", one_digit: false, word: false },
    Cut { before: false, sign: ".", one_digit: false, word: false },
    Cut { before: false, sign: " ", one_digit: false, word: false },
    Cut { before: false, sign: "-", one_digit: false, word: false },
    Cut { before: true, sign: "_", one_digit: false, word: false },
    Cut { before: true, sign: ".", one_digit: false, word: false },
    Cut { before: true, sign: " ", one_digit: false, word: false },
    Cut { before: true, sign: "-", one_digit: false, word: false },
    Cut { before: false, sign: "", one_digit: false, word: false },
    Cut { before: false, sign: "", one_digit: true, word: false },
    Cut { before: true, sign: "", one_digit: false, word: true },
    Cut { before: false, sign: "", one_digit: false, word: true },
];

impl Cut {
    fn pattern(&self) -> String {
        match self.before {
            true => format!("{{wave}}{}{{item}}", self.sign),
            false => format!("{{item}}{}{{wave}}", self.sign),
        }
    }

    /// Item and wave, where a word before or behind the item tells it.
    fn word<'n>(&self, name: &'n str) -> Option<(&'n str, &'n str)> {
        let is_word = |part: &str| WORDS.contains(&part.to_lowercase().as_str());
        let cuts = || name.char_indices().map(|(at, _)| name.split_at(at));
        // The longest word is the one that is meant: `baselinebdi`.
        match self.before {
            true => cuts().rev().find(|(wave, _)| is_word(wave)).map(|(wave, item)| (item, wave)),
            false => cuts().find(|(_, wave)| is_word(wave)),
        }
    }

    /// Item and wave.
    fn cut<'n>(&self, name: &'n str) -> Option<(&'n str, &'n str)> {
        let (item, wave) = match (self.sign, self.before) {
            _ if self.word => self.word(name)?,
            ("", _) => {
                let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
                let taken = if self.one_digit { 1 } else { digits };
                let stands = if self.one_digit { digits > 1 } else { digits > 0 };
                // `bdiT2`, `cesdw1`: the letter before the digits belongs to the wave where it is set apart by its case.
                let at = name.len().checked_sub(taken).filter(|_| stands)?;
                let lettered =
                    name[..at].ends_with(['T', 'W']) && name[..at - 1].ends_with(char::is_lowercase);
                name.split_at(if lettered && !self.one_digit { at - 1 } else { at })
            }
            (sign, before) => {
                let cuts = name.match_indices(sign).map(|(at, _)| (&name[..at], &name[at + sign.len()..]));
                // The longest that is a point of measurement: `6 mnd`, `follow-up`, `wave 2`.
                let mut cuts: Vec<(&str, &str)> = match before {
                    true => cuts.map(|(wave, item)| (item, wave)).collect(),
                    false => cuts.collect(),
                };
                cuts.sort_by_key(|(item, _)| item.len());
                let several = |wave: &str| wave.contains(sign) && is_phrase(wave, sign);
                let found = cuts.iter().find(|(_, wave)| several(wave) && token(wave).is_some());
                *found.or(cuts.last())?
            }
        };
        (!item.trim().is_empty() && token(wave).is_some()).then_some((item, wave))
    }
}

/// Whether parts between signs make one point of measurement: `6 mnd` and `follow_up`, but neither `1_2` nor `t_0`, whose
/// letter may be the item's.
fn is_phrase(wave: &str, sign: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = wave.split(sign).collect();
    let word = |(place, part): (usize, &&str)| {
        digits(part) || part.chars().count() > 1 || sign == " " && place > 0 && digits(parts[place - 1])
    };
    parts.iter().all(|part| !part.is_empty())
        && parts.iter().enumerate().all(word)
        && parts.windows(2).all(|pair| !(digits(pair[0]) && digits(pair[1])))
}

/// Finds the way of telling waves that most columns follow; `None` where the columns tell no waves.
pub fn wide(columns: &[&str]) -> Option<Wide> {
    let found = CUTS.iter().filter_map(|cut| of_cut(columns, *cut));
    // Of two ways that cover as many columns the first is taken.
    let covered =
        |wide: &Wide| wide.items.iter().map(|(_, columns)| columns.iter().flatten().count()).sum::<usize>();
    found.rev().max_by_key(covered)
}

fn of_cut(columns: &[&str], cut: Cut) -> Option<Wide> {
    let mut stems: Vec<(&str, BTreeMap<&str, &str>)> = Vec::new();
    for column in columns {
        let Some((item, wave)) = cut.cut(column) else { continue };
        match stems.iter_mut().find(|(known, _)| *known == item) {
            Some((_, waves)) => {
                waves.insert(wave, column);
            }
            None => stems.push((item, BTreeMap::from([(wave, *column)]))),
        }
    }
    stems.retain(|(_, waves)| waves.len() > 1);
    // The set of endings that most stems share.
    let mut sets: BTreeMap<BTreeSet<&str>, usize> = BTreeMap::new();
    for (_, waves) in &stems {
        *sets.entry(waves.keys().copied().collect()).or_default() += waves.len();
    }
    let (main, _) = sets.iter().max_by_key(|(set, columns)| (**columns, set.len()))?;
    let stands = |set: &BTreeSet<&str>| {
        stems.iter().filter(|(_, waves)| waves.keys().copied().eq(set.iter().copied())).count()
    };
    if !are_waves(main, stands(main), cut) {
        return None;
    }
    // Items asked at some of the waves only; endings of another kind are other items.
    let mut waves = main.clone();
    let digits = bare(main);
    for (_, others) in &stems {
        let shared = others.keys().filter(|wave| main.contains(*wave)).count();
        if shared > 0 && !digits {
            waves.extend(others.keys().copied());
        }
    }
    let order = in_time(waves.into_iter().collect(), &stems, columns);
    let items: Vec<(String, Vec<Option<String>>)> = stems
        .iter()
        .filter(|(_, columns)| columns.keys().filter(|wave| order.contains(*wave)).count() > 1)
        .filter(|(_, columns)| !digits || columns.keys().all(|wave| order.contains(wave)))
        .map(|(item, columns)| {
            let places = order.iter().map(|wave| columns.get(wave).map(|column| (*column).to_owned()));
            ((*item).to_owned(), places.collect())
        })
        .collect();
    let waves: Vec<String> = order.into_iter().map(str::to_owned).collect();
    Some(Wide { pattern: cut.pattern(), waves, items }).filter(|wide| !wide.items.is_empty())
}

/// In order of time: as the columns stand where nothing speaks against it, since `post` may come before or after `6 mnd`.
fn in_time<'n>(
    mut waves: Vec<&'n str>,
    stems: &[(&str, BTreeMap<&'n str, &'n str>)],
    columns: &[&str],
) -> Vec<&'n str> {
    let ordered = |one: &&str, other: &&str| {
        let (one, other) = (rank(one), rank(other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    };
    let place = |wave: &&str| {
        let own: Vec<&str> = stems.iter().filter_map(|(_, waves)| waves.get(*wave).copied()).collect();
        columns.iter().position(|column| own.contains(column))
    };
    let mut found = waves.clone();
    found.sort_by_key(place);
    let ends = |wave: &&&str| token(wave) == Some(Token::End);
    let (late, early): (Vec<&str>, Vec<&str>) = found.iter().partition(ends);
    if found.first() == early.first()
        && late.is_sorted_by(|one, other| ordered(one, other).is_le())
        && early.is_sorted_by(|one, other| ordered(one, other).is_le())
    {
        return found;
    }
    waves.sort_by(ordered);
    waves
}

/// Whether all endings are numbers without a word.
fn bare(set: &BTreeSet<&str>) -> bool {
    set.iter().all(|wave| matches!(token(wave), Some(Token::Number(_, Unit::Bare))))
}

/// Whether endings are points of measurement and not numbers of questions.
fn are_waves(set: &BTreeSet<&str>, stems: usize, cut: Cut) -> bool {
    if !bare(set) {
        return set.len() <= super::shape::WAVES;
    }
    let numbers: BTreeSet<u64> = set.iter().filter_map(|wave| wave.parse().ok()).collect();
    let months = numbers.contains(&0) && numbers.iter().all(|number| number % 3 == 0) && numbers.len() > 1;
    if months && !cut.one_digit {
        return true;
    }
    // `q1 q2 q3` and `x1 x2 x3` may be questions of two scales; few endings that many share are likelier waves.
    let few = set.len() <= 6 && numbers.iter().max().is_some_and(|most| *most <= 12);
    few && stems >= 2 && (stems >= set.len() || set.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(columns: &[&str]) -> Option<(String, Vec<String>, Vec<String>)> {
        let wide = wide(columns)?;
        Some((wide.pattern, wide.waves, wide.items.into_iter().map(|(item, _)| item).collect()))
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn endings_that_are_waves() {
        let btheb = ["drug", "length", "treatment", "bdi.pre", "bdi.2m", "bdi.3m", "bdi.5m", "bdi.8m"];
        assert_eq!(
            found(&btheb),
            Some(("{item}.{wave}".into(), texts(&["pre", "2m", "3m", "5m", "8m"]), texts(&["bdi"])))
        );
        let months = ["id", "sex", "cesd_t0", "cesd_t6", "days_t0", "days_t6", "sf_1", "sf_2"];
        assert_eq!(
            found(&months),
            Some(("{item}_{wave}".into(), texts(&["t0", "t6"]), texts(&["cesd", "days"])))
        );
        let digits = ["i11", "i12", "i21", "i22", "id"];
        assert_eq!(found(&digits), Some(("{item}{wave}".into(), texts(&["1", "2"]), texts(&["i1", "i2"]))));
        let before = ["t0_bdi", "t12_bdi", "t6_bdi"];
        assert_eq!(
            found(&before),
            Some(("{wave}_{item}".into(), texts(&["t0", "t6", "t12"]), texts(&["bdi"])))
        );
    }

    #[test]
    fn points_of_measurement_in_several_words() {
        let both =
            ["Skår (BDI) Pre", "Skår (BDI) Post", "Skår (BDI) 6 mnd", "Søvn Pre", "Søvn Post", "Søvn 6 mnd"];
        assert_eq!(
            found(&both),
            Some(("{item} {wave}".into(), texts(&["Pre", "Post", "6 mnd"]), texts(&["Skår (BDI)", "Søvn"])))
        );
        for (columns, pattern, waves, item) in [
            (["bdi før", "bdi etter"], "{item} {wave}", ["før", "etter"], "bdi"),
            (["Score baseline", "Score 12 months"], "{item} {wave}", ["baseline", "12 months"], "Score"),
            (["T1 BDI", "T2 BDI"], "{wave} {item}", ["T1", "T2"], "BDI"),
            (["wave 1 sum", "wave 2 sum"], "{wave} {item}", ["wave 1", "wave 2"], "sum"),
            (["bdi-pre", "bdi-follow-up"], "{item}-{wave}", ["pre", "follow-up"], "bdi"),
            (["bdi_start", "bdi_6_uker"], "{item}_{wave}", ["start", "6_uker"], "bdi"),
            (
                ["ved start bdi", "oppfølging 6 mnd bdi"],
                "{wave} {item}",
                ["ved start", "oppfølging 6 mnd"],
                "bdi",
            ),
        ] {
            assert_eq!(found(&columns), Some((pattern.into(), texts(&waves), texts(&[item]))), "{columns:?}");
        }
        // Numbers of questions and letters of items are no words of time.
        assert_eq!(found(&["id", "q_1_1", "q_1_2", "q_1_3", "q_1_4"]), None);
        assert_eq!(found(&["x_t_1", "x_t_2", "x_t_3"]), None);
    }

    #[test]
    fn words_without_a_sign_are_waves_where_they_come_in_pairs() {
        assert_eq!(
            found(&["Treat", "Prewt", "Postwt"]),
            Some(("{wave}{item}".into(), texts(&["Pre", "Post"]), texts(&["wt"])))
        );
        assert_eq!(
            found(&["id", "bdipre", "bdipost", "sex"]),
            Some(("{item}{wave}".into(), texts(&["pre", "post"]), texts(&["bdi"])))
        );
        assert_eq!(found(&["id", "postnr", "prestasjon", "presence"]), None);
        assert_eq!(
            found(&["id", "pretest", "posttest"]).map(|(pattern, ..)| pattern),
            Some("{wave}{item}".into())
        );
    }

    #[test]
    fn numbers_of_questions_are_no_waves() {
        assert_eq!(found(&["id", "q1", "q2", "q3", "q4"]), None);
        assert_eq!(found(&["id", "phq_1", "phq_2", "phq_3", "gad_1", "gad_2"]), None);
        let two = ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "b4", "b5"];
        assert_eq!(found(&two), None);
    }
}
