//! Numbers as they stand in a record: a value, Stata's `.`, or one of its tags `.a` to `.z`.
//!
//! From version 113 on the 27 largest numbers of a type are `.`, `.a` … `.z`; before, the largest alone is `.`.

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Value(f64),
    /// `.`
    Missing,
    /// The letter, as ASCII.
    Tag(u8),
}

/// `.` of a byte, int and long, with `.a` the next.
const BYTE: i32 = 101;
const INT: i32 = 32_741;
pub(super) const LONG: i32 = 2_147_483_621;

/// `.` of a float and a double in bits, and the step from one tag to the next.
const FLOAT: (u32, u32) = (0x7f00_0000, 0x0800);
const DOUBLE: (u64, u64) = (0x7fe0_0000_0000_0000, 0x0100_0000_0000);

/// `.` of a double in the versions to 105, besides.
const OLD_DOUBLE: u64 = 0x54c0_0000_0000_0000;

pub(super) fn byte(value: i8, release: u8) -> Number {
    whole(i32::from(value), release, BYTE, i32::from(i8::MAX))
}

pub(super) fn int(value: i16, release: u8) -> Number {
    whole(i32::from(value), release, INT, i32::from(i16::MAX))
}

pub(super) fn long(value: i32, release: u8) -> Number {
    whole(value, release, LONG, i32::MAX)
}

fn whole(value: i32, release: u8, missing: i32, largest: i32) -> Number {
    if release < 113 {
        return if value == largest { Number::Missing } else { Number::Value(f64::from(value)) };
    }
    match value.checked_sub(missing) {
        Some(step) if step >= 0 => tag(u64::from(step.unsigned_abs())),
        _ => Number::Value(f64::from(value)),
    }
}

/// A float is widened: 0.1 is 0.10000000149011612, as in Stata itself.
pub(super) fn float(bits: u32, release: u8) -> Number {
    let value = f32::from_bits(bits);
    if value.is_sign_negative() || bits < FLOAT.0 {
        return real(f64::from(value));
    }
    steps(u64::from(bits - FLOAT.0), u64::from(FLOAT.1), release)
}

pub(super) fn double(bits: u64, release: u8) -> Number {
    let value = f64::from_bits(bits);
    if release <= 105 && bits == OLD_DOUBLE {
        return Number::Missing;
    }
    if value.is_sign_negative() || bits < DOUBLE.0 {
        return real(value);
    }
    steps(bits - DOUBLE.0, DOUBLE.1, release)
}

/// Stata has no infinity and no NaN; other programs write them for nothing.
fn real(value: f64) -> Number {
    if value.is_finite() { Number::Value(value) } else { Number::Missing }
}

fn steps(beyond: u64, step: u64, release: u8) -> Number {
    match release >= 113 && beyond.is_multiple_of(step) {
        true => tag(beyond / step),
        false => Number::Missing,
    }
}

/// 1 is `.a`; what is beyond `.z` is nothing that Stata writes.
fn tag(step: u64) -> Number {
    match u8::try_from(step) {
        Ok(step @ 1..=26) => Number::Tag(b'a' + step - 1),
        _ => Number::Missing,
    }
}
