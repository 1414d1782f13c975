//! A column and what was seen in it → an item of a dictionary, with its guesses.

use super::meta::{Meta, answer};
use super::names::{About, about};
use super::persons::{Facts, PERSONS};
use super::phrase::{absent, phrases};
use super::profile::{Profile, Value};
use super::suspect;
use super::words::{graded, ordered, yes};
use crate::dictionary::exchange::kept::in_language;
use crate::dictionary::exchange::reason;
use crate::dictionary::{Code, Item, ItemType, Language, MissingCode};
use crate::read::{Column, ColumnKind, Measure};

/// As many different texts at most are taken for a list of answers.
const LISTED: usize = 15;

/// An item of a draft.
#[derive(Debug, Clone)]
pub struct Drafted {
    pub item: Item,
    /// What was guessed, in sentences for comments.
    pub guesses: Vec<String>,
    /// What else is to be said beside it.
    pub notes: Vec<String>,
    /// The numbers that were found, where the answers may be a scale that has no labels.
    pub scale: Option<Vec<i64>>,
    /// Of a shared answer scale, its place.
    pub shared: Option<usize>,
    /// Whether a direction may be better.
    pub directed: bool,
    /// What its name says that it is, where that is no question.
    pub about: Option<About>,
}

/// A column as the files have it.
#[derive(Debug)]
pub struct Seen<'s> {
    pub name: String,
    /// As the files call it, without the wave.
    pub column: String,
    /// Its metadata in the file that says most of it.
    pub told: &'s Column,
    pub meta: Meta,
    pub profile: &'s Profile,
    pub facts: &'s Facts,
}

/// Decides the type, the codes and the range; nothing where a dictionary has no type for it.
pub fn drafted(seen: &Seen<'_>, language: Language) -> Option<Drafted> {
    let label = seen.told.label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    let label = in_language(language, label.unwrap_or(seen.column.trim()));
    let item = Item::bare(seen.name.as_str(), seen.column.as_str(), label, ItemType::Text);
    let mut made = Drafted {
        item,
        guesses: Vec::new(),
        notes: Vec::new(),
        scale: None,
        shared: None,
        directed: false,
        about: about(&seen.column, seen.told.label.as_deref()),
    };
    made.item.missing.clone_from(&seen.meta.missing);
    let profile = seen.profile;
    let words = profile.texts - phrases(&mut made, seen, language).min(profile.texts);
    if profile.times > profile.days + profile.numbers() || seen.told.kind == ColumnKind::Time {
        return None;
    }
    let dates = profile.days + profile.written_days;
    let typed = matches!(seen.told.kind, ColumnKind::Date | ColumnKind::Moment);
    if dates > 0 && 20 * dates >= 19 * profile.answers() || profile.answers() == 0 && typed {
        made.item.kind = ItemType::Date;
    } else if seen.meta.numbers.is_empty() && profile.excel_days(&seen.column) {
        made.item.kind = ItemType::Date;
        made.guesses.push("the numbers are days as Excel counts them".to_owned());
    } else if !seen.meta.numbers.is_empty() && words == 0 {
        labelled(&mut made, seen, language);
    } else if !seen.meta.texts.is_empty() {
        labelled_texts(&mut made, seen, language);
    } else if profile.answers() == 0 {
        made.guesses.push("these files have no answer in this column; say what it holds".to_owned());
    } else if profile.numbers() > 0 && profile.zeros + words == 0 {
        numbers(&mut made, seen, language);
    } else if profile.numbers() > 0 && profile.zeros == 0 && 20 * profile.numbers() >= 19 * profile.answers()
    {
        numbers(&mut made, seen, language);
        made.guesses.push("some cells are no number".to_owned());
    } else {
        texts(&mut made, seen, language);
    }
    finish(&mut made, seen);
    Some(made)
}

