//! A statistic: its name, what it is, where its formula stands, and what its value rests on.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// What a statistic gives away about persons, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reveals {
    /// A number of persons.
    Count,
    /// A number of persons over another: gives the count away to whoever knows the denominator.
    Share,
    /// A mean, a sum or a standard deviation over persons.
    Moment,
    /// The value of one or two persons: minimum, maximum, median.
    Extreme,
    /// A coefficient, test statistic or p-value: a function of many counts.
    Inference,
    /// A property of the analysis, not of persons: degrees of freedom, number of clusters, iterations.
    Setting,
}

/// Which counts a value is a function of; disclosure control hides a value where it hides one of them, and decides by nothing
/// else. But for [`RestsOn::Nobody`] and [`RestsOn::Count`] a value also rests on the base of its subject ([`Role::Base`]).
#[derive(Clone, Copy)]
pub enum RestsOn {
    /// No person: how many services took part, what a code was read as.
    Nobody,
    /// One or two persons: never shown under a policy.
    One,
    /// A number of persons, which is hidden by itself.
    Count { role: Role, small: Small },
    /// The number of persons that its subject rests on, as degrees of freedom do.
    Base,
    /// A count over another, or what with the other gives the count away; all counts of the subject where this one is not
    /// published. The term of the count is that of the share.
    Share { of: &'static Statistic, beside: &'static [Counted] },
    /// These counts.
    Counts(&'static [Counted]),
    /// These counts and nothing else, not even the base: a sum or difference of counts, or a share whose two counts are among
    /// them. Whoever sees them all can work it out.
    Only(&'static [Counted]),
    /// Who moved where between two waves, as far as these counts tell it; all counts in a table of two by two, whose four cells
    /// any function of it gives away.
    Moves(&'static [&'static Statistic]),
    /// The same, but of a number that has no table of transitions to be found by it, no count.
    MovesOfTable(&'static [&'static Statistic]),
    /// All counts of its subject.
    All,
    /// All counts of all subjects of its analysis.
    AllOfAnalysis,
    /// These counts of all subjects of its analysis.
    OfAnalysis(&'static [&'static Statistic]),
    /// The p-values of other tests.
    Tests,
    /// Other numbers of the release: it is worked out again of what may be seen of them.
    Released,
}

impl RestsOn {
    /// A count by which something is said of persons, however small it is.
    pub const fn count(role: Role) -> RestsOn {
        RestsOn::Count { role, small: Small::OfPersons }
    }

    pub const fn share_of(of: &'static Statistic) -> RestsOn {
        RestsOn::Share { of, beside: &[] }
    }
}

/// Counts of a subject that a value of it rests on.
#[derive(Clone, Copy)]
pub enum Counted {
    /// At every term.
    Each(&'static Statistic),
    /// At the value's own term.
    Same(&'static Statistic),
    /// At `a`, where the value's term is `a>b`.
    Before(&'static Statistic),
    /// At `a`, where the value's term is `a|b+c`.
    Among(&'static Statistic),
    /// At all codes that the value's term names together, or, since they add up, at all the others with the whole of them.
    Together { of: &'static Statistic, whole: &'static Statistic },
    /// At every term, in all subjects of the analysis.
    OfAnalysis(&'static Statistic),
}

/// How much a reader loses when a count is hidden: secondary suppression takes the cheapest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Inside a table: a transition, an overlap, a pattern of follow-up, a missing code.
    Interior,
    /// An answer's count, or how many got better or worse.
    Margin,
    /// How many of the others have a weight: no other number is a function of it but those of the weights alone.
    Weighed,
    /// The number of persons of a side or a wave.
    Side,
    /// The number of answers or pairs that all shares, moments and tests of a subject rest on.
    Base,
    /// Members of a cohort or group, which readers often know from elsewhere: hidden as the last resort.
    Total,
}

/// What a small count says something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Small {
    OfPersons,
    /// A field that was left empty, or a study that came late: nothing of the person.
    OfForms,
    /// One or the other, by the reason that the term names.
    ByReason,
}

/// A statistic. Code asks for it by its constant, which stands beside the code that computes it ([`crate::statistic`] lists
/// them); two are the same where their names are, of which a stage has no two alike.
#[derive(Clone, Copy)]
pub struct Statistic {
    /// The name in `estimates`; broom's where broom has one.
    pub name: &'static str,
    pub reveals: Reveals,
    pub rests_on: RestsOn,
    /// What it is, in one sentence, with its unit.
    pub about: &'static str,
    /// The source of the formula.
    pub source: &'static str,
}

/// The statistics of a stage; each file that computes one names it in a constant of its own.
pub type Statistics = &'static [&'static Statistic];

impl PartialEq for Statistic {
    fn eq(&self, other: &Statistic) -> bool {
        self.name == other.name
    }
}

impl Eq for Statistic {}

impl PartialOrd for Statistic {
    fn partial_cmp(&self, other: &Statistic) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Statistic {
    fn cmp(&self, other: &Statistic) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl Hash for Statistic {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// Without what it rests on, which may be itself.
impl fmt::Debug for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Statistic { name, reveals, about, source, .. } = self;
        f.debug_struct("Statistic")
            .field("name", name)
            .field("reveals", reveals)
            .field("about", about)
            .field("source", source)
            .finish()
    }
}
