import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
  OperationNameSpanProcessor,
  type AzureMonitorExporterOptions,
} from '../index.ts';
import { positiveNumberIn, textIn, type Environment } from './environment.ts';
import type { OtherExporter, Plan, Plans, Signal } from './exporter-lists.ts';
import { loadSdkPackage, type LogsPackage, type MetricsPackage, type TracePackage } from './sdk-packages.ts';

/** An exporter of this library. */
export type AzureMonitorExporter = AzureMonitorTraceExporter | AzureMonitorMetricExporter | AzureMonitorLogExporter;

/** What the SDK is given to send with. A part that is absent is left to the SDK. */
export interface Pipelines {
  readonly spanProcessors?: readonly object[] | undefined;
  readonly metricReaders?: readonly object[] | undefined;
  readonly logRecordProcessors?: readonly object[] | undefined;
  readonly exporters: readonly AzureMonitorExporter[];
}

/**
 * Makes the exporters of each signal, with batches as `OTEL_BSP_*`, `OTEL_BLRP_*` and `OTEL_METRIC_EXPORT_*` say.
 * `options` are absent when Azure Monitor cannot be sent to: then the others go on alone.
 */
export function makePipelines(
  { traces, metrics, logs }: Plans,
  options: AzureMonitorExporterOptions | undefined,
  environment: Environment,
): Pipelines {
  const ours = <Exporter>(plan: Plan, Exporter: new (options: AzureMonitorExporterOptions) => Exporter): Exporter[] =>
    plan.kind === 'ours' && plan.azure && options !== undefined ? [new Exporter(options)] : [];
  const spans = ours(traces, AzureMonitorTraceExporter);
  const measurements = ours(metrics, AzureMonitorMetricExporter);
  const records = ours(logs, AzureMonitorLogExporter);
  return {
    spanProcessors: unlessLeft(traces, others => toSpanProcessors(spans, others, environment)),
    metricReaders: unlessLeft(metrics, others => toMetricReaders(measurements, others, environment)),
    logRecordProcessors: unlessLeft(logs, others => toLogRecordProcessors(records, others, environment)),
    exporters: [...spans, ...measurements, ...records],
  };
}

function unlessLeft<Made>(plan: Plan, make: (others: readonly OtherExporter[]) => Made): Made | undefined {
  return plan.kind === 'left-to-sdk' ? undefined : make(plan.others);
}

function toSpanProcessors(ours: object[], others: readonly OtherExporter[], environment: Environment): object[] {
  if (ours.length + others.length === 0) return [];
  const sdk = loadSdkPackage('@opentelemetry/sdk-trace') as TracePackage;
  const batches = batchSettings('OTEL_BSP', environment);
  const batching = [...ours, ...otlpExporters('traces', others, environment)].map(
    exporter => new sdk.BatchSpanProcessor({ exporter, ...batches }),
  );
  const printing = others.includes('console')
    ? [new sdk.SimpleSpanProcessor({ exporter: new sdk.ConsoleSpanExporter() })]
    : [];
  return [new OperationNameSpanProcessor(), ...batching, ...printing];
}

function toMetricReaders(ours: object[], others: readonly OtherExporter[], environment: Environment): object[] {
  if (ours.length + others.length === 0) return [];
  const sdk = loadSdkPackage('@opentelemetry/sdk-metrics') as MetricsPackage;
  const printing = others.includes('console') ? [new sdk.ConsoleMetricExporter()] : [];
  const intervals = metricIntervals(environment);
  return [...ours, ...otlpExporters('metrics', others, environment), ...printing].map(
    exporter => new sdk.PeriodicExportingMetricReader({ exporter, ...intervals }),
  );
}

function toLogRecordProcessors(ours: object[], others: readonly OtherExporter[], environment: Environment): object[] {
  if (ours.length + others.length === 0) return [];
  const sdk = loadSdkPackage('@opentelemetry/sdk-logs') as LogsPackage;
  const batches = batchSettings('OTEL_BLRP', environment);
  const batching = [...ours, ...otlpExporters('logs', others, environment)].map(
    exporter => new sdk.BatchLogRecordProcessor({ exporter, ...batches }),
  );
  const printing = others.includes('console')
    ? [new sdk.SimpleLogRecordProcessor({ exporter: new sdk.ConsoleLogRecordExporter() })]
    : [];
  return [...batching, ...printing];
}

/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#batch-span-processor */
function batchSettings(prefix: 'OTEL_BSP' | 'OTEL_BLRP', environment: Environment): object {
  return {
    maxQueueSize: positiveNumberIn(environment, `${prefix}_MAX_QUEUE_SIZE`),
    maxExportBatchSize: positiveNumberIn(environment, `${prefix}_MAX_EXPORT_BATCH_SIZE`),
    scheduledDelayMillis: positiveNumberIn(environment, `${prefix}_SCHEDULE_DELAY`),
    exportTimeoutMillis: positiveNumberIn(environment, `${prefix}_EXPORT_TIMEOUT`),
  };
}

/** The reader throws when its timeout is longer than its interval. The defaults are those of the specification. */
function metricIntervals(environment: Environment): object {
  const exportIntervalMillis = positiveNumberIn(environment, 'OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000;
  const timeoutMillis = positiveNumberIn(environment, 'OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000;
  return { exportIntervalMillis, exportTimeoutMillis: Math.min(timeoutMillis, exportIntervalMillis) };
}

const OTLP_EXPORTERS = {
  traces: { packageName: '@opentelemetry/exporter-trace-otlp', className: 'OTLPTraceExporter' },
  metrics: { packageName: '@opentelemetry/exporter-metrics-otlp', className: 'OTLPMetricExporter' },
  logs: { packageName: '@opentelemetry/exporter-logs-otlp', className: 'OTLPLogExporter' },
} as const;

const OTLP_PROTOCOLS: Readonly<Record<string, string>> = {
  grpc: 'grpc',
  'http/json': 'http',
  'http/protobuf': 'proto',
};

/** They read where to send to from the environment themselves. */
function otlpExporters(signal: Signal, others: readonly OtherExporter[], environment: Environment): object[] {
  if (!others.includes('otlp')) return [];
  const protocol =
    textIn(environment, `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_PROTOCOL`) ??
    textIn(environment, 'OTEL_EXPORTER_OTLP_PROTOCOL');
  const { packageName, className } = OTLP_EXPORTERS[signal];
  const loaded = loadSdkPackage(`${packageName}-${OTLP_PROTOCOLS[protocol ?? ''] ?? 'proto'}`);
  const Exporter = (loaded as Readonly<Record<string, new () => object>>)[className];
  return Exporter === undefined ? [] : [new Exporter()];
}
