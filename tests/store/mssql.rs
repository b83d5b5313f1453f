//! What SQL Server promises beyond the stories, about being opened and about its schema.

mod open;
mod schema;
