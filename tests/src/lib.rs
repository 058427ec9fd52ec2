//! The tests of restless stand in `tests/`; this library is empty.
