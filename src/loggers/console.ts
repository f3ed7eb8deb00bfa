import type { AzureMonitorExporterOptions } from '../index.ts';
import { LogPipe } from '../logs/log-pipe.ts';
import { severityOfName, toLeastSeverity } from './levels.ts';
import { readLoggedArguments } from './logged-arguments.ts';

const METHODS = ['trace', 'debug', 'log', 'info', 'warn', 'error'] as const;

/** A method of the console. `log` and `info` are of one level. */
type Method = (typeof METHODS)[number];

/** What of the console is sent. The exporter's options are for when no logger provider is registered. */
export interface CaptureConsoleOptions extends AzureMonitorExporterOptions {
  /**
   * Takes only what is printed by methods of this level and above.
   *
   * @defaultValue `info`
   */
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | undefined;
}

interface Capture {
  readonly leastSeverity: number;
  readonly pipe: LogPipe;
}

/** Messages of OpenTelemetry's own logger, on its way to the console: to send them would make more of them. */
const OF_TELEMETRY = /^(azure-monitor\/|@opentelemetry\/)/;

/** Who listens; the console is patched while there is anybody. The first that wants a line gets it, and no other. */
const captures = new Set<Capture>();
let restore: (() => void) | undefined;
let isEmitting = false;

/**
 * Sends what is printed through `console.trace`, `debug`, `log`, `info`, `warn` and `error` to Azure Monitor: with an
 * error as rows of `exceptions`, else of `traces`, each with its span. It is printed as before.
 *
 * What is returned ends it. Asked for twice, a line is still sent once.
 *
 * @throws RangeError for a level that the console has not.
 */
export function captureConsole(options: CaptureConsoleOptions = {}): () => void {
  const { level = 'info', ...exporterOptions } = options;
  const capture = { leastSeverity: toLeastSeverity(level), pipe: new LogPipe('captureConsole', exporterOptions) };
  captures.add(capture);
  restore ??= patchConsole();
  return () => {
    captures.delete(capture);
    if (captures.size > 0) return;
    restore?.();
    restore = undefined;
  };
}

function patchConsole(): () => void {
  const undos = METHODS.map(patch);
  return () => {
    for (const undo of undos) undo();
  };
}

function patch(method: Method): () => void {
  const { [method]: print } = console;
  const capturing = (...args: unknown[]): void => {
    print.apply(console, args);
    emit(method, args);
  };
  console[method] = capturing;
  return () => {
    // Somebody may have patched it since: theirs goes on calling ours, which then only prints.
    if (console[method] === capturing) console[method] = print;
  };
}

function emit(method: Method, args: readonly unknown[]): void {
  const severityNumber = severityOfName(method) ?? 0;
  const capture = [...captures].find(({ leastSeverity }) => severityNumber >= leastSeverity);
  const isOfTelemetry = typeof args[0] === 'string' && OF_TELEMETRY.test(args[0]);
  if (capture === undefined || isEmitting || isOfTelemetry) return;
  isEmitting = true;
  try {
    capture.pipe.emit('azure-monitor-bridge/console', () => ({
      severityNumber,
      severityText: method,
      ...readLoggedArguments(args),
    }));
  } finally {
    isEmitting = false;
  }
}
