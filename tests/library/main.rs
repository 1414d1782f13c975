//! What the library does, asked in this process. A file here is a module, so that all of them are linked once:
//! `cargo test --test library change_reference::`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::wildcard_imports,
    reason = "a test stops where something is wrong"
)]

#[path = "../common/mod.rs"]
mod common;

mod agreement;
mod forms;
mod made_up;
mod model_support;
mod shown;

mod architecture;
mod change_beside;
mod change_reference;
mod disclosure;
mod evaluations;
mod figure;
mod intake;
mod marked;
mod model_depth_reference;
mod model_reference;
mod office;
mod read_files;
mod read_parquet;
mod read_sheet;
mod read_spss;
mod read_stata;
mod report;
mod schema;
mod sentences;
mod simulate;
mod sintef_tables;
mod store;
mod table;
mod table_agreement;
mod table_notes;
mod test_files;
