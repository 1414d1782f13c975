//! Files of random content: every row is accounted for, and nothing panics.

use proptest::prelude::*;
use utfall::intake::{self, CHECKS, IntakeError};
use utfall::plan::{Action, Encoding};

use super::{HEADING, read_as, source};

fn lenient() -> Vec<(&'static str, Action)> {
    let gentle = |check: &&&intake::Check| check.allowed_actions.contains(&Action::Reject);
    CHECKS.iter().filter(gentle).map(|check| (check.id, Action::Reject)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever stands in a file, a row that was read is stored or rejected, and nothing panics.
    #[test]
    fn every_row_is_stored_or_rejected(
        cells in prop::collection::vec(prop::sample::select(vec![
            "1", "2", "9", "0", "6", "", " ", "x", "1,5", "1.5", "31", "01.02.2009", "\"", "\"a;b\"", "\"\n\"", "æ",
            "Ã¸", "\r", "1e999", "99999999999999999999", "\u{A0}1", ";",
        ]), 0..80),
        breaks in prop::collection::vec(any::<bool>(), 80),
        reject in any::<bool>(),
    ) {
        let mut text = format!("{HEADING}\n");
        for (cell, ends) in cells.iter().zip(&breaks) {
            text += cell;
            text += if *ends { "\n" } else { ";" };
        }
        let mut on = lenient();
        if !reject {
            on.retain(|(id, _)| matches!(*id, "ragged_row" | "stray_quote" | "unknown_wave" | "duplicate_respondent"));
        }
        on.push(("no_rows", Action::Report));
        match read_as(&source(), text.as_bytes(), &on) {
            Err(IntakeError::Unreadable(unreadable)) => prop_assert!(unreadable.found.contains("quotation mark")),
            Err(other) => prop_assert!(false, "{other}"),
            Ok(intake) => {
                let [read, stored, blank, rejected, merged] = intake.rows();
                prop_assert_eq!(read, stored + blank + rejected + merged);
                prop_assert_eq!(intake.batch.num_rows() as u64, stored);
                prop_assert_eq!(intake.rejected.len() as u64, read - stored);
                for finding in intake.findings() {
                    prop_assert!(finding.count >= finding.rows.len() as u64);
                }
            }
        }
    }

    /// Bytes of any kind lead to an answer or an error.
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), encoding in 0..3) {
        let mut source = source();
        source.format.encoding = Some([Encoding::Utf8, Encoding::Windows1252, Encoding::Latin1][encoding as usize]);
        let _ = read_as(&source, &bytes, &[]);
    }
}