fn finish(made: &mut Drafted, seen: &Seen<'_>) {
    let unclear =
        seen.meta.unclear.iter().filter(|code| made.item.missing.iter().any(|known| known.code == **code));
    let unclear: Vec<String> = unclear.map(i64::to_string).collect();
    if !unclear.is_empty() {
        made.guesses.push(format!("the file does not say why {} is missing: unknown", unclear.join(", ")));
    }
    if !seen.meta.lost.is_empty() {
        made.guesses.push(format!(
            "{} values with a label are no whole numbers, which a dictionary cannot hold",
            seen.meta.lost.len()
        ));
    }
    // A code is an answer or a missing code.
    let item = &mut made.item;
    item.missing.retain(|missing| !item.codes.iter().any(|code| code.code == missing.code));
    made.directed |=
        matches!(item.kind, ItemType::Ordinal | ItemType::Integer | ItemType::Decimal | ItemType::Binary);
    made.directed &= !made.is_about_the_person();
}

impl Drafted {
    /// Whether it is a number that is no answer: an age, a code of a place, an id.
    pub fn is_about_the_person(&self) -> bool {
        self.about.is_some() && matches!(self.item.kind, ItemType::Integer | ItemType::Decimal)
    }
}

/// The numbers that were found, least first; `None` where there are too many to tell.
fn found(profile: &Profile) -> Option<Vec<i64>> {
    if profile.many || !profile.only_wholes() {
        return None;
    }
    let mut found: Vec<i64> = profile
        .values
        .keys()
        .filter_map(|value| match value {
            Value::Whole(number) => Some(*number),
            Value::Text(_) => None,
        })
        .collect();
    found.sort_unstable();
    Some(found)
}

/// Numbers with labels in the file.
fn labelled(made: &mut Drafted, seen: &Seen<'_>, language: Language) {
    let mut labels = seen.meta.numbers.clone();
    let missing = |made: &Drafted, number: i64| made.item.missing.iter().any(|known| known.code == number);
    // `9 = Don't know`, where nothing declares it missing.
    let (least, greatest) = labels
        .iter()
        .fold((i64::MAX, i64::MIN), |(least, greatest), (code, _)| (least.min(*code), greatest.max(*code)));
    let mut by_label = Vec::new();
    labels.retain(|(code, label)| {
        let (why, guess) = reason(label);
        let outside = *code == least || *code == greatest || suspect::is_suspect(*code);
        let phrase = absent(label);
        let is_missing =
            phrase.is_some() || !guess && yes(label).is_none() && outside && label.chars().count() < 40;
        if is_missing {
            by_label.push(MissingCode {
                code: *code,
                reason: phrase.unwrap_or(why),
                label: in_language(language, label),
                written: Vec::new(),
            });
        }
        !is_missing
    });
    if !by_label.is_empty() {
        let codes: Vec<String> = by_label.iter().map(|code| code.code.to_string()).collect();
        made.guesses.push(format!("{} by its label no answer but a missing one", codes.join(", ")));
        made.item.missing.extend(by_label);
    }
    let seen_numbers = found(seen.profile);
    let unlabelled: Vec<i64> = seen_numbers
        .iter()
        .flatten()
        .copied()
        .filter(|number| !missing(made, *number) && !labels.iter().any(|(code, _)| code == number))
        .collect();
    let listed = seen_numbers.is_some() || seen.profile.numbers() == 0;
    if labels.is_empty() || !listed || unlabelled.len() > 12 || unlabelled.len() > 2 * labels.len() + 9 {
        if !labels.is_empty() {
            let codes: Vec<String> =
                labels.iter().take(4).map(|(code, label)| format!("{code} = {label}")).collect();
            made.guesses.push(format!(
                "most numbers have no label, so that it is a number; labelled: {}",
                codes.join("; ")
            ));
        }
        return numbers(made, seen, language);
    }
    // Some answers have no label: a missing code far outside, or the steps between two labelled ends.
    let (steps, far): (Vec<i64>, Vec<i64>) =
        unlabelled.into_iter().partition(|number| !suspect::far(*number, least, greatest));
    missing_codes(made, &far, language);
    if !steps.is_empty() {
        made.guesses.push("some answers have no label in the file".to_owned());
    }
    let between = !steps.is_empty();
    let mut codes: Vec<(i64, String)> = labels;
    codes.extend(steps.into_iter().map(|number| (number, String::new())));
    codes.sort_by_key(|(code, _)| *code);
    let labels: Vec<&str> = codes.iter().map(|(_, label)| label.as_str()).collect();
    let ordinal = seen.told.measure == Some(Measure::Ordinal) || graded(&labels) || between;
    let guess = seen.told.measure != Some(Measure::Ordinal);
    made.item.codes = codes.iter().map(|(code, label)| answer(*code, label, language)).collect();
    kind(made, ordinal, guess);
}

