//! Compares the ids of later waves with those of the first wave: same people, written in the same way?

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use arrow::array::AsArray;
use rayon::prelude::*;

use super::Request;
use super::checks::{ALIKE_IDS, TWIN_IDS, UNLINKED};
use super::finding::Findings;
use super::identity::{is_odd, without};
use super::people::IdAt;
use crate::plan::Ignore;
use crate::store::{self, Store, StoreError};

/// The links of all forms of an instrument.
pub(super) struct Links {
    /// Wave → forms.
    forms: Vec<u64>,
    /// Wave → forms of respondents without one at the first.
    unlinked: Vec<u64>,
    /// The first of them.
    looked_at: Vec<IdAt>,
}

impl Links {
    pub(super) fn new(waves: usize) -> Links {
        Links { forms: vec![0; waves], unlinked: vec![0; waves], looked_at: Vec::new() }
    }

    pub(super) fn add(&mut self, forms: &[u64], unlinked: &[u64], looked_at: Vec<IdAt>) {
        self.forms.iter_mut().zip(forms).for_each(|(all, forms)| *all += forms);
        self.unlinked.iter_mut().zip(unlinked).for_each(|(all, forms)| *all += forms);
        self.looked_at.extend(looked_at);
    }
}

/// Ways in which ids are written differently: each by itself, then all at once.
const WAYS: [(&[Ignore], &str); 5] = [
    (&[Ignore::LeadingZeros], "leading zeros"),
    (&[Ignore::Case], "capitals"),
    (&[Ignore::Spaces], "spaces"),
    (&[Ignore::Decimals], "`.0`"),
    (&Ignore::ALL, "leading zeros, capitals, spaces and `.0`"),
];

/// Tells of forms whose id is that of somebody at the first wave but for how it is written, and of waves that too few link to.
///
/// # Errors
/// [`StoreError`] where the store, which has just been written, cannot be read.
pub(super) fn look_at_links(
    request: &Request<'_>,
    links: &Links,
    dir: &Path,
    findings: &mut [Findings<'_>],
) -> Result<(), StoreError> {
    let Some(first) = request.linked_to.filter(|_| links.unlinked.iter().any(|forms| *forms > 0)) else {
        return Ok(());
    };
    let ways = alike(request, links, first, dir)?;
    let mut by_wave: Vec<[u64; WAYS.len()]> = vec![[0; WAYS.len()]; request.waves.len()];
    for (form, way) in links.looked_at.iter().zip(&ways) {
        let Some(way) = way else { continue };
        by_wave[usize::from(form.wave)][*way] += 1;
        let message = format!(
            "an id that is known at {} but for {}; {}",
            request.waves[first].id,
            WAYS[*way].1,
            remedy(WAYS[*way].0)
        );
        findings[form.file as usize].add(ALIKE_IDS, Some(form.row), None, message);
    }
    let limit = request.on_finding.limits.unlinked;
    for (wave, (forms, unlinked)) in links.forms.iter().zip(&links.unlinked).enumerate() {
        if *unlinked == 0 || limit >= 1.0 || (unlinked < forms && *unlinked as f64 <= limit * *forms as f64) {
            continue;
        }
        let Some(file) =
            links.looked_at.iter().find(|form| usize::from(form.wave) == wave).map(|form| form.file)
        else {
            continue;
        };
        let most =
            by_wave[wave].iter().enumerate().max_by_key(|(place, count)| (**count, WAYS.len() - place));
        let hint = match most {
            Some((way, count)) if *count > 0 => {
                format!("; {count} of them would be known but for {}: {}", WAYS[way].1, remedy(WAYS[way].0))
            }
            _ => "; are their ids written alike, and is the column the id of a person?".to_owned(),
        };
        let share = 100.0 * *unlinked as f64 / *forms as f64;
        let message = format!(
            "{unlinked} of {forms} forms at {} ({share:.0} %) are of respondents without a form at {}, more than the limit of {:.0} %{hint}",
            request.waves[wave].id,
            request.waves[first].id,
            100.0 * limit
        );
        findings[file as usize].add(UNLINKED, None, None, message);
    }
    Ok(())
}

fn remedy(ignore: &[Ignore]) -> String {
    let names: Vec<String> = ignore.iter().map(|ignore| format!("{:?}", ignore.name())).collect();
    format!(
        "respondent = {{ column = …, ignore = [{}] }} in every source of the form links them",
        names.join(", ")
    )
}

/// For each form looked at, the way in which its id is that of somebody at the first wave who has no other form.
fn alike(
    request: &Request<'_>,
    links: &Links,
    first: usize,
    dir: &Path,
) -> Result<Vec<Option<usize>>, StoreError> {
    let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, form) in links.looked_at.iter().enumerate() {
        waiting.entry(without(&form.respondent, &Ignore::ALL)).or_default().push(place);
    }
    let mut found: Vec<Option<usize>> = vec![None; links.looked_at.len()];
    let store = Store::open(dir, &request.instrument.id)?;
    for bucket in 0..store.manifest().buckets.len() {
        let batch = store.bucket(bucket, &[store::RESPONDENT, store::WAVE])?;
        let (respondents, waves) = (batch.column(0).as_string::<i32>(), batch.column(1).as_string::<i32>());
        for row in 0..batch.num_rows() {
            if waves.value(row) != request.waves[first].id {
                continue;
            }
            let id = respondents.value(row);
            for place in waiting.get(&without(id, &Ignore::ALL)).into_iter().flatten() {
                let other = &links.looked_at[*place].respondent;
                let same = |(ignore, _): &(&[Ignore], &str)| without(id, ignore) == without(other, ignore);
                found[*place] = WAYS.iter().position(same);
            }
        }
    }
    Ok(found)
}

