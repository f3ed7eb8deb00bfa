import type { AzureMonitorExporterOptions } from '../index.ts';
import { LogPipe } from '../logs/log-pipe.ts';
import { toPlainAttributes } from '../logs/plain-value.ts';
import { severityOfName, severityOfNumber, toLeastSeverity } from './levels.ts';
import { readLoggedArguments } from './logged-arguments.ts';

/** What the configuration of an appender holds beside its type. The exporter's options as everywhere. */
export interface Log4jsAppenderOptions extends AzureMonitorExporterOptions {
  /**
   * Takes only events of this level and above.
   *
   * @defaultValue all that the category lets through
   */
  level?: string | undefined;
}

/** What log4js hands to an appender. */
export interface Log4jsEvent {
  readonly categoryName: string;
  readonly data: readonly unknown[];
  readonly level: { readonly level: number; readonly levelStr: string };
  readonly startTime: Date;
  readonly context: Readonly<Record<string, unknown>>;
}

/** An appender as log4js calls it. */
export interface Log4jsAppender {
  (event: Log4jsEvent): void;
  /** Called by `log4js.shutdown()`: sends what waits. */
  shutdown(done: () => void): void;
}

/**
 * The type of an appender that sends to Azure Monitor: events with an error as rows of `exceptions`, others of `traces`,
 * each with its span. Objects behind the text are in `customDimensions`, with the category and the logger's context.
 *
 * `log4js.configure({ appenders: { azure: { type: log4jsAppender, level: 'warn' } }, … })`
 */
export const log4jsAppender: { configure(options: Log4jsAppenderOptions): Log4jsAppender } = { configure };

function configure(options: Log4jsAppenderOptions): Log4jsAppender {
  // What is left of the configuration beside these are options of the exporter.
  const { level, ...exporterOptions } = options;
  const leastSeverity = toLeastSeverity(level);
  const pipe = new LogPipe('log4jsAppender', exporterOptions);
  const append = ({ categoryName, data, level, startTime, context }: Log4jsEvent): void => {
    const severityNumber = severityOfName(level.levelStr) ?? severityOfNumber(level.level, 'log4js') ?? 0;
    if (severityNumber < leastSeverity) return;
    pipe.emit(categoryName, () => {
      const { body, attributes } = readLoggedArguments(data);
      return {
        timestamp: startTime.getTime(),
        severityNumber,
        severityText: level.levelStr,
        body,
        attributes: { category: categoryName, ...toPlainAttributes(context), ...attributes },
      };
    });
  };
  return Object.assign(append, {
    shutdown: (done: () => void) => pipe.flushAndCall(done),
  });
}
