import * as api from '@opentelemetry/api';
import { listIn, numberIn, textIn, type Environment } from './environment.ts';
import type { SdkParts } from './node-sdk.ts';
import {
  loadSdkPackage,
  type ContextPackage,
  type CorePackage,
  type LogsApi,
  type LogsPackage,
  type MetricsPackage,
  type ResourcesPackage,
  type StartedSdk,
  type TracePackage,
} from './sdk-packages.ts';

/**
 * Starts an SDK of its packages for each signal, without `@opentelemetry/sdk-node`. Of the environment it obeys what
 * names the service, the samplers, and the propagators of the W3C; limits of attributes and others are the SDK's defaults.
 *
 * @throws Error when a package is missing, with the command that installs it.
 */
export function startSeparateSdk(parts: SdkParts, environment: Environment): StartedSdk {
  const resource = makeResource(parts);
  const providers = makeProviders(parts, resource, environment);
  registerContext(environment);
  registerProviders(providers);
  for (const instrumentation of parts.instrumentations) connect(instrumentation, providers);
  return {
    shutdown: async () => {
      await Promise.all(Object.values(providers).map((provider: StartedSdk) => provider.shutdown()));
    },
  };
}

/** As much of an instrumentation as is used here. */
interface Instrumentation {
  setMeterProvider?(provider: api.MeterProvider): void;
}

type TracesProvider = api.TracerProvider & StartedSdk;
type MetricsProvider = api.MeterProvider & StartedSdk;

/** A signal that is off has none. */
interface Providers {
  readonly traces?: TracesProvider;
  readonly metrics?: MetricsProvider;
  readonly logs?: StartedSdk;
}

function makeResource({ serviceName }: SdkParts): object {
  const sdk = loadSdkPackage('@opentelemetry/resources') as ResourcesPackage;
  const detectors = [sdk.envDetector, sdk.processDetector, sdk.hostDetector];
  const detected = sdk.defaultResource().merge(sdk.detectResources({ detectors }));
  return serviceName === undefined
    ? detected
    : detected.merge(sdk.resourceFromAttributes({ 'service.name': serviceName }));
}

/** A package is missed only when there is something for it to do. */
function makeProviders({ pipelines, sampler }: SdkParts, resource: object, environment: Environment): Providers {
  const { spanProcessors = [], metricReaders = [], logRecordProcessors = [] } = pipelines;
  const makeTraces = (): TracesProvider => {
    const sdk = loadSdkPackage('@opentelemetry/sdk-trace') as TracePackage;
    return new sdk.TracerProvider({ resource, spanProcessors, sampler: sampler ?? makeSampler(sdk, environment) });
  };
  const makeMetrics = (): MetricsProvider => {
    const sdk = loadSdkPackage('@opentelemetry/sdk-metrics') as MetricsPackage;
    return new sdk.MeterProvider({ resource, readers: metricReaders });
  };
  const makeLogs = (): StartedSdk => {
    const sdk = loadSdkPackage('@opentelemetry/sdk-logs') as LogsPackage;
    return new sdk.LoggerProvider({ resource, processors: logRecordProcessors });
  };
  return {
    ...(spanProcessors.length > 0 && { traces: makeTraces() }),
    ...(metricReaders.length > 0 && { metrics: makeMetrics() }),
    ...(logRecordProcessors.length > 0 && { logs: makeLogs() }),
  };
}

/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration */
function makeSampler(sdk: TracePackage, environment: Environment): object | undefined {
  const name = textIn(environment, 'OTEL_TRACES_SAMPLER') ?? '';
  const roots: Readonly<Record<string, () => object>> = {
    always_on: () => new sdk.AlwaysOnSampler(),
    always_off: () => new sdk.AlwaysOffSampler(),
    traceidratio: () => new sdk.TraceIdRatioBasedSampler(numberIn(environment, 'OTEL_TRACES_SAMPLER_ARG') ?? 1),
  };
  const root = roots[name.replace(/^parentbased_/, '')]?.();
  return root !== undefined && name.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root;
}

function registerContext(environment: Environment): void {
  const { AsyncLocalStorageContextManager } = loadSdkPackage('@opentelemetry/context-async-hooks') as ContextPackage;
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const sdk = loadSdkPackage('@opentelemetry/core') as CorePackage;
  const names = listIn(environment, 'OTEL_PROPAGATORS') ?? ['tracecontext', 'baggage'];
  const propagators = [
    ...(names.includes('tracecontext') ? [new sdk.W3CTraceContextPropagator()] : []),
    ...(names.includes('baggage') ? [new sdk.W3CBaggagePropagator()] : []),
  ];
  api.propagation.setGlobalPropagator(new sdk.CompositePropagator({ propagators }));
}

function registerProviders({ traces, metrics, logs }: Providers): void {
  if (traces !== undefined) api.trace.setGlobalTracerProvider(traces);
  if (metrics !== undefined) api.metrics.setGlobalMeterProvider(metrics);
  if (logs === undefined) return;
  // From 1.10 on the Logs API is in @opentelemetry/api.
  const { logs: logsApi } = 'logs' in api ? (api as LogsApi) : (loadSdkPackage('@opentelemetry/api-logs') as LogsApi);
  logsApi.setGlobalLoggerProvider(logs);
}

/** Instrumentations find providers of spans and logs by themselves, also later ones, but not that of metrics. */
function connect(instrumentation: Instrumentation, { metrics }: Providers): void {
  if (metrics !== undefined) instrumentation.setMeterProvider?.(metrics);
}
