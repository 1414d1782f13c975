//! Whether ids of later waves are those of the first wave, written differently: `0017` and `17`, `AB17` and `ab17`.

use std::collections::HashMap;

use super::look::{Looked, Open};
use super::persons::wave_of;
use super::sketch::{chosen, hash};
use super::waves::Waves;
use crate::intake::identity::{normal, without};
use crate::plan::Ignore;
use crate::read::Fault;

/// As many ids are remembered at most; of more, those of a share of the persons.
const REMEMBERED: usize = 200_000;

/// Ids as they are written, each with a bit for each wave that has it, under what all of them have in common.
type Ids = HashMap<String, Vec<(String, u64)>>;

/// What does not tell ids apart: the fewest ways of writing that link the most forms to the first wave, and by which no two
/// respondents of one wave become one. Nothing where all are linked as they stand, or no way links more.
///
/// # Errors
/// A [`Fault`] where a file cannot be read on.
pub fn ignored(
    files: &[&Looked],
    respondent: &str,
    waves: &Waves,
    open: Open<'_>,
) -> Result<Vec<Ignore>, Fault> {
    let ids = ids(files, respondent, waves, open)?;
    let Some(plain) = unlinked(&ids, &[]).filter(|unlinked| *unlinked > 0) else { return Ok(Vec::new()) };
    let mut subsets: Vec<Vec<Ignore>> = (1..1_u32 << Ignore::ALL.len())
        .map(|bits| {
            let named = Ignore::ALL.into_iter().enumerate();
            named.filter(|(place, _)| bits >> place & 1 == 1).map(|(_, ignore)| ignore).collect()
        })
        .collect();
    subsets.sort_by_key(Vec::len);
    let mut best = (plain, Vec::new());
    for subset in subsets {
        if let Some(unlinked) = unlinked(&ids, &subset).filter(|unlinked| *unlinked < best.0) {
            best = (unlinked, subset);
        }
    }
    Ok(best.1)
}

fn ids(files: &[&Looked], respondent: &str, waves: &Waves, open: Open<'_>) -> Result<Ids, Fault> {
    let mut ids = Ids::new();
    let mut shift = 0;
    for (file, looked) in files.iter().enumerate() {
        let Some(id) = looked.place(respondent) else { continue };
        let wave = wave_of(file, looked, waves);
        looked.each(open, |batch, record| {
            let Some(wave) = wave(batch, record) else { return };
            let written = normal(batch.cell(record, id), &[], &[]);
            let common = without(&written, &Ignore::ALL);
            if common.is_empty() || !chosen(hash(&common.as_str()), shift) {
                return;
            }
            let bit = 1 << wave.min(63);
            let alike = ids.entry(common).or_default();
            match alike.iter_mut().find(|(known, _)| *known == written) {
                Some((_, waves)) => *waves |= bit,
                None => alike.push((written, bit)),
            }
            while ids.len() > REMEMBERED && shift < 40 {
                shift += 1;
                ids.retain(|common, _| chosen(hash(&common.as_str()), shift));
            }
        })?;
    }
    Ok(ids)
}

/// How many ids of later waves are not known at the first; `None` where two ids of one wave become one.
fn unlinked(ids: &Ids, ignore: &[Ignore]) -> Option<u64> {
    let mut unlinked = 0;
    for alike in ids.values() {
        let mut merged: Vec<(String, u64)> = Vec::with_capacity(alike.len());
        let mut later: Vec<String> = Vec::new();
        for (written, waves) in alike {
            let id = without(written, ignore);
            if waves >> 1 > 0 {
                later.push(id.clone());
            }
            match merged.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) if *known & waves > 0 => return None,
                Some((_, known)) => *known |= waves,
                None => merged.push((id, *waves)),
            }
        }
        let known = |id: &String| merged.iter().any(|(other, waves)| other == id && waves & 1 == 1);
        unlinked += later.iter().filter(|id| !known(id)).count() as u64;
    }
    Some(unlinked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ids_of_one_wave_never_become_one() {
        let ids = |written: &[(&str, u64)]| {
            let mut ids = Ids::new();
            for (id, waves) in written {
                ids.entry(without(id, &Ignore::ALL)).or_default().push(((*id).to_owned(), *waves));
            }
            ids
        };
        let zeros = [Ignore::LeadingZeros];
        let known = ids(&[("0017", 1), ("17", 2), ("B", 3), ("c", 2)]);
        assert_eq!((unlinked(&known, &[]), unlinked(&known, &zeros)), (Some(2), Some(1)));
        let twins = ids(&[("0017", 1), ("17", 1), ("017", 2)]);
        assert_eq!((unlinked(&twins, &[]), unlinked(&twins, &zeros)), (Some(1), None));
    }
}
