//! The keys of an estimate: its group, its variable with the waves, and its term.
//!
//! Each has one printed form, which is what files hold and what keys are ordered and compared by. Here alone they are put together
//! and taken apart.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::Statistic;

/// Everyone.
pub const EVERYONE: &Group = &Group(Cow::Borrowed(""));

/// Of a cohort, or of all variables of an analysis together.
pub const NO_VARIABLE: &Variable = &Variable(Cow::Borrowed(""));

/// A statistic of the whole analysis.
pub const WHOLE: &Term = &Term(Cow::Borrowed(""));

/// The constant of a regression. No item's name has parentheses.
pub const INTERCEPT: &Term = &Term(Cow::Borrowed("(intercept)"));

macro_rules! key {
    ($(#[$about:meta])* $key:ident) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $key(Cow<'static, str>);

        impl $key {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// As it stands in a file or a plan.
        impl From<String> for $key {
            fn from(text: String) -> $key {
                $key(Cow::Owned(text))
            }
        }

        impl From<&str> for $key {
            fn from(text: &str) -> $key {
                $key(Cow::Owned(text.to_owned()))
            }
        }

        impl From<&String> for $key {
            fn from(text: &String) -> $key {
                text.as_str().into()
            }
        }

        impl From<$key> for String {
            fn from(key: $key) -> String {
                key.0.into_owned()
            }
        }

        impl From<&$key> for $key {
            fn from(key: &$key) -> $key {
                key.clone()
            }
        }

        /// A key can be asked for as its printed form.
        impl Deref for $key {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $key {
            fn eq(&self, text: &str) -> bool {
                self.as_str() == text
            }
        }

        impl PartialEq<&str> for $key {
            fn eq(&self, text: &&str) -> bool {
                self.as_str() == *text
            }
        }

        impl Serialize for $key {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self)
            }
        }

        impl fmt::Display for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self)
            }
        }

        impl fmt::Debug for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.as_str(), f)
            }
        }
    };
}

key! {
    /// Who: `drop_in=1 & sex=2`, levels joined by ` & `, in the order declared; empty for everyone.
    Group
}

key! {
    /// Of what: a variable with its waves where there are any, `mental_health@w1>w2`, `mental_health@w1`.
    Variable
}

key! {
    /// Which of a statistic's values: `variable` or `variable=code` of a regression, the code of an answer, `a+b` for answers that are
    /// counted together, `a|a+b` for one among those, `a>b` for a move from a to b, `statistic=term` for what is ranked, a name in
    /// parentheses for the constant and for the variant of a program; empty for a statistic of the whole analysis.
    Term
}

/// A variable, or a level of it: `sex=2` → (`sex`, `2`).
pub fn level_of(text: &str) -> (&str, Option<&str>) {
    text.split_once('=').map_or((text, None), |(variable, code)| (variable, Some(code)))
}

impl Group {
    /// Those at a level of a variable.
    pub fn level(variable: &str, code: impl fmt::Display) -> Group {
        Group::from(format!("{variable}={code}"))
    }

    /// Each variable that makes the group, with its code; none for everyone.
    pub fn levels(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.split(" & ").filter(|level| !level.is_empty()).map(level_of)
    }

    /// The first variable that makes the group, and its code.
    pub fn first(&self) -> Option<(&str, &str)> {
        let (variable, code) = self.levels().next()?;
        Some((variable, code?))
    }

    /// The variables that make the group, which groups that add up have in common.
    pub fn variables(&self) -> Vec<&str> {
        self.levels().map(|(variable, _)| variable).collect()
    }
}

impl Variable {
    /// At one wave.
    pub fn at(name: &str, wave: &str) -> Variable {
        Variable::from(format!("{name}@{wave}"))
    }

    /// From one wave to another, of a variable at the first.
    pub fn to_wave(&self, wave: &str) -> Variable {
        Variable::from(format!("{self}>{wave}"))
    }

    /// Its name without waves.
    pub fn name(&self) -> &str {
        Waves::of(self).name
    }

    /// The wave, or the first of two.
    pub fn wave(&self) -> Option<&str> {
        Waves::of(self).wave
    }

    /// The second of two waves.
    pub fn to(&self) -> Option<&str> {
        Waves::of(self).to
    }
}

/// A variable taken apart: `mental_health@w1>w2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waves<'a> {
    pub name: &'a str,
    /// The wave, or the first of two.
    pub wave: Option<&'a str>,
    /// The second of two waves.
    pub to: Option<&'a str>,
}

impl<'a> Waves<'a> {
    pub fn of(variable: &'a str) -> Waves<'a> {
        let Some((name, waves)) = variable.split_once('@') else {
            return Waves { name: variable, wave: None, to: None };
        };
        match waves.split_once('>') {
            // Both ends may carry the name: `a@w1>a@w2`.
            Some((from, to)) => {
                let to = to.rsplit_once('@').map_or(to, |(_, wave)| wave);
                Waves { name, wave: Some(from), to: Some(to) }
            }
            None => Waves { name, wave: Some(waves), to: None },
        }
    }
}

impl Term {
    /// A level of a variable.
    pub fn level(variable: &str, code: impl fmt::Display) -> Term {
        Term::from(format!("{variable}={code}"))
    }

