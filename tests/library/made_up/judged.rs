//! Change that was judged: rated against differenced, goals, classes of use.

use utfall::change::agreement::agreement;
use utfall::change::attainment::{Goals, of_goal, t_scores};
use utfall::change::{Direction, Options, Pairs, Scale, UseThresholds, analyse};
use utfall::estimate::{Estimate, Kind};

use super::{subject, value};

/// Rated (rows) by differenced, worse to better.
pub fn rated(analysis: &str, variable: &str, table: [[u64; 3]; 3]) -> Vec<Estimate> {
    let levels = [-1.0, 0.0, 1.0];
    let row: Vec<f64> = (0..9).map(|cell| levels[cell / 3]).collect();
    let column: Vec<f64> = (0..9).map(|cell| levels[cell % 3]).collect();
    let pairs = Pairs::new(&row, &column, &table.concat(), Scale::Ordinal, Direction::Higher, &levels)
        .expect("nine cells");
    let mut values = agreement(&pairs, 0.95);
    values.push(value("n_unrated", 11.0));
    values.push(value("n_undifferenced", 0.0));
    subject(analysis, Kind::Agreement, "", variable).estimates(values)
}

/// Two goals of each of nine persons' patterns, times `scale`; the second is not everybody's.
pub fn goals(analysis: &str, names: [&str; 2], scale: u64) -> Vec<Estimate> {
    let ratings: Vec<Option<i8>> =
        [(0, 0), (0, -1), (0, 2), (-1, -1), (-1, -2), (-2, 2), (0, 2), (-1, 2), (-2, -2)]
            .into_iter()
            .flat_map(|(first, second)| [Some(first), Some(second).filter(|level| *level != 2)])
            .collect();
    let frequency: Vec<u64> = [41, 17, 28, 12, 3, 9, 6, 5, 2].map(|times| times * scale).to_vec();
    let goals = Goals::new(&names, &ratings, &[1.0; 18], &frequency).expect("nine patterns");
    let mut estimates = Vec::new();
    for (place, name) in names.into_iter().enumerate() {
        let mut values = of_goal(&goals, place);
        values.extend(
            ["1", "2", "3"]
                .iter()
                .zip([0.0, -1.0, -2.0])
                .map(|(code, level)| value("goal_level", level).term(*code)),
        );
        estimates.extend(subject(analysis, Kind::Goals, "", name).estimates(values));
    }
    let scores = t_scores(&goals, 0.3, 0.95).expect("0.3 is a correlation");
    estimates.extend(subject(analysis, Kind::Goals, "", "").estimates(scores));
    estimates
}

/// Days of use before and after, and how many persons have each pair.
pub fn use_days(analysis: &str, variable: &str, days: &[(f64, f64, u64)]) -> Vec<Estimate> {
    let [before, after]: [Vec<f64>; 2] = [
        days.iter().map(|(before, ..)| *before).collect(),
        days.iter().map(|(_, after, _)| *after).collect(),
    ];
    let frequency: Vec<u64> = days.iter().map(|(.., times)| *times).collect();
    let pairs =
        Pairs::new(&before, &after, &frequency, Scale::Numeric, Direction::Lower, &[]).expect("pairs");
    let classes = UseThresholds::new(28.0, 6.0, 4.0).expect("they lie in the window");
    let options = Options { classes: Some(classes), ..Options::default() };
    let mut values = analyse(&pairs, &options);
    values.retain(|value| value.statistic.name == "n_pairs" || value.statistic.name.starts_with("use"));
    subject(analysis, Kind::Change, "", variable).estimates(values)
}
