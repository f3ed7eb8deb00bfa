import { diag } from '@opentelemetry/api';
import { VERSION, type AzureMonitorExporterOptions } from './index.ts';
import { toErrorAttributes } from './logs/error-attributes.ts';
import type { Logger } from './logs/logs-api.ts';
import { PrivateProvider } from './logs/private-provider.ts';

/** How uncaught exceptions go to Azure Monitor. */
export type CaptureUncaughtOptions = Omit<AzureMonitorExporterOptions, 'flushOnExit'>;

const FATAL = 21;

const log = diag.createComponentLogger({ namespace: 'azure-monitor/uncaught' });

/** Who asked for it, the first first: an exception is recorded once. */
const loggers = new Set<Logger>();

/**
 * Records uncaught exceptions, and rejections that nobody handles, as rows of `exceptions` with severity Critical, their
 * span, and how they came about as `uncaught.origin`.
 *
 * The program ends as it would without, with the same exit code and the same text on stderr, or goes on when somebody
 * listens to `uncaughtException`. Since a program that crashes has no time to send, the row is written to disk when it
 * ends, and the next start of a program with this library and the same storage sends it. Where it goes on, the row is
 * sent at once. The logger provider that is registered is not asked: what it holds is lost in a crash.
 *
 * Never throws; when nobody knows where to send, `diag` is told. What is returned ends it.
 */
export function captureUncaught(options: CaptureUncaughtOptions = {}): () => void {
  const logger = openLogger(options);
  if (logger === undefined) return () => undefined;
  if (loggers.size === 0) process.on('uncaughtExceptionMonitor', record);
  loggers.add(logger);
  return () => {
    loggers.delete(logger);
    if (loggers.size === 0) process.off('uncaughtExceptionMonitor', record);
  };
}

function openLogger(options: CaptureUncaughtOptions): Logger | undefined {
  try {
    const provider = new PrivateProvider('captureUncaught', { ...options, flushOnExit: true }, 'at once');
    return provider.getLogger('azure-monitor-bridge/uncaught', VERSION);
  } catch (error) {
    log.error(`captureUncaught: uncaught exceptions are not recorded. ${String(error)}`);
    return undefined;
  }
}

/** Node.js calls this before anything else that it does about an exception, whatever that will be. */
function record(error: unknown, origin: string): void {
  const [logger] = loggers;
  try {
    const attributes = { ...toErrorAttributes(error), 'uncaught.origin': origin };
    logger?.emit({ severityNumber: FATAL, body: attributes['exception.message'], attributes });
  } catch (failure) {
    log.error('captureUncaught: an exception was not recorded', failure);
  }
}
