# The commands of this repository under short names; `just` lists them.

_default:
    @just --list --unsorted

# Serve the quickstart
run:
    cargo run -p quickstart

# Run every test
test:
    cargo test --workspace

# Check the formatting and the lints
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Build the documentation
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Measure what the derive adds to compile times
compile-cost:
    benchmarks/compile-cost/run

# Everything that a change has to pass
ci:
    .ci/run
