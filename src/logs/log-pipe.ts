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
  #isShutDown = false;

  /** `neededBy` is what the user called. The options are for the private provider. */
  constructor(neededBy: string, options: AzureMonitorExporterOptions = {}) {
    this.#neededBy = neededBy;
    this.#options = options;
  }

  /** Hands a record on, from a logger of this name. Never throws. */
  emit(name: string, record: EmittedRecord): void {
    if (this.#isShutDown || context.active().getValue(SUPPRESS_TRACING) === true) return;
    try {
      const provider = registeredLoggerProvider() ?? this.#privateProvider();
      if (provider !== undefined) this.#loggerOf(provider, name).emit(record);
    } catch (error) {
      log.warn(`${this.#neededBy}: a record was lost, the logger provider threw`, error);
    }
  }

  /** Sends what the private provider holds. Rejects when some could be neither sent nor stored. */
  async forceFlush(): Promise<void> {
    await this.#own?.forceFlush();
  }

  /** Sends what the private provider holds, and takes no further records. */
  async shutdown(): Promise<void> {
    this.#isShutDown = true;
    await this.#own?.shutdown();
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
