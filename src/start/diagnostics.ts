import { diag, DiagConsoleLogger, DiagLogLevel } from '@opentelemetry/api';
import { textIn, type Environment } from './environment.ts';

/**
 * Lets OpenTelemetry's diagnostics go to the console when `OTEL_LOG_LEVEL` asks for it, as the SDK does.
 *
 * What is returned takes it back, for the SDK to do it itself: two loggers, one after the other, are worth a warning.
 */
export function followLogLevel(environment: Environment): () => void {
  const text = textIn(environment, 'OTEL_LOG_LEVEL');
  if (text === undefined) return () => undefined;
  const logLevel = LEVELS[text.toUpperCase()] ?? DiagLogLevel.INFO;
  diag.setLogger(new DiagConsoleLogger(), { logLevel, suppressOverrideMessage: true });
  return () => diag.disable();
}

/** https://opentelemetry.io/docs/languages/sdk-configuration/general/#otel_log_level and what JavaScript adds to it. */
const LEVELS: Readonly<Record<string, DiagLogLevel>> = {
  NONE: DiagLogLevel.NONE,
  ERROR: DiagLogLevel.ERROR,
  WARN: DiagLogLevel.WARN,
  INFO: DiagLogLevel.INFO,
  DEBUG: DiagLogLevel.DEBUG,
  VERBOSE: DiagLogLevel.VERBOSE,
  ALL: DiagLogLevel.ALL,
};
