//! Which modules are dark, from their brightness alone. Owns the thresholds; their order is that of their yield.

use rxing::common::BitMatrix;

/// Ways of telling dark from light, the best first: how far modules are set off against their four neighbours
/// (undoes blur), and over what distance the threshold is formed (`None`: the whole symbol).
const WAYS: [(f32, Option<usize>); 4] = [(0.0, Some(4)), (0.25, Some(4)), (0.0, None), (0.6, Some(6))];

/// Black-and-white modules of a symbol with `side` × `side` brightness `values`, in several opinions.
pub(super) fn opinions(values: &[f32], side: usize, inverted: bool) -> impl Iterator<Item = BitMatrix> {
    WAYS.into_iter().filter_map(move |(sharpen, reach)| {
        let values = sharpened(values, side, sharpen);
        let thresholds = match reach {
            Some(reach) => local_means(&values, side, reach),
            None => vec![midway(&values); values.len()],
        };
        let mut modules = BitMatrix::with_single_dimension(side as u32).ok()?;
        for (i, (value, threshold)) in values.iter().zip(&thresholds).enumerate() {
            if (value < threshold) != inverted {
                modules.set((i % side) as u32, (i / side) as u32);
            }
        }
        Some(modules)
    })
}

fn sharpened(values: &[f32], side: usize, amount: f32) -> Vec<f32> {
    let at = |x: usize, y: usize| values[y.min(side - 1) * side + x.min(side - 1)];
    (0..values.len())
        .map(|i| {
            let (x, y) = (i % side, i / side);
            let around =
                at(x.saturating_sub(1), y) + at(x + 1, y) + at(x, y.saturating_sub(1)) + at(x, y + 1);
            values[i] + amount * (4.0 * values[i] - around)
        })
        .collect()
}

fn local_means(values: &[f32], side: usize, reach: usize) -> Vec<f32> {
    let window = |i: usize| i.saturating_sub(reach)..(i + reach + 1).min(side);
    let rows: Vec<f32> = (0..values.len())
        .map(|i| {
            let row = &values[i / side * side..][..side];
            let part = &row[window(i % side)];
            part.iter().sum::<f32>() / part.len() as f32
        })
        .collect();
    (0..values.len())
        .map(|i| {
            let rows_near = window(i / side);
            let count = rows_near.len() as f32;
            rows_near.map(|y| rows[y * side + i % side]).sum::<f32>() / count
        })
        .collect()
}

/// The threshold between two groups, moved until it lies midway between their means.
fn midway(values: &[f32]) -> f32 {
    let mean = |part: &mut dyn Iterator<Item = f32>| {
        let (sum, count) = part.fold((0.0, 0.0_f32), |(sum, count), value| (sum + value, count + 1.0));
        sum / count.max(1.0)
    };
    let mut threshold = mean(&mut values.iter().copied());
    for _ in 0..8 {
        let dark = mean(&mut values.iter().copied().filter(|&v| v < threshold));
        let light = mean(&mut values.iter().copied().filter(|&v| v >= threshold));
        threshold = (dark + light) / 2.0;
    }
    threshold
}