/// Tells of ids of one wave that are alike but for how they are written. `odd` are the forms of ids that could be written more plainly;
/// `plain_ids` whether there are others.
///
/// # Errors
/// [`StoreError`] where the store, which has just been written, cannot be read.
pub(super) fn look_at_twins(
    request: &Request<'_>,
    (odd, plain_ids): (&[IdAt], bool),
    dir: &Path,
    findings: &mut [Findings<'_>],
) -> Result<(), StoreError> {
    if odd.is_empty() {
        return Ok(());
    }
    let mut alike: HashMap<(String, u16), Vec<&IdAt>> = HashMap::new();
    for form in odd {
        alike.entry((without(&form.respondent, &Ignore::ALL), form.wave)).or_default().push(form);
    }
    let way = |one: &str, other: &str| {
        let same = |(ignore, _): &(&[Ignore], &str)| without(one, ignore) == without(other, ignore);
        WAYS.iter().position(same)
    };
    // Each form once, by the least that its id differs from another.
    let mut told: BTreeMap<(u32, u64), usize> = BTreeMap::new();
    let mut note = |form: &IdAt, way: usize| {
        told.entry((form.file, form.row)).and_modify(|known| *known = way.min(*known)).or_insert(way);
    };
    // Among themselves.
    for forms in alike.values().filter(|forms| forms.len() > 1) {
        for form in forms {
            let others = forms.iter().filter(|other| other.respondent != form.respondent);
            let ways = others.filter_map(|other| way(&form.respondent, &other.respondent));
            if let Some(way) = ways.min() {
                note(form, way);
            }
        }
    }
    // And with those that are written plainly.
    let places: HashMap<&str, u16> =
        request.waves.iter().enumerate().map(|(place, wave)| (wave.id.as_str(), place as u16)).collect();
    let store = Store::open(dir, &request.instrument.id)?;
    let buckets = if plain_ids { 0..store.manifest().buckets.len() } else { 0..0 };
    let found = buckets.into_par_iter().map(|bucket| {
        let batch = store.bucket(bucket, &[store::RESPONDENT, store::WAVE])?;
        let (respondents, waves) = (batch.column(0).as_string::<i32>(), batch.column(1).as_string::<i32>());
        let mut found: Vec<(&IdAt, usize)> = Vec::new();
        for row in 0..batch.num_rows() {
            let id = respondents.value(row);
            let Some(wave) = places.get(waves.value(row)) else { continue };
            if is_odd(id) {
                continue;
            }
            for form in alike.get(&(id.to_owned(), *wave)).into_iter().flatten() {
                found.extend(way(&form.respondent, id).map(|way| (*form, way)));
            }
        }
        Ok(found)
    });
    for (form, way) in found.collect::<Result<Vec<_>, StoreError>>()?.into_iter().flatten() {
        note(form, way);
    }
    for ((file, row), way) in told {
        let (ignore, said) = WAYS[way];
        let message = format!(
            "an id that another one of the same wave is but for {said}: one person, counted twice? ({})",
            remedy(ignore)
        );
        findings[file as usize].add(TWIN_IDS, Some(row), None, message);
    }
    Ok(())
}
