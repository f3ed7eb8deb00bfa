const MAX_INT = 0x7f_ff_ff_ff;
const MIN_INT = -0x80_00_00_00;
/** Shorter texts are doubled until they are as long: what is short differs in few bits. */
const MIN_LENGTH = 8;

/**
 * The number that the Application Insights SDKs make of an id to decide about sampling: 0 to 2,147,483,647.
 *
 * Every one of them makes the same, so that a trace is kept or dropped as a whole wherever it passes, as long as each
 * is told the same percentage. https://learn.microsoft.com/azure/azure-monitor/app/opentelemetry-sampling
 */
export function samplingHash(id: string): number {
  let text = id;
  while (text.length > 0 && text.length < MIN_LENGTH) text += text;
  let hash = 5381;
  // Bitwise or keeps to 32 bits and their sign, as the other SDKs' integers do.
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 33) + text.charCodeAt(index)) | 0;
  return hash === MIN_INT ? MAX_INT : Math.abs(hash);
}

/** The place of an id between 0 and 100: it is kept at every percentage above its score. */
export function samplingScore(id: string): number {
  return (samplingHash(id) / MAX_INT) * 100;
}

/** Whether a trace is kept at a percentage. At 100 all are, whatever their score, and at 0 none. */
export function isKept(traceId: string, percentage: number): boolean {
  if (percentage >= 100) return true;
  return percentage > 0 && samplingScore(traceId) < percentage;
}
