import { trace, TraceFlags } from '@opentelemetry/api';
import type {
  Context,
  Span as OpenTelemetrySpan,
  SpanOptions,
  Tracer as OpenTelemetryTracer,
  TracerProvider,
} from '@opentelemetry/api';
import type * as SdkTrace from '@opentelemetry/sdk-trace';
import { AzureMonitorTraceExporter, VERSION, type Envelope } from '../index.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import { toAzureSettings, toCamelCased, type EitherCase } from './azure-options.ts';
import { toBatchProcessorConfig, type BatchOptions } from './batch-options.ts';
import { randomHex } from './random-ids.ts';
import { resourceOfService } from './resource.ts';
import type { SpanSource } from './span-exporter.ts';
import { SCOPE_NAME } from './span-sources.ts';
import { STATUS_CODE } from './span.ts';
import { TelemetryPipeline } from './telemetry-pipeline.ts';
import { TelemetryProcessors } from './telemetry-processors.ts';

const SDK_PACKAGE = '@opentelemetry/sdk-trace';
const NEEDED_BY = 'AzureExporter';

/**
 * Sends spans to Azure Monitor, in batches: those of kind SERVER as rows of `requests`, others of `dependencies`. What
 * waits is sent at the natural end of the program, which it does not keep running.
 *
 * Options may be given by their names in Python too, `connection_string` for `connectionString`. One exporter serves any
 * number of tracers.
 */
export class AzureExporter extends TelemetryPipeline implements SpanSource {
  readonly #provider: SdkTrace.TracerProvider;
  readonly #tracer: OpenTelemetryTracer;
  readonly #ids: TraceIds;

  /**
   * @throws ConfigurationError when the options and the environment do not say where to send.
   * @throws RangeError for a number of seconds that no timer can wait, or a size below 1.
   * @throws Error when `@opentelemetry/sdk-trace` is not installed.
   */
  constructor(options: EitherCase<BatchOptions> = {}) {
    const { queueCapacity, maxBatchSize, ...azureOptions } = toCamelCased<BatchOptions>(options);
    const settings = toAzureSettings(azureOptions);
    const config = toBatchProcessorConfig({ queueCapacity, maxBatchSize }, settings);
    const sdk = loadOptionalPackage(SDK_PACKAGE, { neededBy: NEEDED_BY }) as typeof SdkTrace;
    const processors = new TelemetryProcessors();
    const onEnvelope = processors.before(settings.exporterOptions.onEnvelope);
    const exporter = new AzureMonitorTraceExporter({
      ...settings.exporterOptions,
      onEnvelope: envelope => {
        showStatusCode(envelope);
        return onEnvelope(envelope);
      },
    });
    const ids = new TraceIds();
    const provider = new sdk.TracerProvider({
      resource: resourceOfService(NEEDED_BY, SDK_PACKAGE),
      idGenerator: ids,
      sampler: { shouldSample: parent => ({ decision: ids.areGiven || mayBeSampled(parent) ? 2 : 0 }) },
      spanProcessors: [new sdk.BatchSpanProcessor({ ...config, exporter })],
    });
    super({ provider, exporter, processors, graceMillis: settings.graceMillis });
    this.#ids = ids;
    this.#provider = provider;
    this.#tracer = provider.getTracer(SCOPE_NAME, VERSION);
  }

  /**
   * Sends the spans of OpenTelemetry's instrumentations the same way: a root each time, or whatever has a parent that is
   * sampled. For `traceIntegrations`.
   */
  get tracerProvider(): TracerProvider {
    return this.#provider;
  }

  startSpan(name: string, options: SpanOptions, parent: Context, traceId: string): OpenTelemetrySpan {
    return this.#ids.within(traceId, () => this.#tracer.startSpan(name, options, parent));
  }
}

/** The SDK gives every root a new trace; here the tracer says which one. */
class TraceIds implements SdkTrace.IdGenerator {
  #traceId: string | undefined;

  within<T>(traceId: string, start: () => T): T {
    this.#traceId = traceId;
    try {
      return start();
    } finally {
      this.#traceId = undefined;
    }
  }

  /** Whether a tracer asks, which does so only when its trace is sampled. */
  get areGiven(): boolean {
    return this.#traceId !== undefined;
  }

  generateTraceId(): string {
    return this.#traceId ?? randomHex(16);
  }

  generateSpanId(): string {
    return randomHex(8);
  }
}

function mayBeSampled(parent: Context): boolean {
  const { traceFlags = TraceFlags.SAMPLED } = trace.getSpanContext(parent) ?? {};
  return (traceFlags & TraceFlags.SAMPLED) !== 0;
}

/** OpenTelemetry knows OK and error only. The code of OpenCensus is the result code, where there is no other. */
function showStatusCode({ data }: Envelope): void {
  if (data.baseType !== 'RemoteDependencyData' && data.baseType !== 'RequestData') return;
  const { properties } = data.baseData;
  const code = properties?.[STATUS_CODE];
  if (properties === undefined || code === undefined) return;
  delete properties[STATUS_CODE];
  if (data.baseType === 'RequestData') data.baseData.responseCode = resultCode(data.baseData.responseCode, code);
  else data.baseData.resultCode = resultCode(data.baseData.resultCode, code);
}

function resultCode(shown: string | undefined, code: string): string {
  return shown === undefined || shown === '0' ? code : shown;
}
