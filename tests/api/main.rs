//! API journeys: each sentence about the server, proved on a real one. One file for each file of routes, and what no route
//! owns: `peran` (who may do what), `bad_input`, `bytes` (below HTTP), `tls`.

mod auth;
mod bad_input;
mod bytes;
mod dasbor;
mod janji_temu;
mod journey;
mod kesehatan;
mod laporan;
mod notifikasi;
mod openapi;
mod pengguna;
mod peran;
mod pindai;
mod qr;
mod tamu;
mod tls;
mod ulasan;
mod ws;
