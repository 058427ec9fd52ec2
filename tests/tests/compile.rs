//! What `#[derive(Restless)]` refuses, by class of mistake, and what it accepts.

#[test]
fn mistakes_are_refused_at_the_token_that_is_wrong() {
    trybuild::TestCases::new().compile_fail("ui/[!p]*/*.rs");
}

#[test]
fn what_is_right_compiles_without_a_warning() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
