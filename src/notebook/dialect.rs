//! The two languages of notebooks: how they write what a plan holds.

/// The language of a notebook's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Python,
    R,
}

impl Dialect {
    /// The end, which fails where a number differs.
    pub fn closing(self) -> &'static str {
        match self {
            Dialect::Python => include_str!("python/verdict.py"),
            Dialect::R => include_str!("r/verdict.R"),
        }
    }

    pub fn name(self) -> &'static str {
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
    pub fn text(self, text: &str) -> String {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }

    pub fn truth(self, holds: bool) -> &'static str {
        match (self, holds) {
            (Dialect::Python, true) => "True",
            (Dialect::Python, false) => "False",
            (Dialect::R, true) => "TRUE",
            (Dialect::R, false) => "FALSE",
        }
    }

    /// A list of numbers or texts.
    pub fn list(self, members: &[String]) -> String {
        match self {
            Dialect::Python => format!("[{}]", members.join(", ")),
            Dialect::R => format!("c({})", members.join(", ")),
        }
    }

    /// A list of anything, one member a line where there are several.
    pub fn members(self, members: &[String], indent: &str) -> String {
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

    /// A long list of short members, lines filled.
    pub fn filled(self, members: &[String]) -> String {
        let (open, close, last) = match self {
            Dialect::Python => ("[", "]", ","),
            Dialect::R => ("c(", ")", ""),
        };
        let mut lines = vec![String::new()];
        for (place, member) in members.iter().enumerate() {
            let comma = if place + 1 == members.len() { last } else { "," };
            match lines.last_mut() {
                Some(line) if line.len() + member.len() < 100 => {
                    *line += &format!("{}{member}{comma}", if line.is_empty() { "" } else { " " });
                }
                _ => lines.push(format!("{member}{comma}")),
            }
        }
        let indent = self.indent();
        format!("{open}\n{indent}{}\n{close}", lines.join(&format!("\n{indent}")))
    }

    pub fn texts<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> String {
        self.list(&texts.into_iter().map(|text| self.text(text)).collect::<Vec<_>>())
    }

    pub fn numbers(self, numbers: &[i64]) -> String {
        self.list(&numbers.iter().map(i64::to_string).collect::<Vec<_>>())
    }

    /// A named argument.
    pub fn argument(self, name: &str, value: &str) -> String {
        match self {
            Dialect::Python => format!("{name}={value}"),
            Dialect::R => format!("{name} = {value}"),
        }
    }

    pub fn assign(self, name: &str, value: &str) -> String {
        match self {
            Dialect::Python => format!("{name} = {value}\n"),
            Dialect::R => format!("{name} <- {value}\n"),
        }
    }

    /// A loop over a list; `lines` are not indented.
    pub fn each(self, name: &str, list: &str, lines: &[String]) -> String {
        let (open, indent, close) = match self {
            Dialect::Python => (format!("for {name} in {list}:\n"), "    ", ""),
            Dialect::R => (format!("for ({name} in {list}) {{\n"), "  ", "}\n"),
        };
        let body: String =
            lines.iter().flat_map(|line| line.lines()).map(|line| format!("{indent}{line}\n")).collect();
        format!("{open}{body}{close}")
    }

    /// A call; broken into a line an argument where it is long.
    pub fn call(self, function: &str, arguments: &[String]) -> String {
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
