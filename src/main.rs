//! The process boundary: what was typed goes in, an exit status comes out.

use std::process::ExitCode;

use clap::Parser;
use statuscode::cli::Cli;
use statuscode::command::{self, Status};

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => command::run(&cli).into(),
        Err(error) => {
            // Help and version are answers, everything else is a usage error; a closed pipe is neither's fault.
            let answered = error.print();
            if error.use_stderr() {
                Status::Failed.into()
            } else {
                Status::of_write(answered).into()
            }
        }
    }
}
