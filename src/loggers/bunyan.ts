import type { AzureMonitorExporterOptions } from '../index.ts';
import { isErrorLike, toErrorAttributes } from '../logs/error-attributes.ts';
import { LogPipe } from '../logs/log-pipe.ts';
import type { EmittedRecord } from '../logs/logs-api.ts';
import { toPlainAttributes } from '../logs/plain-value.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import { isSentByInstrumentation } from './instrumentations.ts';
import { nameOfNumber, severityOfNumber } from './levels.ts';

/** Bunyan's levels. */
export type BunyanLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** How bunyan's records go to Azure Monitor. The exporter's options are for when no logger provider is registered. */
export interface AzureRawStreamOptions extends AzureMonitorExporterOptions {
  /**
   * Takes only records of this level and above.
   *
   * @defaultValue `info`, as for every stream of bunyan
   */
  level?: BunyanLevel | undefined;
}

/** One of the streams of a logger of bunyan. */
export interface AzureRawStream {
  readonly type: 'raw';
  readonly level: BunyanLevel;
  readonly stream: { write(record: object): void };
}

interface BunyanRecord {
  readonly [key: string]: unknown;
  readonly level: number;
  readonly msg: string;
}

/** A logger as bunyan makes one. */
interface Bunyan {
  createLogger(options: object): { streams: readonly { readonly stream: unknown }[] };
}

/** Fields of a record that its row has other columns for. */
const SHOWN_ELSEWHERE = ['level', 'msg', 'time', 'v', 'pid', 'hostname', 'trace_id', 'span_id', 'trace_flags'];

/**
 * Makes a stream that sends bunyan's records to Azure Monitor: those with an error as rows of `exceptions`, others of
 * `traces`, each with its span. Fields of a record are in `customDimensions`.
 *
 * Silent where OpenTelemetry's instrumentation sends the records of every logger.
 */
export function azureRawStream(options: AzureRawStreamOptions = {}): AzureRawStream {
  const { level = 'info', ...exporterOptions } = options;
  const pipe = new LogPipe('azureRawStream', exporterOptions);
  const streams = streamsOfNewLogger();
  const write = (record: object): void => {
    if (!isSentByInstrumentation(streams, 'OpenTelemetryBunyanStream'))
      pipe.emit('azure-monitor-bridge/bunyan', () => toRecord(record as BunyanRecord));
  };
  return { type: 'raw', level, stream: { write } };
}

/** A stream cannot see its logger. But the instrumentation adds its own to every logger that is made, so also to this. */
function streamsOfNewLogger(): unknown[] {
  try {
    const bunyan = loadOptionalPackage('bunyan', { neededBy: 'azureRawStream' }) as Bunyan;
    return bunyan.createLogger({ name: 'azure-monitor-bridge', streams: [] }).streams.map(({ stream }) => stream);
  } catch {
    return []; // Bunyan is part of a bundle: there no instrumentation finds it either.
  }
}

function toRecord(record: BunyanRecord): EmittedRecord {
  const { level, msg, time, err } = record;
  const thrown = isErrorLike(err) ? err : undefined;
  const hidden = thrown === undefined ? SHOWN_ELSEWHERE : [...SHOWN_ELSEWHERE, 'err'];
  const fields = Object.entries(record).filter(([key]) => !hidden.includes(key));
  return {
    ...(time instanceof Date && { timestamp: time.getTime() }),
    severityNumber: severityOfNumber(level, 'pinoAndBunyan'),
    severityText: nameOfNumber(level),
    body: msg,
    attributes: {
      ...toPlainAttributes(Object.fromEntries(fields)),
      ...(thrown !== undefined && toErrorAttributes(thrown)),
    },
  };
}