/// The type of a list of answers.
fn kind(made: &mut Drafted, ordinal: bool, guess: bool) {
    made.item.kind = match made.item.codes.len() {
        2 => ItemType::Binary,
        _ if ordinal => ItemType::Ordinal,
        _ => ItemType::Nominal,
    };
    match made.item.kind {
        ItemType::Binary => event(made),
        ItemType::Ordinal if guess => made.guesses.push("the answers have an order".to_owned()),
        ItemType::Nominal if made.item.codes.len() > 2 => {
            made.guesses.push("the answers have no order; write type = \"ordinal\" if they have".to_owned());
        }
        _ => {}
    }
}

/// The yes comes second, as the event of a binary item.
fn event(made: &mut Drafted) {
    let says = |code: &Code| {
        let label = &code.label;
        [&label.nb, &label.nn, &label.en].into_iter().flatten().find_map(|text| yes(text))
    };
    match (says(&made.item.codes[0]), says(&made.item.codes[1])) {
        (Some(true), Some(false) | None) => made.item.codes.swap(0, 1),
        (Some(false) | None, Some(true)) => {}
        _ => made.guesses.push("the second code is the event that shares and models are of".to_owned()),
    }
}

/// Texts with labels in the file.
fn labelled_texts(made: &mut Drafted, seen: &Seen<'_>, language: Language) {
    let missing: Vec<&String> = made.item.missing.iter().flat_map(|missing| &missing.written).collect();
    let texts: Vec<&(String, String)> =
        seen.meta.texts.iter().filter(|(text, _)| !missing.contains(&text)).collect();
    made.item.codes = (1..)
        .zip(texts)
        .map(|(code, (text, label))| Code { written: vec![text.clone()], ..answer(code, label, language) })
        .collect();
    if made.item.codes.is_empty() {
        return texts_of(made);
    }
    let labels: Vec<&str> = made.item.codes.iter().map(|code| code.label.get(language)).collect();
    let ordinal = seen.told.measure == Some(Measure::Ordinal) || graded(&labels);
    kind(made, ordinal, true);
}

fn missing_codes(made: &mut Drafted, codes: &[i64], language: Language) {
    if codes.is_empty() {
        return;
    }
    let shown: Vec<String> = codes.iter().map(i64::to_string).collect();
    made.guesses.push(format!(
        "{} lies far outside the other values and stands for a missing answer",
        shown.join(", ")
    ));
    for code in codes
        .iter()
        .filter(|code| !made.item.missing.iter().any(|known| known.code == **code))
        .collect::<Vec<_>>()
    {
        made.item.missing.push(MissingCode {
            code: *code,
            reason: crate::dictionary::Reason::Unknown,
            label: in_language(language, &code.to_string()),
            written: Vec::new(),
        });
    }
}

