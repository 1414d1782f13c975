//! What the plan's items and weights are called in a notebook.

use crate::dictionary::Item;

/// The name that the weights of an attrition have in the notebook.
pub fn weights_of(analysis: &str) -> String {
    analysis.replacen("attrition.", "weights_", 1)
}

pub fn codes(item: &Item) -> Vec<i64> {
    item.codes.iter().map(|code| code.code).collect()
}

/// The code of a binary item that counts as the event: its second.
pub fn event(item: &Item) -> i64 {
    item.codes.last().map_or(1, |code| code.code)
}
