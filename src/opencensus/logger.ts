import { diag } from '@opentelemetry/api';
import { activeContext } from './active-context.ts';
import { epochMillisNow } from './clock.ts';
import { LogLevel, toLevelName, toLogLevel, type LogLevelInput } from './log-level.ts';
import type { LogExtra, LoggedError, LogHandler, LogRecord } from './log-record.ts';
import { processWide } from './process-wide.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

/**
 * Takes messages under a name. A name with dots is below the one before its last dot, `app.db` below `app`, and all are
 * below the root, whose name is `root`. Made by `getLogger`.
 */
export class Logger {
  readonly name: string;
  /** Whether handlers of the loggers above get the messages of this one too. */
  propagate = true;
  readonly #parent: () => Logger | undefined;
  #handlers: readonly LogHandler[] = [];
  #level: number;

  constructor(name: string, level: number, parent: () => Logger | undefined) {
    this.name = name;
    this.#level = level;
    this.#parent = parent;
  }

  /** The nearest logger above that somebody has asked for. */
  get parent(): Logger | undefined {
    return this.#parent();
  }

  /** The handlers of this logger itself. */
  get handlers(): readonly LogHandler[] {
    return this.#handlers;
  }

  /** The level that was set; 0 for none, then that of the loggers above counts. */
  get level(): number {
    return this.#level;
  }

  /**
   * Lets messages of this level and above through; `NOTSET` leaves it to the loggers above.
   *
   * @throws RangeError for a name that no level has.
   */
  setLevel(level: LogLevelInput): void {
    this.#level = toLogLevel(level);
  }

  /** The first level that is set, from this logger upwards. */
  getEffectiveLevel(): number {
    return this.#level === LogLevel.NOTSET ? (this.parent?.getEffectiveLevel() ?? LogLevel.NOTSET) : this.#level;
  }

  /** Whether messages of this level are let through. */
  isEnabledFor(level: LogLevelInput): boolean {
    return toLogLevel(level) >= this.getEffectiveLevel();
  }

  /** Hands messages to a handler from now on. Adding it again does nothing. */
  addHandler(handler: LogHandler): void {
    if (!this.#handlers.includes(handler)) this.#handlers = [...this.#handlers, handler];
  }

  removeHandler(handler: LogHandler): void {
    this.#handlers = this.#handlers.filter(each => each !== handler);
  }

  debug(message: unknown, extra?: LogExtra): void {
    this.log(LogLevel.DEBUG, message, extra);
  }

  info(message: unknown, extra?: LogExtra): void {
    this.log(LogLevel.INFO, message, extra);
  }

  warning(message: unknown, extra?: LogExtra): void {
    this.log(LogLevel.WARNING, message, extra);
  }

  error(message: unknown, extra?: LogExtra): void {
    this.log(LogLevel.ERROR, message, extra);
  }

  critical(message: unknown, extra?: LogExtra): void {
    this.log(LogLevel.CRITICAL, message, extra);
  }

  /** Logs what was thrown at level ERROR, with its stack. The message is the error's own unless there is another. */
  exception(error: unknown, message: unknown = messageOf(error), extra: LogExtra = {}): void {
    this.#emit(LogLevel.ERROR, message, extra, { error });
  }

  /** Logs at any level. */
  log(level: LogLevelInput, message: unknown, extra: LogExtra = {}): void {
    this.#emit(toLogLevel(level), message, extra);
  }

  #emit(level: number, message: unknown, extra: LogExtra, thrown?: LoggedError): void {
    if (!this.isEnabledFor(level)) return;
    const record: LogRecord = {
      name: this.name,
      level,
      levelName: toLevelName(level),
      message: String(message),
      createdMillis: epochMillisNow(),
      extra,
      ...(thrown !== undefined && { thrown }),
      context: activeContext(),
    };
    const handlers = reachedHandlers(this);
    if (handlers.length === 0) printAsLastResort(record);
    for (const handler of handlers) if (level >= (handler.level ?? LogLevel.NOTSET)) handOver(handler, record);
  }
}

const loggers = processWide('loggers/1', () => new Map([['', new Logger('root', LogLevel.WARNING, () => undefined)]]));

/**
 * The logger of this name, always the same one; the root without a name. The root lets WARNING and above through, and
 * all others what it does, until told otherwise.
 */
export function getLogger(name = ''): Logger {
  let logger = loggers.get(name);
  if (logger === undefined) {
    logger = new Logger(name, LogLevel.NOTSET, () => nearestAbove(name));
    loggers.set(name, logger);
  }
  return logger;
}

function nearestAbove(name: string): Logger | undefined {
  const above = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  return loggers.get(above) ?? nearestAbove(above);
}

/** By public members: the loggers above may be of another copy of this library. */
function reachedHandlers({ handlers, propagate, parent }: Logger): readonly LogHandler[] {
  return propagate && parent !== undefined ? [...handlers, ...reachedHandlers(parent)] : handlers;
}

function handOver(handler: LogHandler, record: LogRecord): void {
  try {
    handler.handle(record);
  } catch (error) {
    log.warn('A log handler threw', error);
  }
}

/** As in Python, so that what matters is seen in a program that has set nothing up. */
function printAsLastResort({ level, message, thrown }: LogRecord): void {
  if (level < LogLevel.WARNING) return;
  // oxlint-disable-next-line no-console
  console.error(thrown === undefined ? message : `${message}\n${stackOf(thrown.error)}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
