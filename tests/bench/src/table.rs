//! The table of a benchmark's figures: one in a line with ours, the peers', our ratio to the first peer, and whether
//! the target is met.

/// The ratio to the first peer that ours has to reach.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// Not more than.
    AtMost(f64),
    /// Not less than.
    AtLeast(f64),
    /// Only printed.
    Told,
}

/// Figures of ours beside the peers'.
pub struct Table {
    peers: &'static [&'static str],
    rows: Vec<Row>,
}

struct Row {
    what: String,
    ours: f64,
    peers: Vec<f64>,
    target: Target,
}

impl Table {
    /// An empty table with these peers, at least one.
    pub fn against(peers: &'static [&'static str]) -> Self {
        Self { peers, rows: Vec::new() }
    }

    /// Adds a figure: ours, then the peers' in their order.
    pub fn row(&mut self, what: impl Into<String>, ours: f64, peers: &[f64], target: Target) {
        assert_eq!(peers.len(), self.peers.len(), "a figure for each peer");
        self.rows.push(Row { what: what.into(), ours, peers: peers.to_vec(), target });
    }

    /// Prints the table.
    pub fn print(&self) {
        let peers: String = self.peers.iter().map(|peer| format!("{peer:>12}")).collect();
        println!("{:<40}{:>12}{peers}{:>9}  target", "", "ours", "ratio");
        for Row { what, ours, peers, target } in &self.rows {
            let ratio = ours / peers[0];
            let verdict = match *target {
                Target::AtMost(most) => format!("≤ {most} {}", met(ratio <= most)),
                Target::AtLeast(least) => format!("≥ {least} {}", met(ratio >= least)),
                Target::Told => String::new(),
            };
            let peers: String = peers.iter().map(|peer| figure(*peer)).collect();
            println!("{what:<40}{}{peers}{ratio:>9.3}  {verdict}", figure(*ours));
        }
    }
}

fn figure(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:>12}") } else { format!("{value:>12.3}") }
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "MISSED" }
}
