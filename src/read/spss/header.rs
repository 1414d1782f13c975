//! The first 176 bytes: byte order, compression, how many records.

use std::io::{Read, Seek};

use super::source::{Order, Source};
use crate::read::Fault;

/// How the records are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// Eight bytes a slot.
    Plain,
    /// One byte for a small whole number, a blank or a system-missing value.
    Bytes,
    /// As [`Packing::Bytes`], then deflated in blocks (.zsav).
    Blocks,
}

#[derive(Debug)]
pub(super) struct Header {
    pub(super) packing: Packing,
    /// The slot of the weight, from 1.
    pub(super) weight: Option<usize>,
    /// `None` where the writer did not know.
    pub(super) cases: Option<u64>,
    /// What is taken from a byte to give its number; 100 in nearly every file.
    pub(super) bias: f64,
}

/// Whether a file begins as a system file does, or as one of the kinds of which an error should speak.
pub(super) fn recognises(head: &[u8]) -> bool {
    head.starts_with(b"$FL2") || head.starts_with(b"$FL3") || encrypted(head) || portable(head)
}

fn holds(head: &[u8], word: &[u8]) -> bool {
    head.windows(word.len()).any(|window| window == word)
}

fn encrypted(head: &[u8]) -> bool {
    holds(&head[..head.len().min(36)], b"ENCRYPTEDSAV")
}

/// A portable file says what it is in the first of its five lines of greeting, and again after its table of letters.
fn portable(head: &[u8]) -> bool {
    holds(&head[..head.len().min(210)], b"SPSS PORT FILE")
        || head.get(450..).is_some_and(|tail| holds(tail, b"SPSSPORT"))
}

/// Why a file that [`recognises`] knows can still not be read here.
pub(super) fn refused(head: &[u8]) -> Option<Fault> {
    let expected = "an SPSS system file (.sav, .zsav)";
    if encrypted(head) {
        let help = "open it in SPSS with its password and save it without";
        return Some(Fault::new("an SPSS file that is encrypted", expected).help(help));
    }
    if head.starts_with(b"$FL") || !portable(head) {
        return None;
    }
    let help = "open it in SPSS or PSPP and save it as .sav";
    Some(Fault::new("an SPSS portable file (.por)", expected).help(help))
}

pub(super) fn read<R: Read + Seek>(source: &mut Source<R>) -> Result<Header, Fault> {
    let head: [u8; 176] = source.array("the header")?;
    let four = |at: usize| [head[at], head[at + 1], head[at + 2], head[at + 3]];
    source.order = match (Order::Little.i32(four(64)), Order::Big.i32(four(64))) {
        (2 | 3, _) => Order::Little,
        (_, 2 | 3) => Order::Big,
        _ => return Err(source.fault("a layout code that is none", "2 or 3 at byte 64")),
    };
    let int = |at: usize| source.order.i32(four(at));
    let packing = match (head.starts_with(b"$FL3"), int(72)) {
        (false, 0) => Packing::Plain,
        (false, 1) => Packing::Bytes,
        (true, 2) => Packing::Blocks,
        (_, code) => {
            return Err(source.fault(format!("compression {code}"), "0 or 1, or 2 in a .zsav file"));
        }
    };
    let mut bias = [0; 8];
    bias.copy_from_slice(&head[84..92]);
    Ok(Header {
        packing,
        weight: usize::try_from(int(76)).ok().filter(|slot| *slot > 0),
        cases: u64::try_from(int(80)).ok(),
        bias: source.order.f64(bias),
    })
}
