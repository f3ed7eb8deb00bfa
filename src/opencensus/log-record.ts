import type { Context } from '@opentelemetry/api';

/** What a message brings along. */
export interface LogExtra {
  /** Columns of the row: what `customDimensions` shows in Azure. */
  customDimensions?: Readonly<Record<string, unknown>> | undefined;
  /** The same, by its name in Python. */
  custom_dimensions?: Readonly<Record<string, unknown>> | undefined;
  /** Numbers of an event: what `customMeasurements` shows in Azure. */
  customMeasurements?: Readonly<Record<string, number>> | undefined;
  /** The same, by its name in Python. */
  custom_measurements?: Readonly<Record<string, number>> | undefined;
}

/** What was thrown. */
export interface LoggedError {
  readonly error: unknown;
}

/** A message on its way to handlers. */
export interface LogRecord {
  /** The name of the logger. */
  readonly name: string;
  /** 10 for DEBUG to 50 for CRITICAL. */
  readonly level: number;
  readonly levelName: string;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly createdMillis: number;
  readonly extra: LogExtra;
  /** Present when an error was logged, which may be any value. */
  readonly thrown?: LoggedError;
  /** Where the message was logged: the span it belongs to. */
  readonly context: Context;
}

/** Takes messages, such as `AzureLogHandler`. */
export interface LogHandler {
  /**
   * Takes only messages of this level and above.
   *
   * @defaultValue all that the logger lets through
   */
  level?: number | undefined;
  /** Called for each message. What it throws is warned of and goes no further. */
  handle(record: LogRecord): void;
}
