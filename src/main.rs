//! The program: arguments → command → exit code.

use std::process::ExitCode;

use clap::Parser;
use utfall::cli::{Cli, Command, DictionaryCommand};
use utfall::command;

#[allow(clippy::print_stderr, reason = "here an error becomes words")]
fn main() -> ExitCode {
    std::panic::set_hook(Box::new(command::report_panic));
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Run(args) => command::run(&args),
        Command::Check(args) => command::check(&args),
        Command::Simulate(args) => command::simulate(&args),
        Command::Explain(args) => command::explain(&args),
        Command::Compare(args) => command::compare(&args),
        Command::Dictionary(DictionaryCommand::Export(args)) => command::dictionary::export(&args),
        Command::Dictionary(DictionaryCommand::Import(args)) => command::dictionary::import(&args),
        Command::Init(args) => command::init::init(&args),
        Command::Schema { of } => command::schema(of),
        Command::Completions { shell } => command::completions(shell),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}
