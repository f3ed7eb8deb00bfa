/** How much a message matters, by the names and numbers of Python. */
export const LogLevel: {
  readonly NOTSET: 0;
  readonly DEBUG: 10;
  readonly INFO: 20;
  readonly WARNING: 30;
  readonly ERROR: 40;
  readonly CRITICAL: 50;
} = { NOTSET: 0, DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 };

/** The name of a level, or its number; any number will do, such as 25 for one between INFO and WARNING. */
export type LogLevelInput = keyof typeof LogLevel | number;

/** @throws RangeError for a name that no level has. */
export function toLogLevel(level: LogLevelInput): number {
  const number: number | undefined = typeof level === 'number' ? level : LogLevel[level];
  if (number === undefined || Number.isNaN(number)) throw new RangeError(`Unknown level: '${String(level)}'`);
  return number;
}

/** The name of a level, `Level 25` for one that has none. */
export function toLevelName(level: number): string {
  return Object.entries(LogLevel).find(([, number]) => number === level)?.[0] ?? `Level ${level}`;
}
