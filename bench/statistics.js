/** The middle of the values, or of the two middle ones; `undefined` when one of them was not measured. */
export function medianOf(values) {
  if (values.length === 0 || values.includes(undefined)) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle value and both ends. */
export function summaryOf(values) {
  return { median: medianOf(values), min: Math.min(...values), max: Math.max(...values) };
}
