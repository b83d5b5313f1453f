//! Counts the finder patterns that `rqrr` would see in a picture, before `rqrr` gets it: for each pattern it tries
//! every pair of neighbours on a copy of the whole picture, and it cannot be stopped. Follows its search by area, which
//! looks for a ring around a centre, and finds no fewer. `rqrr` calls a finder pattern a capstone.

/// What `rqrr` would find in a picture.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    pub(super) finder_patterns: usize,
    /// Pixels that it would paint in search of them.
    pub(super) painted: u64,
}

/// `rqrr` remembers the paint of so many areas. Beyond that it may paint one area again and again.
const REMEMBERED: usize = 250;

/// A stretch of black in a row; `end` is behind its last pixel.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    /// The number of its area.
    area: usize,
}

/// Surveys a black-and-white picture.
pub(super) fn survey(width: usize, height: usize, is_black: impl Fn(usize, usize) -> bool) -> Survey {
    let (rows, mut areas) = label(width, height, is_black);
    let (mut rings, mut touched, mut painted) = (Vec::new(), Vec::new(), 0_u64);
    for row in &rows {
        for three in row.windows(3) {
            if !is_finder_pattern_row(three) {
                continue;
            }
            let [left, center, right] = [three[0], three[1], three[2]].map(|run| areas.root(run.area));
            painted += areas.pixels[center] + areas.pixels[right];
            touched.extend([center, right]);
            let ratio = areas.pixels[center] * 100 / areas.pixels[right];
            if left == right && center != right && ratio > 10 && ratio < 70 {
                rings.push(right);
            }
        }
    }
    for numbers in [&mut rings, &mut touched] {
        numbers.sort_unstable();
        numbers.dedup();
    }
    if touched.len() <= REMEMBERED {
        painted = touched.iter().map(|&area| areas.pixels[area]).sum();
    }
    Survey { finder_patterns: rings.len(), painted }
}

/// Whether three stretches of black and the white between them are 1:1:3:1:1, by `rqrr`'s own measure.
fn is_finder_pattern_row(three: &[Run]) -> bool {
    let length = |run: Run| run.end - run.start;
    let runs = [
        length(three[0]),
        three[1].start - three[0].end,
        length(three[1]),
        three[2].start - three[1].end,
        length(three[2]),
    ];
    let mean = (runs[0] + runs[1] + runs[3] + runs[4]) / 4;
    let slack = mean * 3 / 4;
    runs.iter().zip([1, 1, 3, 1, 1]).all(|(run, modules)| run.abs_diff(modules * mean) <= slack)
}

/// Connected areas of black, as a forest. A root stands for its area; every other number has a smaller one as parent.
#[derive(Default)]
struct Areas {
    parents: Vec<usize>,
    /// Of the areas' roots.
    pixels: Vec<u64>,
}

impl Areas {
    fn add(&mut self, pixels: usize) -> usize {
        self.parents.push(self.parents.len());
        self.pixels.push(pixels as u64);
        self.parents.len() - 1
    }

    fn root(&mut self, mut area: usize) -> usize {
        while self.parents[area] != area {
            self.parents[area] = self.parents[self.parents[area]];
            area = self.parents[area];
        }
        area
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.parents[one.max(other)] = one.min(other);
            self.pixels[one.min(other)] += self.pixels[one.max(other)];
        }
    }
}

/// The stretches of black of every row, each with its area.
fn label(width: usize, height: usize, is_black: impl Fn(usize, usize) -> bool) -> (Vec<Vec<Run>>, Areas) {
    let mut areas = Areas::default();
    let mut rows: Vec<Vec<Run>> = Vec::with_capacity(height);
    for y in 0..height {
        let mut row: Vec<Run> = Vec::new();
        let mut x = 0;
        while x < width {
            if !is_black(x, y) {
                x += 1;
                continue;
            }
            let start = x;
            while x < width && is_black(x, y) {
                x += 1;
            }
            row.push(Run { start, end: x, area: areas.add(x - start) });
        }
        let mut above = rows.last().map_or(&[][..], Vec::as_slice);
        for run in &row {
            while above.first().is_some_and(|upper| upper.end <= run.start) {
                above = &above[1..];
            }
            for upper in above.iter().take_while(|upper| upper.start < run.end) {
                areas.join(upper.area, run.area);
            }
        }
        rows.push(row);
    }
    (rows, areas)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey_of(picture: &[&str]) -> Survey {
        survey(picture[0].len(), picture.len(), |x, y| picture[y].as_bytes()[x] == b'#')
    }

    #[test]
    fn a_ring_around_a_centre_is_one() {
        let picture = [
            "#########",
            "#########",
            "##     ##",
            "## ### ##",
            "## ### ##",
            "## ### ##",
            "##     ##",
            "#########",
            "#########",
        ];
        assert_eq!(survey_of(&picture), Survey::default(), "its runs are 2:1:3:1:2");
        let picture = ["####### ", "#     # ", "# ### # ", "# ### # ", "# ### # ", "#     # ", "####### "];
        assert_eq!(survey_of(&picture), Survey { finder_patterns: 1, painted: 24 + 9 });
        let at_the_edge: Vec<&str> = picture.iter().map(|row| &row[..7]).collect();
        assert_eq!(survey_of(&at_the_edge).finder_patterns, 1, "it touches the picture's edge");
    }

    #[test]
    fn a_centre_that_touches_its_ring_is_none() {
        let picture = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#  #  #", "#######"];
        assert_eq!(survey_of(&picture).finder_patterns, 0);
    }

    #[test]
    fn areas_that_meet_further_down_are_one() {
        let picture = ["# # ###", "# # # #", "### # #", "    # #", "#######"];
        let (rows, mut areas) = label(7, 5, |x, y| picture[y].as_bytes()[x] == b'#');
        let roots: Vec<usize> = rows.iter().flatten().map(|run| areas.root(run.area)).collect();
        assert!(roots[..2].iter().all(|root| *root == roots[0]), "the U is not one area");
        assert_ne!(roots[0], roots[2], "what does not touch is one area");
        let last = rows[4][0].area;
        assert_eq!(areas.root(last), roots[2]);
    }
}
