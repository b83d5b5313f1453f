/** The lines behind the bars: about four, at round numbers. */

const ROUND = [1, 2, 2.5, 5, 10];

/** The distance of the lines, a whole number: at most four of them, the ground included, are below the highest bar. */
export function lineStep(most: number): number {
  const target = most / 4;
  for (let ten = 1; ; ten *= 10) {
    const step = ROUND.map((round) => round * ten).find((step) => Number.isInteger(step) && step > target);
    if (step !== undefined) return step;
  }
}
