//! The streaming reader on dirty text, in chunks of any size, beside its plain twin.

use proptest::prelude::*;

use super::*;

/// Text of the pieces that matter.
fn dirty() -> impl Strategy<Value = String> {
    let pieces = [
        ";", ";", ";", ",", "\"", "\"", "\"\"", "\n", "\n", "\r\n", "\r", "\"\n\"", ";\"", "\";", "\"\r",
        " ", "\t", "\u{b}", "1", "22", "a b", "ø", "😀", "\u{a0}", "\u{FEFF}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..80)
        .prop_map(|pieces| pieces.concat())
}

fn trimmed(mut seen: Seen) -> Seen {
    seen.fields.iter_mut().for_each(|field| *field = field.trim().to_owned());
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn chunks_of_any_size_give_the_records_of_the_whole_text(
        body in dirty(),
        size in 1usize..40,
        marked in any::<bool>(),
        delimiter in proptest::sample::select(vec![';', ',', '\t', ' ']),
    ) {
        let text = format!("q{delimiter}\"r\n{delimiter}\"\n{body}");
        let (mut expected, unclosed) = twin::records(&text, delimiter as u8);
        let heading = expected.remove(0);
        let bytes = format!("{}{text}", if marked { "\u{FEFF}" } else { "" });

        let mut table = table(bytes.as_bytes(), &delimited_by(delimiter), size, 1 << 20).unwrap();
        prop_assert_eq!(names(&table), heading.fields);
        let (found, fault) = read(&mut table);
        let expected: Vec<Seen> = expected.into_iter().map(trimmed).collect();
        match unclosed {
            None => prop_assert_eq!(fault, None),
            Some(line) => {
                let fault = fault.unwrap();
                prop_assert_eq!(fault.found, "a quotation mark that is never closed");
                prop_assert_eq!(fault.place, Some(format!("line {line}")));
            }
        }
        // Records in the chunk of the fault are not given.
        match unclosed {
            None => prop_assert_eq!(found, expected),
            Some(_) => prop_assert!(expected.starts_with(&found)),
        }
    }

    #[test]
    fn utf_16_gives_the_records_of_the_same_text_in_utf_8(body in dirty(), size in 1usize..40, big in any::<bool>()) {
        let text = format!("q;r\n{body}");
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        let utf16: Vec<u8> = match big {
            true => units.flat_map(u16::to_be_bytes).collect(),
            false => units.flat_map(u16::to_le_bytes).collect(),
        };
        let options = delimited_by(';');
        let mut wide = table(&utf16, &options, size, 1 << 20).unwrap();
        let mut narrow = table(text.as_bytes(), &options, size, 1 << 20).unwrap();
        let ((wide, wide_fault), (narrow, narrow_fault)) = (read(&mut wide), read(&mut narrow));
        prop_assert_eq!(wide_fault, narrow_fault.clone());
        if narrow_fault.is_none() {
            prop_assert_eq!(wide, narrow);
        }
    }
}
