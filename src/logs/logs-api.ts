/*
 * What this library uses of OpenTelemetry's Logs API, in types of our own: `@opentelemetry/api-logs` and, from 1.10 on,
 * `@opentelemetry/api` have it alike, and neither need be installed where these declarations are read.
 */

/** A log record on its way to a logger; only what this library sets by name. */
export interface EmittedRecord {
  readonly timestamp?: number | undefined;
  readonly severityNumber?: number | undefined;
  readonly severityText?: string | undefined;
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly context?: unknown;
}

/** Takes log records. */
export interface Logger {
  emit(record: EmittedRecord): void;
  /** Whether anybody wants records of this kind. */
  enabled?(options?: unknown): boolean;
}

/** Hands out loggers. */
export interface LoggerProvider {
  getLogger(name: string, version?: string, options?: unknown): Logger;
}

/** What both packages export as `logs`. */
export interface LogsApi {
  setGlobalLoggerProvider(provider: LoggerProvider): unknown;
}