    /// The code of an answer, or a level that has no code of its own.
    pub fn code(code: impl fmt::Display) -> Term {
        Term::from(code.to_string())
    }

    /// Numbers that are ranked: their statistic, and the term that it has for each, if any. Where answers have other codes from one
    /// variable to another, they are told by their place: `share=second`, `conditional_share=third|third+fourth`.
    pub fn ranked(statistic: &Statistic, of: &str) -> Term {
        match of {
            "" => Term::from(statistic.name),
            of => Term::level(statistic.name, of),
        }
    }

    /// From a to b.
    pub fn moved(before: impl fmt::Display, after: impl fmt::Display) -> Term {
        Term::from(format!("{before}>{after}"))
    }

    /// One group of a variable beside another: `drop_in=1:2`.
    pub fn beside(variable: &str, first: impl fmt::Display, second: impl fmt::Display) -> Term {
        Term::from(format!("{variable}={first}:{second}"))
    }

    /// The variable of two groups, and the codes of both.
    pub fn as_beside(&self) -> Option<(&str, [&str; 2])> {
        let (variable, codes) = self.as_level()?;
        let (first, second) = codes.split_once(':')?;
        Some((variable, [first, second]))
    }

    /// Answers that are counted together.
    pub fn together<C: fmt::Display>(codes: impl IntoIterator<Item = C>) -> Term {
        let codes: Vec<String> = codes.into_iter().map(|code| code.to_string()).collect();
        Term::from(codes.join("+"))
    }

    /// One answer among those that are counted together.
    pub fn among(code: impl fmt::Display, together: &Term) -> Term {
        Term::from(format!("{code}|{together}"))
    }

    /// The answers that are counted together, also where the term is of one among them.
    pub fn as_together(&self) -> impl Iterator<Item = &str> {
        self.split_once('|').map_or(self.as_str(), |(_, together)| together).split('+')
    }

    /// The one, where the term is of one among answers that are counted together.
    pub fn as_among(&self) -> Option<&str> {
        self.split_once('|').map(|(one, _)| one)
    }

    /// The variant of a program; `name` in parentheses.
    pub(crate) const fn aside(name: &'static str) -> Term {
        Term(Cow::Borrowed(name))
    }

    /// The variable of a regression's term.
    pub fn variable(&self) -> &str {
        level_of(self).0
    }

    /// The variable and the code of a level.
    pub fn as_level(&self) -> Option<(&str, &str)> {
        let (variable, code) = level_of(self);
        Some((variable, code?))
    }

    /// Before and after.
    pub fn as_move(&self) -> Option<(&str, &str)> {
        self.split_once('>')
    }

    /// Whether it is the constant or a program, and no term of the data.
    pub fn is_aside(&self) -> bool {
        self.starts_with('(')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_taken_apart() {
        let group = Group::from("drop_in=1 & sex=2");
        assert_eq!(group.levels().collect::<Vec<_>>(), [("drop_in", Some("1")), ("sex", Some("2"))]);
        assert_eq!((EVERYONE.levels().count(), EVERYONE.first()), (0, None));
        let change = Variable::from("health@w1>w2");
        assert_eq!((change.name(), change.wave(), change.to()), ("health", Some("w1"), Some("w2")));
        assert_eq!(Waves::of("health@w1>health@w2"), Waves::of("health@w1>w2"));
        assert_eq!((Variable::from("age").name(), Variable::from("age").wave()), ("age", None));
        assert_eq!(Term::from("age").variable(), "age");
        assert!(INTERCEPT.is_aside() && !WHOLE.is_aside());
    }

    proptest! {
        #[test]
        fn what_is_put_together_comes_apart(name in "[a-z][a-z0-9_]{0,8}", code in -9i64..99, other in -9i64..99) {
            let (code, other) = (code.to_string(), other.to_string());
            let level = Term::level(&name, &code);
            prop_assert_eq!(level.as_level(), Some((name.as_str(), code.as_str())));
            let group = Group::level(&name, &code);
            prop_assert_eq!(group.first(), Some((name.as_str(), code.as_str())));
            let together = Term::together([&code, &other]);
            prop_assert_eq!(together.as_together().collect::<Vec<_>>(), [code.as_str(), other.as_str()]);
            let among = Term::among(&other, &together);
            prop_assert_eq!(among.as_together().collect::<Vec<_>>(), [code.as_str(), other.as_str()]);
            prop_assert_eq!((among.as_among(), together.as_among()), (Some(other.as_str()), None));
            let moved = Term::moved(&code, &other);
            prop_assert_eq!(moved.as_move(), Some((code.as_str(), other.as_str())));
            let beside = Term::beside(&name, &code, &other);
            prop_assert_eq!(beside.as_beside(), Some((name.as_str(), [code.as_str(), other.as_str()])));
            let variable = Variable::at(&name, "w1");
            prop_assert_eq!((variable.name(), variable.wave(), variable.to()), (name.as_str(), Some("w1"), None));
        }
    }
}
