/** A straight line through points: how much it rises, and how far off that may well be. */
export interface Slope {
  readonly perUnit: number;
  /** The standard error. It takes the points for independent of each other. */
  readonly error: number;
}

/** Of the line that has the least squares of distances; https://en.wikipedia.org/wiki/Simple_linear_regression. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const meanX = meanOf(points.map(([x]) => x));
  const meanY = meanOf(points.map(([, y]) => y));
  const spread = sumOf(points.map(([x]) => (x - meanX) ** 2));
  const perUnit = sumOf(points.map(([x, y]) => (x - meanX) * (y - meanY))) / spread;
  const residues = sumOf(points.map(([x, y]) => (y - meanY - perUnit * (x - meanX)) ** 2));
  return { perUnit, error: Math.sqrt(residues / (points.length - 2) / spread) };
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
