//! The process boundary: what was typed goes in, an exit status comes out.

use std::env;
use std::io;
use std::process::ExitCode;
use std::sync::Mutex;

use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;
use statuscode::cli::Cli;
use statuscode::command::{self, Status};

fn main() -> ExitCode {
    // A shell that asks for completions sets a variable; nobody else gets past this line without a parse.
    match CompleteEnv::with_factory(Cli::command).try_complete(env::args_os(), None) {
        Ok(false) => {}
        Ok(true) => return Status::Done.into(),
        Err(_) => return Status::Failed.into(),
    }
    match Cli::try_parse() {
        Ok(cli) => command::run(&cli, &mut io::stdout(), &Mutex::new(io::stderr())).into(),
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
