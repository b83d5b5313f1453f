//! The wire and its faults.
