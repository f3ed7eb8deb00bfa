import type { EmittedRecord, Logger, LoggerProvider } from './logs-api.ts';

/** A provider that hands records back to the API from which they came would send them in circles. */
const MAX_NESTING = 8;
let nesting = 0;

/** Hands out loggers that look for a provider when a record comes, not when they are asked for. */
export class LateLoggerProvider implements LoggerProvider {
  readonly #find: () => LoggerProvider | undefined;

  constructor(find: () => LoggerProvider | undefined) {
    this.#find = find;
  }

  getLogger(...scope: Parameters<LoggerProvider['getLogger']>): Logger {
    return new LateLogger(this.#find, scope);
  }
}

/** While there is no provider, records go nowhere, as OpenTelemetry has it. */
class LateLogger implements Logger {
  readonly #find: () => LoggerProvider | undefined;
  readonly #scope: Parameters<LoggerProvider['getLogger']>;
  #provider: LoggerProvider | undefined;
  #logger: Logger | undefined;

  constructor(find: () => LoggerProvider | undefined, scope: Parameters<LoggerProvider['getLogger']>) {
    this.#find = find;
    this.#scope = scope;
  }

  emit(record: EmittedRecord): void {
    this.#nested(logger => logger.emit(record));
  }

  enabled(options?: unknown): boolean {
    return this.#nested(logger => logger.enabled?.(options) ?? true) ?? false;
  }

  #nested<T>(use: (logger: Logger) => T): T | undefined {
    if (nesting >= MAX_NESTING) return undefined;
    nesting += 1;
    try {
      const logger = this.#current();
      return logger === undefined ? undefined : use(logger);
    } finally {
      nesting -= 1;
    }
  }

  #current(): Logger | undefined {
    const provider = this.#find();
    if (provider !== this.#provider) {
      this.#provider = provider;
      this.#logger = provider?.getLogger(...this.#scope);
    }
    return this.#logger;
  }
}
