//! Tells which finder patterns belong to one symbol: right angle, like sizes, like legs.
//! Owns the combination and its order of plausibility; reads no pixel. Follows zxing-cpp's GenerateFinderPatternSets.

use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::qrcode::cpp_port::detector::FinderPatternSet;

use super::budget::Budget;

/// Neighbours that are tried with each pattern: enough for a sheet full of symbols, and few enough to stay linear.
const NEIGHBOURS: usize = 16;
/// Most sets handed on; the least plausible are left out.
const LIMIT: usize = 256;
/// With no more patterns than this, every odd combination is worth a try.
const FEW: usize = 5;
/// The longest leg worth following, in modules: a symbol of version 40, seen aslant.
const LONGEST_LEG: f32 = 177.0 * 1.5;

/// What comparing a pattern with one other costs, and what judging all pairs of its neighbours costs.
const NEIGHBOUR_WORK: u64 = 4;
const PAIRS_WORK: u64 = (NEIGHBOURS * (NEIGHBOURS - 1) / 2 * 20) as u64;

/// The plausible sets among `patterns`, the most plausible first.
pub(super) fn finder_pattern_sets(
    mut patterns: Vec<ConcentricPattern>,
    budget: &Budget<'_>,
) -> Vec<FinderPatternSet> {
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.size));
    let strict = patterns.len() > FEW;
    let mut scored: Vec<(f32, FinderPatternSet)> = Vec::new();
    let mut near: Vec<(f32, ConcentricPattern)> = Vec::new();
    for (i, &largest) in patterns.iter().enumerate() {
        let reach = largest.size as f32 / 7.0 * LONGEST_LEG;
        if !budget.spend(patterns.len() as u64 * NEIGHBOUR_WORK + PAIRS_WORK) {
            break;
        }
        near.clear();
        near.extend(
            patterns[i + 1..]
                .iter()
                .filter(|other| !strict || largest.size <= other.size * 2 + 2)
                .map(|&other| (largest.distance(other), other))
                .filter(|&(distance, _)| distance <= reach),
        );
        if near.len() > NEIGHBOURS {
            near.select_nth_unstable_by(NEIGHBOURS, |a, b| a.0.total_cmp(&b.0));
            near.truncate(NEIGHBOURS);
        }
        for (j, &(_, b)) in near.iter().enumerate() {
            for &(_, c) in &near[j + 1..] {
                let (small, middle) = if b.size <= c.size { (b, c) } else { (c, b) };
                scored.extend(judge(small, middle, largest, strict));
            }
        }
    }
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    scored.truncate(LIMIT);
    scored.into_iter().map(|(_, set)| set).collect()
}

/// Finds the corner among three patterns given by rising size, and scores the set: lower is likelier.
fn judge(
    mut a: ConcentricPattern,
    mut b: ConcentricPattern,
    mut c: ConcentricPattern,
    strict: bool,
) -> Option<(f32, FinderPatternSet)> {
    let mut ab = slant_squared(a, b);
    let mut bc = slant_squared(b, c);
    let mut ac = slant_squared(a, c);
    // `b` becomes the corner opposite the longest side.
    if bc >= ab && bc >= ac {
        (a, b) = (b, a);
        (bc, ac) = (ac, bc);
    } else if ab >= ac && ab >= bc {
        (b, c) = (c, b);
        (ab, ac) = (ac, ab);
    }
    if strict && (ab > 4.0 * bc || bc > 4.0 * ab) {
        return None;
    }
    let (leg_ab, leg_bc) = (ab.sqrt(), bc.sqrt());
    let module = (a.size + b.size + c.size) as f32 / (3.0 * 7.0);
    let dimension = (leg_ab + leg_bc) / (2.0 * module) + 7.0;
    if !(21.0 * 0.9..=LONGEST_LEG).contains(&dimension) {
        return None;
    }
    let cosine = (ab + bc - ac) / (2.0 * leg_ab * leg_bc);
    if strict && !(-0.5..=0.5).contains(&cosine) {
        return None;
    }
    if (c - b).cross(a - b) < 0.0 {
        (a, c) = (c, a);
    }
    let score = leg_ab + leg_bc + (leg_ab - leg_bc).abs();
    Some((score, FinderPatternSet { bl: a, tl: b, tr: c }))
}

/// The squared distance, corrected for perspective: a pattern further away looks smaller.
fn slant_squared(a: ConcentricPattern, b: ConcentricPattern) -> f32 {
    (a - b).dot(a - b) * b.size as f32 / a.size as f32
}
