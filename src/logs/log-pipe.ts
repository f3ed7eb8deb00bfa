import { context, createContextKey, diag } from '@opentelemetry/api';
import { VERSION, type AzureMonitorExporterOptions } from '../index.ts';
import type { EmittedRecord, Logger, LoggerProvider } from './logs-api.ts';
import { PrivateProvider } from './private-provider.ts';
import { registeredLoggerProvider } from './registration.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/logs' });

/** Set where telemetry is sent: what is logged there would be sent, and logged again. The same in both lines of the SDK. */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * Takes log records to the logger provider that the program has registered, with either Logs API; while there is none,
 * to a private one that sends to Azure Monitor. Decided at each record, so no record goes to both.
 */
export class LogPipe {
  readonly #neededBy: string;
  readonly #options: AzureMonitorExporterOptions;
  readonly #loggers = new WeakMap<LoggerProvider, Map<string, Logger>>();
  #own: PrivateProvider | undefined;
  #isBroken = false;

  /** `neededBy` is what the user called. The options are for the private provider. */
  constructor(neededBy: string, options: AzureMonitorExporterOptions = {}) {
    this.#neededBy = neededBy;
    this.#options = options;
  }

  /** Makes a record and hands it on, from a logger of this name. Never throws, even when what was logged cannot be read. */
  emit(name: string, toRecord: () => EmittedRecord): void {
    if (context.active().getValue(SUPPRESS_TRACING) === true) return;
    try {
      const provider = registeredLoggerProvider() ?? this.#privateProvider();
      if (provider !== undefined) this.#loggerOf(provider, name).emit(toRecord());
    } catch (error) {
      log.warn(`${this.#neededBy}: a record was lost`, error);
    }
  }

  /** Sends what the private provider holds. Rejects when some could be neither sent nor stored. */
  async forceFlush(): Promise<void> {
    await this.#own?.forceFlush();
  }

  /** {@link forceFlush}, for those who call back: once, whether or not all could be sent. */
  flushAndCall(done: () => void): void {
    const flush = async (): Promise<void> => {
      await this.forceFlush().catch(() => undefined); // The exporter has said through `diag` what could not be sent.
      done();
    };
    void flush();
  }

  /** Made when it is needed first: by then a program that has an SDK has registered it. */
  #privateProvider(): PrivateProvider | undefined {
    if (this.#isBroken) return undefined;
    try {
      this.#own ??= new PrivateProvider(this.#neededBy, this.#options);
    } catch (error) {
      this.#isBroken = true;
      log.error(`${this.#neededBy}: records are lost while no logger provider is registered. ${String(error)}`);
    }
    return this.#own;
  }

  #loggerOf(provider: LoggerProvider, name: string): Logger {
    const loggers = this.#loggers.get(provider) ?? new Map<string, Logger>();
    this.#loggers.set(provider, loggers);
    const logger = loggers.get(name) ?? provider.getLogger(name, VERSION);
    loggers.set(name, logger);
    return logger;
  }
}
