//! What `#[derive(Restless)]` refuses, by class of mistake, and what it accepts.
//!
//! The compiler is started for each file of `ui/` by itself, since one whose names cannot be resolved would hide what another
//! has wrong in its types. It is given the crates that this very test is linked with, so that nothing is built twice.

mod cases;
mod compiler;
mod diagnostics;

use std::fs;
use std::process::Command;

use cases::Case;
use compiler::Compiler;

#[test]
fn mistakes_are_refused_at_the_token_that_is_wrong() {
    let compiler = Compiler::find();
    cases::check(&cases::mistakes(), |case| refuse(&compiler, case));
}

#[test]
fn what_is_right_compiles_without_a_warning() {
    let compiler = Compiler::find();
    cases::check(&cases::accepted(), |case| accept(&compiler, case));
}

#[test]
fn every_expectation_belongs_to_a_mistake() {
    cases::check(&cases::expectations(), |case| {
        let is_there = case.source().exists();
        is_there.then_some(()).ok_or_else(|| "nothing is expected of a file that is not there".to_owned())
    });
}

/// Compares what the compiler says about a mistake with what is expected, or writes it down.
fn refuse(compiler: &Compiler, case: &Case) -> Result<(), String> {
    let said = compiler.check(case);
    let found = diagnostics::normalized(&said, case)?;
    if compiler::has_accepted(&said) {
        return Err(format!("it compiles\n{found}"));
    }
    let expectation = case.expectation();
    let expected = fs::read_to_string(&expectation).unwrap_or_default();
    if found == expected {
        return Ok(());
    }
    if std::env::var_os("RESTLESS_UPDATE").is_some() {
        return fs::write(&expectation, found).map_err(|error| error.to_string());
    }
    Err(format!("RESTLESS_UPDATE=1 writes {} anew\nexpected\n{expected}\nfound\n{found}", expectation.display()))
}

/// Builds what is right and runs it.
fn accept(compiler: &Compiler, case: &Case) -> Result<(), String> {
    let (program, said) = compiler.build(case);
    let told = diagnostics::normalized(&said, case)?;
    if !told.is_empty() || !compiler::has_accepted(&said) {
        return Err(told);
    }
    let ran = Command::new(program).output().map_err(|error| error.to_string())?;
    let failure = || format!("it ends with {}\n{}", ran.status, String::from_utf8_lossy(&ran.stderr));
    ran.status.success().then_some(()).ok_or_else(failure)
}
