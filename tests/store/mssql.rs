//! What SQL Server promises beyond the stories, about being opened and about its schema.

mod cadangan;
mod open;
mod schema;
