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

# Measure restless beside a server written by hand, on `sqlite` or `postgres`
throughput database="sqlite":
    benchmarks/throughput/run {{ database }}

# Everything that a change has to pass
ci:
    .ci/run
