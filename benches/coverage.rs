//! How often 95 % intervals cover the truth, on simulated studies of the low-threshold evaluation's shape.
//!
//! ```sh
//! cargo bench --bench coverage -- [studies] [seed]
//! ```
//!
//! **Clusters.** 400 users in 26 services of the shipped evaluation's sizes; the outcome depends on a property of the service
//! (11 of 26 have it), on a property of the user (three in ten), and on a normal service effect whose variance is set by the
//! intraclass correlation on the latent scale, σ²/(σ² + π²/3). What is to be covered is the coefficient of the regression that
//! is fitted, which is the population's: the one that solves the score equations on the outcome's exact probabilities, the
//! service effect integrated out.
//!
//! **Clusters and a rare outcome.** The same, with an intraclass correlation of 0.05 and an outcome of two or five in a hundred
//! among those with neither property: there Firth's fit, which knows no clusters, stands beside the errors that do.
//!
//! **Rare outcomes.** 400 users, an outcome of one or two in a hundred among those without the property, an odds ratio of 2.
//!
//! Printed with the Monte Carlo error √(p(1 − p)/studies) of each share. The same seed gives the same table.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::wildcard_imports,
    reason = "a bench prints, and stops where something is wrong"
)]

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use utfall::estimate::Value;
use utfall::model::{Covariate, CovariateValues, Fitted, Method, ModelData, Options, PROCEDURES};

/// Users of each service, as in the shipped evaluation.
const SIZES: [u32; 26] =
    [34, 28, 30, 32, 22, 24, 15, 18, 11, 14, 12, 16, 10, 9, 12, 10, 13, 9, 8, 13, 12, 8, 10, 11, 10, 9];
/// Services with the property.
const WITH: [usize; 11] = [0, 3, 7, 9, 11, 12, 14, 17, 19, 21, 24];
const OF_SERVICE: f64 = 0.6;
const OF_USER: f64 = 0.5;
const SHARE_OF_USERS: f64 = 0.3;
const Z: f64 = 1.959_963_984_540_054;

/// Users of the services: the log odds of the outcome without either property, and the variance of the service effect.
#[derive(Debug, Clone, Copy)]
struct Population {
    intercept: f64,
    variance: f64,
}

impl Population {
    /// `icc`: the intraclass correlation on the latent scale.
    fn new(intercept: f64, icc: f64) -> Population {
        Population { intercept, variance: icc / (1.0 - icc) * std::f64::consts::PI.powi(2) / 3.0 }
    }

    /// The log odds of the outcome where the service effect is zero.
    fn linear(&self, with: bool, user: bool) -> f64 {
        self.intercept + OF_SERVICE * f64::from(u8::from(with)) + OF_USER * f64::from(u8::from(user))
    }
}

struct Random(ChaCha12Rng);

impl Random {
    fn new(seed: u64, study: u64) -> Random {
        let mut random = ChaCha12Rng::seed_from_u64(seed);
        random.set_stream(study);
        Random(random)
    }

