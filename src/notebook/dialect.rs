//! The two languages of notebooks: how they write what a plan holds, and the functions that notebooks begin with.

use crate::estimate::Kind;

/// The language of a notebook's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Python,
    R,
}

impl Dialect {
    /// Reading and comparing: before all else.
    pub(super) fn opening(self) -> [&'static str; 2] {
        match self {
            Dialect::Python => [include_str!("python/read.py"), include_str!("python/compare.py")],
            Dialect::R => [include_str!("r/read.R"), include_str!("r/compare.R")],
        }
    }

    /// The functions of a stage.
    pub(super) fn functions(self, kind: Kind) -> &'static [&'static str] {
        match (self, kind) {
            (Dialect::Python, Kind::Followup) => &[include_str!("python/followup.py")],
            (Dialect::Python, Kind::Attrition) => &[include_str!("python/attrition.py")],
            (Dialect::Python, Kind::Describe) => &[include_str!("python/describe.py")],
            (Dialect::Python, Kind::Trajectory) => &[include_str!("python/trajectory.py")],
            (Dialect::Python, Kind::Family) => &[include_str!("python/family.py")],
            (Dialect::Python, Kind::Change) => &[
                include_str!("python/change_counts.py"),
                include_str!("python/change_binary.py"),
                include_str!("python/change_levels.py"),
                include_str!("python/change_scores.py"),
                include_str!("python/use_classes.py"),
                include_str!("python/change.py"),
            ],
            (Dialect::Python, Kind::Agreement) => &[include_str!("python/agreement.py")],
            (Dialect::Python, Kind::Goals) => &[include_str!("python/goals.py")],
            (Dialect::Python, Kind::Model) => &[
                include_str!("python/logistic.py"),
                include_str!("python/logistic_fit.py"),
                include_str!("python/logistic_terms.py"),
                include_str!("python/regression.py"),
            ],
            (Dialect::Python, Kind::Prediction) => &[include_str!("python/ridge.py")],
            (Dialect::R, Kind::Followup) => &[include_str!("r/followup.R")],
            (Dialect::R, Kind::Attrition) => &[include_str!("r/attrition.R")],
            (Dialect::R, Kind::Describe) => &[include_str!("r/describe.R")],
            (Dialect::R, Kind::Trajectory) => &[include_str!("r/trajectory.R")],
            (Dialect::R, Kind::Family) => &[include_str!("r/family.R")],
            (Dialect::R, Kind::Change) => &[
                include_str!("r/change_counts.R"),
                include_str!("r/change_binary.R"),
                include_str!("r/change_levels.R"),
                include_str!("r/change_scores.R"),
                include_str!("r/use_classes.R"),
                include_str!("r/change.R"),
            ],
            (Dialect::R, Kind::Agreement) => &[include_str!("r/agreement.R")],
            (Dialect::R, Kind::Goals) => &[include_str!("r/goals.R")],
            (Dialect::R, Kind::Model) => &[
                include_str!("r/logistic.R"),
                include_str!("r/logistic_fit.R"),
                include_str!("r/logistic_terms.R"),
                include_str!("r/regression.R"),
            ],
            (Dialect::R, Kind::Prediction) => &[include_str!("r/ridge.R")],
        }
    }

    /// The end, which fails where a number differs.
    pub(super) fn closing(self) -> &'static str {
        match self {
            Dialect::Python => include_str!("python/verdict.py"),
            Dialect::R => include_str!("r/verdict.R"),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Dialect::Python => "Python",
            Dialect::R => "R",
        }
    }

    fn indent(self) -> &'static str {
        match self {
            Dialect::Python => "    ",
            Dialect::R => "  ",
        }
    }

    /// A text. Both languages write escapes of quotes and backslashes alike.
    pub(super) fn text(self, text: &str) -> String {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }

    pub(super) fn truth(self, holds: bool) -> &'static str {
        match (self, holds) {
            (Dialect::Python, true) => "True",
            (Dialect::Python, false) => "False",
            (Dialect::R, true) => "TRUE",
            (Dialect::R, false) => "FALSE",
        }
    }

    /// A list of numbers or texts.
    pub(super) fn list(self, members: &[String]) -> String {
        match self {
            Dialect::Python => format!("[{}]", members.join(", ")),
            Dialect::R => format!("c({})", members.join(", ")),
        }
    }

    /// A list of anything, one member a line where there are several.
    pub(super) fn members(self, members: &[String], indent: &str) -> String {
        let (open, close, last) = match self {
            Dialect::Python => ("[", "]", ","),
            Dialect::R => ("list(", ")", ""),
        };
        match members {
            [] => format!("{open}{close}"),
            [only] => format!("{open}{only}{close}"),
            several => {
                let inner = format!("{indent}{}", self.indent());
                format!("{open}\n{inner}{}{last}\n{indent}{close}", several.join(&format!(",\n{inner}")))
            }
        }
    }

    pub(super) fn texts<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> String {
        self.list(&texts.into_iter().map(|text| self.text(text)).collect::<Vec<_>>())
    }

    pub(super) fn numbers(self, numbers: &[i64]) -> String {
        self.list(&numbers.iter().map(i64::to_string).collect::<Vec<_>>())
    }

    /// A named argument.
    pub(super) fn argument(self, name: &str, value: &str) -> String {
        match self {
            Dialect::Python => format!("{name}={value}"),
            Dialect::R => format!("{name} = {value}"),
        }
    }

    pub(super) fn assign(self, name: &str, value: &str) -> String {
        match self {
            Dialect::Python => format!("{name} = {value}\n"),
            Dialect::R => format!("{name} <- {value}\n"),
        }
    }

    /// A loop over a list; `lines` are not indented.
    pub(super) fn each(self, name: &str, list: &str, lines: &[String]) -> String {
        let (open, indent, close) = match self {
            Dialect::Python => (format!("for {name} in {list}:\n"), "    ", ""),
            Dialect::R => (format!("for ({name} in {list}) {{\n"), "  ", "}\n"),
        };
        let body: String =
            lines.iter().flat_map(|line| line.lines()).map(|line| format!("{indent}{line}\n")).collect();
        format!("{open}{body}{close}")
    }

    /// A call; broken into a line an argument where it is long.
    pub(super) fn call(self, function: &str, arguments: &[String]) -> String {
        let short = format!("{function}({})", arguments.join(", "));
        match short.len() <= 100 && !short.contains('\n') {
            true => short,
            false => {
                let last = if self == Dialect::Python { "," } else { "" };
                let line = format!("\n{}", self.indent());
                let indented: Vec<String> =
                    arguments.iter().map(|argument| argument.replace('\n', &line)).collect();
                format!("{function}({line}{}{last}\n)", indented.join(&format!(",{line}")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_written_in_either_language() {
        let arguments =
            |dialect: Dialect| [dialect.text("a"), dialect.argument("levels", &dialect.numbers(&[1, 2]))];
        assert_eq!(Dialect::Python.call("f", &arguments(Dialect::Python)), "f(\"a\", levels=[1, 2])");
        assert_eq!(Dialect::R.call("f", &arguments(Dialect::R)), "f(\"a\", levels = c(1, 2))");
        let long = ["x".repeat(60), "y".repeat(60)];
        assert!(Dialect::Python.call("f", &long).ends_with("y,\n)"));
        assert!(Dialect::R.call("f", &long).ends_with("y\n)"));
        assert_eq!(Dialect::R.each("x", "xs", &["f(x)".to_owned()]), "for (x in xs) {\n  f(x)\n}\n");
    }

    #[test]
    fn a_quote_does_not_end_a_text() {
        assert_eq!(Dialect::R.text("a\"b\\"), "\"a\\\"b\\\\\"");
    }
}
