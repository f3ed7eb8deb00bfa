import type { SeverityLevel } from '../envelope/envelope.ts';

/** Four severity numbers each, from 1. https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const LEVELS: readonly SeverityLevel[] = ['Verbose', 'Verbose', 'Information', 'Warning', 'Error', 'Critical'];

/** What loggers call their levels: OpenTelemetry, winston, pino, bunyan, syslog, java.util.logging, .NET, Python. */
const LEVEL_BY_TEXT: Readonly<Record<string, SeverityLevel>> = {
  trace: 'Verbose',
  debug: 'Verbose',
  verbose: 'Verbose',
  silly: 'Verbose',
  finest: 'Verbose',
  finer: 'Verbose',
  fine: 'Verbose',
  config: 'Verbose',
  info: 'Information',
  information: 'Information',
  notice: 'Information',
  http: 'Information',
  log: 'Information',
  warn: 'Warning',
  warning: 'Warning',
  error: 'Error',
  err: 'Error',
  severe: 'Error',
  fatal: 'Critical',
  critical: 'Critical',
  crit: 'Critical',
  alert: 'Critical',
  emerg: 'Critical',
  emergency: 'Critical',
  panic: 'Critical',
};

/** Longer than any name of a level, with blanks around it. */
const MAX_TEXT_LENGTH = 32;

/** How grave a record is: its number decides, and its text where the number says nothing; `undefined` if both do not. */
export function toSeverityLevel(number: unknown, text: unknown): SeverityLevel | undefined {
  const level = typeof number === 'number' ? LEVELS[Math.ceil(number / 4) - 1] : undefined;
  if (level !== undefined || typeof text !== 'string' || text.length > MAX_TEXT_LENGTH) return level;
  // OpenTelemetry counts within a level: INFO2.
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[2-4]$/, '');
  return Object.hasOwn(LEVEL_BY_TEXT, name) ? LEVEL_BY_TEXT[name] : undefined;
}