    /// In [0, 1), with 53 random bits.
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn yes(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// Box and Muller 1958.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.uniform()).cos()
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn data(rows: &[(bool, bool, bool, u32)], frequency: Vec<f64>, clustered: bool) -> ModelData {
    let number = |pick: fn(&(bool, bool, bool, u32)) -> bool| -> Vec<f64> {
        rows.iter().map(|row| f64::from(u8::from(pick(row)))).collect()
    };
    let covariates = [("service", number(|row| row.1)), ("user", number(|row| row.2))];
    let covariates = covariates
        .map(|(name, values)| Covariate { name: name.to_owned(), values: CovariateValues::Numeric(values) });
    let clusters = clustered.then(|| rows.iter().map(|row| row.3).collect());
    ModelData::new(number(|row| row.0), frequency, clusters, covariates.into())
        .expect("the rows are of one length")
}

/// The statistics of one procedure, Firth's fit being asked for also where the data do not call for it.
fn of(fitted: &Fitted, id: &str) -> Vec<Value> {
    let procedure = PROCEDURES.iter().find(|procedure| procedure.id == id).expect("a procedure of that name");
    (procedure.compute)(fitted, &Options { method: Method::Firth, ..Options::default() })
}

fn find(values: &[Value], statistic: &str, term: &str) -> Option<f64> {
    values.iter().find(|value| value.statistic.name == statistic && value.term == term)?.value
}

/// The population's coefficients: every kind of user, weighted by how often it occurs, with its exact probability.
fn truth(population: Population) -> [f64; 2] {
    let mut rows = Vec::new();
    let mut frequency = Vec::new();
    for (service, size) in SIZES.iter().enumerate() {
        for user in [false, true] {
            let with = WITH.contains(&service);
            let linear = population.linear(with, user);
            let share = if user { SHARE_OF_USERS } else { 1.0 - SHARE_OF_USERS };
            // The trapezoid rule on a normal density converges faster than any power of the step.
            let (mut probability, mut mass) = (0.0, 0.0);
            for step in -400..=400 {
                let u = f64::from(step) * 0.02;
                let density = (-u * u / 2.0).exp();
                probability += density * logistic(linear + population.variance.sqrt() * u);
                mass += density;
            }
            let probability = probability / mass;
            for (outcome, part) in [(true, probability), (false, 1.0 - probability)] {
                rows.push((outcome, with, user, 0));
                frequency.push(f64::from(*size) * share * part);
            }
        }
    }
    let wald = of(&Fitted::of(&data(&rows, frequency, false)), "wald");
    ["service", "user"]
        .map(|term| find(&wald, "estimate", term).expect("the population's regression has a maximum"))
}

/// Intervals of one study by each method: for the service's property and the user's.
fn clustered(random: &mut Random, population: Population) -> Vec<[Option<(f64, f64)>; 2]> {
    let mut rows = Vec::new();
    for (service, size) in SIZES.iter().enumerate() {
        let with = WITH.contains(&service);
        let effect = population.variance.sqrt() * random.normal();
        for _ in 0..*size {
            let user = random.yes(SHARE_OF_USERS);
            let linear = population.linear(with, user);
            rows.push((random.yes(logistic(linear + effect)), with, user, service as u32));
        }
    }
    let frequency = vec![1.0; rows.len()];
    let fitted = Fitted::of(&data(&rows, frequency, true));
    let (wald, robust) = (of(&fitted, "wald"), of(&fitted, "cluster"));
    let (cr2, cv3, firth) = (of(&fitted, "cr2"), of(&fitted, "leave_one_out"), of(&fitted, "firth"));
    let ends = |values: &[Value], low: &str, high: &str| {
        ["service", "user"].map(|term| find(values, low, term).zip(find(values, high, term)))
    };
    let around = |statistic: &str| {
        ["service", "user"].map(|term| {
            let estimate = find(&wald, "estimate", term)?;
            let half = Z * find(&robust, statistic, term)?;
            Some((estimate - half, estimate + half))
        })
    };
    vec![
        ends(&wald, "conf_low", "conf_high"),
        around("cr0_std_error"),
        ends(&robust, "cr1_conf_low", "cr1_conf_high"),
        ends(&cr2, "cr2_conf_low", "cr2_conf_high"),
        ends(&cv3, "cv3_conf_low", "cv3_conf_high"),
        ends(&firth, "firth_profile_low", "firth_profile_high"),
    ]
}

/// Intervals of the user's property in one study of a rare outcome: maximum likelihood (Wald), and Firth (penalised profile).
fn rare(random: &mut Random, share: f64) -> Vec<[Option<(f64, f64)>; 2]> {
    let rows: Vec<(bool, bool, bool, u32)> = (0..400)
        .map(|_| {
            let user = random.yes(SHARE_OF_USERS);
            let odds = share / (1.0 - share) * if user { 2.0 } else { 1.0 };
            (random.yes(odds / (1.0 + odds)), random.yes(0.5), user, 0)
        })
        .collect();
    let fitted = Fitted::of(&data(&rows, vec![1.0; 400], false));
    let (wald, profile, firth) = (of(&fitted, "wald"), of(&fitted, "profile"), of(&fitted, "firth"));
    let ends = |values: &[Value], low: &str, high: &str| {
        [find(values, low, "user").zip(find(values, high, "user")), None]
    };
    vec![
        ends(&wald, "conf_low", "conf_high"),
        ends(&profile, "profile_low", "profile_high"),
        ends(&firth, "firth_profile_low", "firth_profile_high"),
    ]
}

/// `94.8 ± 0.5 (0.3 % without an interval)`.
fn covered(intervals: &[Option<(f64, f64)>], truth: f64) -> String {
    let studies = intervals.len() as f64;
    let hits =
        intervals.iter().flatten().filter(|(low, high)| *low <= truth && truth <= *high).count() as f64;
    let share = hits / studies;
    let error = (share * (1.0 - share) / studies).sqrt();
    let none = intervals.iter().filter(|interval| interval.is_none()).count() as f64 / studies;
    let without = if none > 0.0 { format!(" ({:.1} % without)", 100.0 * none) } else { String::new() };
    format!("{:.1} ± {:.1}{without}", 100.0 * share, 100.0 * error)
}

/// What [`clustered`] gives the intervals of, in its order.
const CLUSTERED: [&str; 6] = [
    "ML (Wald)",
    "CR0 (normal)",
    "CR1 (normal)",
    "CR2 (t, Satterthwaite)",
    "CV3 (t, G − 1)",
    "Firth (penalised profile)",
];

/// A row for each of `methods`: how often its intervals cover, in studies of `population`, which the table calls `named`.
fn of_methods(methods: &[&str], studies: u64, seed: u64, population: Population, named: &str) {
    let truth = truth(population);
    let all: Vec<_> = (0..studies)
        .into_par_iter()
        .map(|study| clustered(&mut Random::new(seed, study), population))
        .collect();
    for (place, method) in methods.iter().enumerate() {
        let [service, user] = [0, 1].map(|term| {
            let intervals: Vec<_> = all.iter().map(|study| study[place][term]).collect();
            covered(&intervals, truth[term])
        });
        println!("| {method} | {named} | {service} | {user} |");
    }
}

fn main() {
    // Cargo adds `--bench`.
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number =
        |default: u64| arguments.next().map_or(default, |text| text.parse().expect("a whole number"));
    let (studies, seed) = (number(2000), number(1));
    println!(
        "Coverage of 95 % intervals in per cent ± Monte Carlo error; {studies} studies each, seed {seed}.\n"
    );
    println!("| method | ICC | service's property | user's property |\n|---|---|---|---|");
    for icc in [0.05, 0.15] {
        of_methods(&CLUSTERED[..5], studies, seed, Population::new(-1.0, icc), &icc.to_string());
    }
    println!(
        "\n| method | outcome among the others | service's property | user's property |\n|---|---|---|---|"
    );
    for share in [0.02, 0.05] {
        let population = Population::new(f64::ln(share / (1.0 - share)), 0.05);
        let named = format!("{} %", 100.0 * share);
        of_methods(&CLUSTERED, studies, seed + 2, population, &named);
    }
    println!("\n| method | outcome among the others | odds ratio 2 |\n|---|---|---|");
    for share in [0.01, 0.02] {
        let all: Vec<_> = (0..studies)
            .into_par_iter()
            .map(|study| rare(&mut Random::new(seed + 1, study), share))
            .collect();
        for (place, method) in ["ML (Wald)", "ML (profile)", "Firth (penalised profile)"].iter().enumerate() {
            let intervals: Vec<_> = all.iter().map(|study| study[place][0]).collect();
            println!("| {method} | {} % | {} |", 100.0 * share, covered(&intervals, 2.0f64.ln()));
        }
    }
}
