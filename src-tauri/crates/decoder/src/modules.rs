//! Tells dark from light modules by their brightness alone. Owns the thresholds; the one that reads most comes first.

use rxing::common::BitMatrix;

/// How far each module is set off against its four neighbours, which undoes blur; and over how many modules to each
/// side the threshold is formed (`None`: over the whole symbol).
const WAYS: [(f32, Option<usize>); 4] = [(0.0, Some(4)), (0.25, Some(4)), (0.0, None), (0.6, Some(6))];

/// The dark modules of a symbol with these brightness `values`, as each threshold tells them.
pub(super) fn binarized(values: &[f32], dimension: usize, inverted: bool) -> impl Iterator<Item = BitMatrix> {
    WAYS.into_iter().filter_map(move |(sharpen, reach)| {
        let values = sharpened(values, dimension, sharpen);
        let thresholds = match reach {
            Some(reach) => local_means(&values, dimension, reach),
            None => vec![midway(&values); values.len()],
        };
        let mut modules = BitMatrix::with_single_dimension(dimension as u32).ok()?;
        for (i, (value, threshold)) in values.iter().zip(&thresholds).enumerate() {
            if (value < threshold) != inverted {
                modules.set((i % dimension) as u32, (i / dimension) as u32);
            }
        }
        Some(modules)
    })
}

fn sharpened(values: &[f32], dimension: usize, amount: f32) -> Vec<f32> {
    let at = |x: usize, y: usize| values[y.min(dimension - 1) * dimension + x.min(dimension - 1)];
    (0..values.len())
        .map(|i| {
            let (x, y) = (i % dimension, i / dimension);
            let around =
                at(x.saturating_sub(1), y) + at(x + 1, y) + at(x, y.saturating_sub(1)) + at(x, y + 1);
            values[i] + amount * (4.0 * values[i] - around)
        })
        .collect()
}

fn local_means(values: &[f32], dimension: usize, reach: usize) -> Vec<f32> {
    let window = |i: usize| i.saturating_sub(reach)..(i + reach + 1).min(dimension);
    let rows: Vec<f32> = (0..values.len())
        .map(|i| {
            let row = &values[i / dimension * dimension..][..dimension];
            let part = &row[window(i % dimension)];
            part.iter().sum::<f32>() / part.len() as f32
        })
        .collect();
    (0..values.len())
        .map(|i| {
            let rows_near = window(i / dimension);
            let count = rows_near.len() as f32;
            rows_near.map(|y| rows[y * dimension + i % dimension]).sum::<f32>() / count
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
