//! The list of rules is the catalogue's.
