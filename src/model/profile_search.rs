//! Finds where a profile crosses its cut-off. All intervals that invert a likelihood-ratio test share this search.

/// A point of a profile: the deviance with one coordinate fixed and the others at their maximum.
#[derive(Debug, Clone)]
pub struct Point<S> {
    /// The coordinate that is fixed.
    pub coordinate: f64,
    /// −2 (penalised) log-likelihood.
    pub deviance: f64,
    /// Its derivative by the coordinate.
    pub slope: f64,
    /// Whether the maximum over the others was reached.
    pub converged: bool,
    /// What the search for the next point starts from, such as the other coordinates.
    pub state: S,
}

/// Where an interval ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    Finite(f64),
    /// The deviance never rises above the cut-off on this side: separation.
    Infinite,
    /// Root finding gave up.
    NotFound,
}

/// From a point inside the interval, walks outwards by `stride` until the deviance exceeds its minimum by `cut`, and then closes in
/// on the root of √(D − D̂) − √cut, which is nearly linear: Newton's method, kept between the bounds.
///
/// `at` gives the point at a coordinate, starting from the state of one near it; `minimum` is D̂.
pub fn limit<S>(
    at: impl Fn(f64, &S) -> Point<S>,
    inside: &Point<S>,
    stride: f64,
    minimum: f64,
    cut: f64,
) -> Limit {
    let (mut inner, mut stride) = (inside.coordinate, stride);
    let mut last = None;
    for _ in 0..WALK {
        let state = last.as_ref().map_or(&inside.state, |point: &Point<S>| &point.state);
        let point = at(inner + stride, state);
        if !point.converged {
            // Too far from where it started: a point that is reached first is a better start.
            stride /= 4.0;
            continue;
        }
        let outside = point.deviance - minimum >= cut;
        if !outside {
            inner = point.coordinate;
            stride *= 2.0;
        }
        last = Some(point);
        if outside {
            break;
        }
    }
    let Some(mut point) = last else {
        return Limit::NotFound;
    };
    let mut outer = point.coordinate;
    for _ in 0..STEPS {
        let excess = point.deviance - minimum;
        if !point.converged {
            return Limit::NotFound;
        }
        if (excess - cut).abs() <= PRECISION * cut + ROUNDING * minimum {
            return Limit::Finite(point.coordinate);
        }
        if excess < cut {
            inner = point.coordinate
        } else {
            outer = point.coordinate
        }
        let root = excess.max(0.0).sqrt();
        let newton = point.coordinate + (cut.sqrt() - root) * 2.0 * root / point.slope;
        let between = (newton - inner) * (newton - outer) < 0.0;
        let next = if between { newton } else { (inner + outer) / 2.0 };
        point = at(next, &point.state);
    }
    Limit::NotFound
}

/// The likelihood-ratio statistic: the deviance of the smaller model less that of the larger one.
///
/// What rounding leaves of no difference, of either sign, must not look like one: p would move by its square root.
pub fn excess(nested: f64, deviance: f64) -> f64 {
    match nested - deviance {
        difference if difference > ROUNDING * nested => difference,
        _ => 0.0,
    }
}

/// Doublings of the stride before giving up.
pub const WALK: usize = 60;
/// Steps of root finding before giving up; halving alone would take some 40.
const STEPS: usize = 100;
/// Of the deviance's excess over its minimum, relative to the cut-off.
const PRECISION: f64 = 1e-11;
/// What rounding leaves of a difference of deviances, relative to the deviance.
const ROUNDING: f64 = 1e-13;
