import type { AnyValueMap, SeverityNumber } from '@opentelemetry/api-logs';
import type * as SdkLogs from '@opentelemetry/sdk-logs';
import { withoutFlush } from '../final-flush.ts';
import { AzureMonitorLogExporter, VERSION } from '../index.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import { toAzureSettings, toCamelCased, type EitherCase } from './azure-options.ts';
import { toBatchProcessorConfig, type BatchOptions } from './batch-options.ts';
import { LogLevel } from './log-level.ts';
import type { LogHandler, LogRecord } from './log-record.ts';
import { resourceOfService } from './resource.ts';
import { TelemetryPipeline } from './telemetry-pipeline.ts';
import { TelemetryProcessors } from './telemetry-processors.ts';

const SDK_PACKAGE = '@opentelemetry/sdk-logs';

/** How messages go to Azure Monitor. */
export interface AzureLogHandlerOptions extends BatchOptions {
  /**
   * The fraction of messages that is sent, from 0 to 1. Azure's `itemCount` says for how many each of them stands.
   *
   * @defaultValue 1
   */
  loggingSamplingRate?: number | undefined;
}

/** What the handlers for Azure Monitor have in common. Use one of `AzureLogHandler`, `AzureEventHandler`. */
export abstract class AzureHandler extends TelemetryPipeline implements LogHandler {
  /** Takes only messages of this level and above. */
  level: number = LogLevel.NOTSET;
  readonly #samplingRate: number;
  readonly #provider: SdkLogs.LoggerProvider;

  /**
   * @throws ConfigurationError when the options and the environment do not say where to send.
   * @throws RangeError for a sampling rate outside 0 to 1, a number of seconds that no timer can wait, or a size below 1.
   * @throws Error when `@opentelemetry/sdk-logs` is not installed.
   */
  constructor(neededBy: string, options: EitherCase<AzureLogHandlerOptions>) {
    const {
      loggingSamplingRate = 1,
      queueCapacity,
      maxBatchSize,
      ...azureOptions
    } = toCamelCased<AzureLogHandlerOptions>(options);
    if (!(loggingSamplingRate >= 0 && loggingSamplingRate <= 1))
      throw new RangeError('Sampling must be in the range: [0,1]');
    const settings = toAzureSettings(azureOptions);
    const config = toBatchProcessorConfig({ queueCapacity, maxBatchSize }, settings);
    const sdk = loadOptionalPackage(SDK_PACKAGE, { neededBy }) as typeof SdkLogs;
    const processors = new TelemetryProcessors();
    const exporter = new AzureMonitorLogExporter({
      ...settings.exporterOptions,
      onEnvelope: processors.before(settings.exporterOptions.onEnvelope),
    });
    const provider = new sdk.LoggerProvider({
      resource: resourceOfService(neededBy, SDK_PACKAGE),
      processors: [new sdk.BatchLogRecordProcessor({ ...config, exporter: withoutFlush(exporter) })],
    });
    super({ provider, exporter, processors, graceMillis: settings.graceMillis });
    this.#samplingRate = loggingSamplingRate;
    this.#provider = provider;
  }

  /** Queues a message. Does not throw when it cannot be sent. */
  handle(record: LogRecord): void {
    if (Math.random() >= this.#samplingRate) return;
    const { name, level, levelName, message, createdMillis, context } = record;
    const logger = this.#provider.getLogger(name, VERSION);
    logger.emit({
      severityNumber: toSeverityNumber(level),
      severityText: levelName,
      body: message,
      timestamp: createdMillis,
      context,
      attributes: {
        ...(this.toAttributes(record) as AnyValueMap),
        ...(this.#samplingRate < 1 && { 'microsoft.sample_rate': 100 * this.#samplingRate }),
      },
    });
  }

  /** What the row says beside the message. */
  protected abstract toAttributes(record: LogRecord): Record<string, unknown>;
}

/**
 * Sends messages to Azure Monitor, in batches: those with an error as rows of `exceptions`, others of `traces`, each with
 * its span. What waits is sent at the natural end of the program, which it does not keep running.
 *
 * Options may be given by their names in Python too, `connection_string` for `connectionString`.
 */
export class AzureLogHandler extends AzureHandler {
  constructor(options: EitherCase<AzureLogHandlerOptions> = {}) {
    super('AzureLogHandler', options);
  }

  protected override toAttributes({ extra, levelName, thrown }: LogRecord): Record<string, unknown> {
    const dimensions = extra.customDimensions ?? extra.custom_dimensions;
    return { ...dimensions, level: levelName, ...(thrown !== undefined && toException(thrown.error)) };
  }
}

/** Sends messages to Azure Monitor as rows of `customEvents`: the message is the name of the event. */
export class AzureEventHandler extends AzureHandler {
  constructor(options: EitherCase<AzureLogHandlerOptions> = {}) {
    super('AzureEventHandler', options);
  }

  protected override toAttributes({ extra, message }: LogRecord): Record<string, unknown> {
    const dimensions = extra.customDimensions ?? extra.custom_dimensions;
    const measurements = extra.customMeasurements ?? extra.custom_measurements;
    return {
      ...dimensions,
      'microsoft.custom_event.name': message,
      ...(measurements !== undefined && { 'microsoft.custom_measurements': { ...measurements } }),
    };
  }
}

const SEVERITIES: readonly (readonly [level: number, severity: SeverityNumber])[] = [
  [LogLevel.CRITICAL, 21],
  [LogLevel.ERROR, 17],
  [LogLevel.WARNING, 13],
  [LogLevel.INFO, 9],
];

/** By tens as in OpenCensus: 21 to 30 is a warning. <https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber> */
function toSeverityNumber(level: number): SeverityNumber {
  return SEVERITIES.find(([above]) => level > above - 10)?.[1] ?? 5;
}

function toException(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { 'exception.type': typeof error, 'exception.message': String(error) };
  return {
    'exception.type': error.name,
    'exception.message': error.message,
    'exception.stacktrace': error.stack ?? '',
  };
}
