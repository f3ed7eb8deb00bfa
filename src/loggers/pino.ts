import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { AzureMonitorExporterOptions } from '../index.ts';
import { LogPipe } from '../logs/log-pipe.ts';
import { isSentByInstrumentation } from './instrumentations.ts';
import { toLeastSeverity } from './levels.ts';
import { readPinoLine, type PinoLineOptions } from './pino-line.ts';

/** Pino's levels. */
export type PinoLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** How pino's lines go to Azure Monitor. The exporter's options are for when no logger provider is registered. */
export interface AzureStreamOptions extends AzureMonitorExporterOptions, PinoLineOptions {
  /**
   * Takes only lines of this level and above.
   *
   * @defaultValue all that the logger, or the entry of its `multistream`, lets through
   */
  level?: PinoLevel | undefined;
}

/** A destination of pino. */
export interface AzureStream {
  /** By this pino tells a destination from options. */
  readonly writable: true;
  write(line: string): void;
  /** Called by `logger.flush()`: sends what waits. */
  flush(done?: () => void): void;
}

/** Asks pino to say more of a line, in members of the stream. https://getpino.io/#/docs/api?id=metadata */
const METADATA = Symbol.for('pino.metadata');

/**
 * Makes a destination that sends pino's lines to Azure Monitor: those with an error as rows of `exceptions`, others of
 * `traces`, each with its span. Fields of a line are in `customDimensions`, as pino wrote them, redacted ones redacted.
 *
 * Silent where OpenTelemetry's instrumentation sends the lines of the same logger.
 *
 * @throws RangeError for a level that pino has not.
 */
export function azureStream(options: AzureStreamOptions = {}): AzureStream {
  const { level, messageKey, errorKey, ...exporterOptions } = options;
  const leastSeverity = toLeastSeverity(level);
  const pipe = new LogPipe('azureStream', exporterOptions);
  const stream = {
    [METADATA]: true,
    writable: true as const,
    lastLogger: undefined as object | undefined,
    write: (line: string): void => {
      const { lastLogger } = stream;
      if (lastLogger !== undefined && isSentByInstrumentation(streamsOf(lastLogger), 'OTelPinoStream')) return;
      const record = readPinoLine(line, { messageKey, errorKey });
      if ((record.severityNumber ?? Infinity) >= leastSeverity) pipe.emit('azure-monitor-bridge/pino', () => record);
    },
    flush: (done: () => void = () => undefined): void => pipe.flushAndCall(done),
  };
  return stream;
}

/**
 * Makes a `mixin` that puts the ids of the active span into each line: a worker cannot see which span is active here.
 */
export function traceMixin(): () => Record<string, string> {
  return () => {
    const spanContext = trace.getActiveSpan()?.spanContext();
    if (spanContext === undefined || !isSpanContextValid(spanContext)) return {};
    const { traceId, spanId, traceFlags } = spanContext;
    return { trace_id: traceId, span_id: spanId, trace_flags: traceFlags.toString(16).padStart(2, '0') };
  };
}

/** The stream of a logger, or those of its `multistream`. Pino keeps it under a symbol of its own. */
function streamsOf(logger: object): readonly unknown[] {
  for (let owner: object | null = logger; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
    const key = Object.getOwnPropertySymbols(owner).find(symbol => symbol.description === 'pino.stream');
    if (key === undefined) continue;
    const { streams = [] } = Reflect.get(owner, key) as { streams?: readonly { stream: unknown }[] };
    return streams.map(({ stream }) => stream);
  }
  return [];
}
