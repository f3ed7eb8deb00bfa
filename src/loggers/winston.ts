import type { Writable } from 'node:stream';
import type { AzureMonitorExporterOptions } from '../index.ts';
import { isErrorLike, toErrorAttributes } from '../logs/error-attributes.ts';
import { LogPipe } from '../logs/log-pipe.ts';
import type { EmittedRecord } from '../logs/logs-api.ts';
import { toPlainAttributes, toPlainValue } from '../logs/plain-value.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import { isSentByInstrumentation } from './instrumentations.ts';
import { severityOfName } from './levels.ts';

/** How winston's lines go to Azure Monitor. The exporter's options are for when no logger provider is registered. */
export interface AzureMonitorTransportOptions extends AzureMonitorExporterOptions {
  /**
   * Takes only lines of this level and graver ones, by the levels of the logger.
   *
   * @defaultValue the level of the logger
   */
  level?: string | undefined;
  /** Takes nothing. */
  silent?: boolean | undefined;
  /** Takes the exceptions too that winston has caught, and by which it ends the process. */
  handleExceptions?: boolean | undefined;
  /** Takes the rejections too that winston has caught. */
  handleRejections?: boolean | undefined;
}

/** What winston has in common for its transports. */
interface TransportBase extends Writable {
  level?: string;
  silent?: boolean;
  handleExceptions?: boolean;
  handleRejections?: boolean;
}

interface Info {
  readonly [key: string]: unknown;
  readonly [key: symbol]: unknown;
}

const LEVEL = Symbol.for('level');
const SPLAT = Symbol.for('splat');
/** Where OpenTelemetry's instrumentation keeps the context of the call, which may be another one when a line is written. */
const CONTEXT = Symbol.for('opentelemetry.js.contrib.winston.context');
const THROWN = ['err', 'error', 'exception'];
/** Fields of a line that its row has other columns for. */
const SHOWN_ELSEWHERE = ['level', 'message', 'trace_id', 'span_id', 'trace_flags'];
/** What winston adds to an exception that it has caught: the process and the machine, at length. */
const CAUGHT = ['exception', 'rejection', 'date', 'process', 'os', 'trace', 'stack'];

const Transport: new (options: object) => TransportBase = loadOptionalPackage('winston-transport', {
  neededBy: 'AzureMonitorTransport',
  dependencyOf: 'winston',
}) as never;

/**
 * Sends winston's lines to Azure Monitor: those with an error as rows of `exceptions`, others of `traces`, each with its
 * span. What a line holds beside level and message is in `customDimensions`.
 *
 * Silent where OpenTelemetry's instrumentation sends the lines of the same logger.
 */
export class AzureMonitorTransport extends Transport {
  readonly #pipe: LogPipe;

  constructor(options: AzureMonitorTransportOptions = {}) {
    const { level, silent, handleExceptions, handleRejections, ...exporterOptions } = options;
    super({ level, silent, handleExceptions, handleRejections });
    this.#pipe = new LogPipe('AzureMonitorTransport', exporterOptions);
  }

  /** Called by winston. */
  log(info: object, next: () => void): void {
    const { transports = [] } = (this as { parent?: { transports?: readonly unknown[] } }).parent ?? {};
    if (!isSentByInstrumentation(transports, 'OpenTelemetryTransportV3'))
      this.#pipe.emit('azure-monitor-bridge/winston', () => toRecord(info as Info));
    this.emit('logged', info);
    next();
  }

  /** Called when the logger ends: `finish` comes when all is sent or stored. */
  override _final(done: () => void): void {
    this.#pipe.flushAndCall(done);
  }
}

function toRecord(info: Info): EmittedRecord {
  const level = String(info[LEVEL] ?? info['level']);
  const thrownKey = THROWN.find(key => isErrorLike(info[key]));
  const thrown = thrownKey === undefined ? thrownIn(info) : info[thrownKey];
  const isCaught = info['exception'] === true || info['rejection'] === true;
  const hidden = [...SHOWN_ELSEWHERE, thrownKey, ...(thrown === undefined ? [] : ['stack', 'cause'])];
  const fields = Object.keys(info).filter(key => !hidden.includes(key) && !(isCaught && CAUGHT.includes(key)));
  return {
    severityNumber: severityOfName(level),
    severityText: level,
    body: toPlainValue(info['message']),
    attributes: {
      ...toPlainAttributes(Object.fromEntries(fields.map(key => [key, info[key]]))),
      ...(thrown !== undefined && toErrorAttributes(thrown)),
    },
    ...(info[CONTEXT] !== undefined && { context: info[CONTEXT] }),
  };
}

/** `logger.error(error)` makes the error the line, `logger.error('text', error)` a copy of it, as does `format.errors()`. */
function thrownIn(info: Info): unknown {
  const splat = info[SPLAT];
  const logged = Array.isArray(splat) ? (splat as unknown[]).find(isErrorLike) : undefined;
  return logged ?? (isErrorLike(info) ? info : undefined);
}