/// Numbers without labels.
fn numbers(made: &mut Drafted, seen: &Seen<'_>, language: Language) {
    let profile = seen.profile;
    let others = profile.whole.with(&profile.typed).with(&profile.point).with(&profile.comma);
    let known: Vec<i64> = made.item.missing.iter().map(|missing| missing.code).collect();
    let suspects: Vec<i64> =
        profile.suspects.keys().copied().filter(|number| !known.contains(number)).collect();
    let judged = suspect::judge(others.least, others.greatest, &suspects);
    missing_codes(made, &judged.missing, language);
    for number in &judged.doubtful {
        made.guesses.push(format!(
            "{number} is taken for an answer; if it stands for a missing one, write missing = [{{ code = {number}, reason = \"unknown\" }}]"
        ));
    }
    let out = |number: i64| known.contains(&number) || judged.missing.contains(&number);
    if !profile.only_wholes() {
        made.item.kind = ItemType::Decimal;
        // 1.250 may be 1250.
        if profile.grouped.iter().any(|count| *count > 0) {
            return;
        }
        made.item.range = suspect::rounded(judged.least, judged.greatest, false);
        range_guess(made);
        return;
    }
    let distinct: Option<Vec<i64>> =
        found(profile).map(|found| found.into_iter().filter(|number| !out(*number)).collect());
    match distinct.as_deref() {
        Some([one, other]) if other - one == 1 => {
            made.item.codes = vec![answer(*one, "", language), answer(*other, "", language)];
            made.item.kind = ItemType::Binary;
            made.guesses
                .push("two answers, without labels in the file; the second code is the event".to_owned());
        }
        distinct => {
            made.item.kind = ItemType::Integer;
            made.item.range = suspect::rounded(judged.least, judged.greatest, true);
            made.scale = distinct.filter(|found| suspect::is_scale(found)).map(<[i64]>::to_vec);
            range_guess(made);
        }
    }
}

fn range_guess(made: &mut Drafted) {
    if made.item.range.is_some() {
        made.guesses.push("the range is that of these files, rounded outward; remove the # where the question has these limits, or write its own".to_owned());
    }
}

/// Texts: a list of answers where few persons or more give each of few; else text.
fn texts(made: &mut Drafted, seen: &Seen<'_>, language: Language) {
    let facts = seen.facts;
    let known: Vec<&String> = made.item.missing.iter().flat_map(|missing| &missing.written).collect();
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut open = seen.profile.many || seen.profile.zeros > 0;
    for (text, persons) in &facts.texts {
        if absent(text).is_some() || known.iter().any(|written| written.as_str() == &**text) {
            continue;
        }
        // `Yes` and `yes` are one answer to whoever reads the files.
        match found.iter_mut().find(|(other, _)| other.to_lowercase() == text.to_lowercase()) {
            Some((_, count)) => *count += persons.len(),
            None => found.push((text.to_string(), persons.len())),
        }
    }
    open |= found.is_empty() || found.len() > LISTED || found.iter().any(|(_, persons)| *persons < PERSONS);
    if open {
        return texts_of(made);
    }
    let mut texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    texts.sort_by_key(|text| {
        (text.parse::<i64>().is_err(), text.parse::<i64>().unwrap_or(0), text.to_lowercase())
    });
    let order = ordered(&texts);
    if let Some(order) = &order {
        texts = order.iter().map(|place| texts[*place]).collect();
    }
    if let [one, other] = texts.as_slice()
        && yes(one) == Some(true)
        && yes(other) != Some(true)
    {
        texts.swap(0, 1);
    }
    // Numbers among the texts keep their code.
    let mut taken: std::collections::BTreeSet<i64> =
        texts.iter().filter_map(|text| text.parse().ok()).collect();
    taken.extend(made.item.missing.iter().map(|missing| missing.code));
    let mut next = 0;
    for text in texts {
        let code = text.parse::<i64>().unwrap_or_else(|_| {
            next += 1;
            while taken.contains(&next) {
                next += 1;
            }
            next
        });
        taken.insert(code);
        let written = if text.parse::<i64>().is_ok() { Vec::new() } else { vec![text.to_owned()] };
        made.item.codes.push(Code { written, ..answer(code, text, language) });
    }
    made.guesses.push("the answers are those that stand in these files".to_owned());
    kind(made, order.is_some(), true);
}

fn texts_of(made: &mut Drafted) {
    made.item.kind = ItemType::Text;
    made.guesses.push(
        "free text, which may hold personal details; leave the item out if it is not needed".to_owned(),
    );
}
