//! Words in answers: which have an order, and which means yes.

/// Answers from least to most, as questionnaires in Norwegian and English word them.
const LADDERS: &[&[&str]] = &[
    &["never", "rarely", "seldom", "occasionally", "sometimes", "often", "usually", "very often", "always"],
    &[
        "aldri",
        "sjelden",
        "sjeldan",
        "av og til",
        "noen ganger",
        "ofte",
        "veldig ofte",
        "svært ofte",
        "alltid",
    ],
    &[
        "not at all",
        "a little",
        "a little bit",
        "somewhat",
        "moderately",
        "quite a bit",
        "a lot",
        "very much",
        "extremely",
    ],
    &[
        "ikke i det hele tatt",
        "ikke",
        "litt",
        "noe",
        "en del",
        "ganske mye",
        "mye",
        "veldig mye",
        "svært mye",
    ],
    &["none", "some", "moderate", "a lot", "severe", "extreme"],
    &["none", "slight", "mild", "moderate", "marked", "severe", "extreme"],
    &["absent", "mild", "moderate", "severe"],
    &["ingen", "lite", "litt", "noen", "noe", "moderat", "mange", "mye", "alvorlig"],
    &["very low", "low", "medium", "high", "very high"],
    &["lav", "middels", "høy", "svært høy"],
    &["none", "low", "medium", "high"],
    &["very poor", "poor", "fair", "good", "very good", "excellent"],
    &["very bad", "bad", "neither", "ok", "good", "very good"],
    &["svært dårlig", "dårlig", "verken", "middels", "god", "godt", "bra", "svært god", "svært godt"],
    &["strongly disagree", "disagree", "neither", "neutral", "agree", "strongly agree"],
    &["helt uenig", "uenig", "verken", "nøytral", "enig", "helt enig"],
    &["very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"],
    &["svært misfornøyd", "misfornøyd", "verken", "fornøyd", "svært fornøyd"],
    &["worse", "unchanged", "same", "better"],
    &["verre", "uendret", "bedre"],
    &["small", "medium", "large"],
    &["primary", "secondary", "tertiary"],
    &["grunnskole", "videregående", "høyere", "universitet"],
    &["no problem", "some problem", "serious problem"],
    &["ikke noe problem", "noe problem", "alvorlig problem"],
];

fn plain(label: &str) -> String {
    label.trim().to_lowercase()
}

/// The places of the labels in the order of a ladder that has them all; `None` where none does, or two share a step.
pub fn ordered(labels: &[&str]) -> Option<Vec<usize>> {
    let labels: Vec<String> = labels.iter().map(|label| plain(label)).collect();
    LADDERS.iter().find_map(|ladder| {
        let step = |label: &String| ladder.iter().position(|word| word == label);
        let mut steps: Vec<(usize, usize)> = Vec::new();
        for (place, label) in labels.iter().enumerate() {
            steps.push((step(label)?, place));
        }
        steps.sort_unstable();
        let distinct = steps.windows(2).all(|pair| pair[0].0 < pair[1].0);
        distinct.then(|| steps.into_iter().map(|(_, place)| place).collect())
    })
}

/// Whether labels, in the order of their codes, look like grades: at least half of them stand on one ladder, going up or
/// down.
pub fn graded(labels: &[&str]) -> bool {
    let labels: Vec<String> = labels.iter().map(|label| plain(label)).collect();
    labels.len() > 2
        && LADDERS.iter().any(|ladder| {
            let steps: Vec<usize> =
                labels.iter().filter_map(|label| ladder.iter().position(|word| word == label)).collect();
            let up = steps.windows(2).all(|pair| pair[0] < pair[1]);
            let down = steps.windows(2).all(|pair| pair[0] > pair[1]);
            steps.len() >= 2 && 2 * steps.len() >= labels.len() && (up || down)
        })
}

/// Whether a label is a yes, so that its code is the event of a binary item; `Some(false)` for a no.
pub fn yes(label: &str) -> Option<bool> {
    let label = plain(label);
    let word = label.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    match word {
        "yes" | "ja" | "true" | "sant" | "y" | "j" | "checked" => Some(true),
        "no" | "nei" | "false" | "usant" | "n" | "unchecked" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_told_from_names() {
        assert!(graded(&["Never", "Sometimes", "Often"]));
        assert!(graded(&["Alltid", "Ofte", "Aldri"]));
        assert!(!graded(&["Oslo", "Bergen", "Bodø"]));
        assert!(!graded(&["Never", "Often"]), "two answers are binary");
        assert_eq!(ordered(&["High", "Low", "Medium"]), Some(vec![1, 2, 0]));
        assert_eq!(ordered(&["High", "Low", "Oslo"]), None);
        assert_eq!(yes("Ja, ofte"), Some(true));
    }
}
