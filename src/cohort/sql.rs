//! SQL expressions: parsed once, asked which columns they read.

use std::collections::BTreeSet;

use polars::prelude::Expr;

/// Parses an expression as after `SELECT` or `WHERE`.
///
/// # Errors
/// Why the text is not an expression. The message holds the pipeline's own text, never data.
pub fn parse(sql: &str) -> Result<Expr, String> {
    polars::sql::sql_expr(sql).map_err(|error| error.to_string())
}

/// The columns that an expression reads, each once, in alphabetical order.
///
/// # Errors
/// Why the text is not an expression; also where the expression names every column at once.
pub fn columns(sql: &str) -> Result<Vec<String>, String> {
    let expression = parse(sql)?;
    let mut names = BTreeSet::new();
    for part in &expression {
        match part {
            Expr::Column(name) => {
                names.insert(name.to_string());
            }
            Expr::Selector(_) => return Err("`*` and patterns of names are not allowed".to_owned()),
            _ => {}
        }
    }
    Ok(names.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_columns_that_an_expression_reads() {
        assert_eq!(columns("heroin = 1 AND rohypnol = 1").unwrap(), ["heroin", "rohypnol"]);
        assert_eq!(columns("\"b1@w6\" < \"b1@w0\"").unwrap(), ["b1@w0", "b1@w6"]);
        let bands = "CASE WHEN age < 26 THEN 1 WHEN age < 31 THEN 2 ELSE 3 END";
        assert_eq!(columns(bands).unwrap(), ["age"]);
        assert_eq!(columns("age BETWEEN 20 AND 30 OR sex IN (1, 2)").unwrap(), ["age", "sex"]);
    }

    #[test]
    fn says_why_a_text_is_not_an_expression() {
        assert!(parse("heroin = = 1").is_err());
        assert!(parse("SELECT 1").is_err());
        assert!(columns("*").is_err());
    }
}
