//! The house rules: who may import whom, what the repository holds, and how a file looks. One rule, one test.

mod text;
