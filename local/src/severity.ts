/** The words Azure knows, at the place of their number: Verbose is 0, Critical is 4. */
export const SEVERITY_WORDS: readonly string[] = ['Verbose', 'Information', 'Warning', 'Error', 'Critical'];

/** The number of a severity level given as word, in any case, or as number; undefined for everything else. */
export function severityNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value in SEVERITY_WORDS ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const index = SEVERITY_WORDS.findIndex(word => word.toLowerCase() === value.toLowerCase());
  return index === -1 ? undefined : index;
}
