//! API journeys: each sentence about the server, proved on a real one. One file for each file of routes.

mod auth;
mod journey;
mod peran;
mod pindai;
mod ws;
