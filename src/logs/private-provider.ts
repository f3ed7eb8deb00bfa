import type * as Resources from '@opentelemetry/resources';
import type * as SdkLogs from '@opentelemetry/sdk-logs';
import { flushAtEnd, withoutFlush } from '../final-flush.ts';
import { AzureMonitorLogExporter, type AzureMonitorExporterOptions } from '../index.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import type { Logger, LoggerProvider } from './logs-api.ts';

const SDK_PACKAGE = '@opentelemetry/sdk-logs';

/** How long the end of the program waits at most for the last records to be sent. */
const GRACE_MILLIS = 5000;

/**
 * A provider that nobody registers: sends to Azure Monitor in batches, and what waits at the natural end of the program,
 * which it does not keep running. The resource is what `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` say.
 */
export class PrivateProvider implements LoggerProvider {
  readonly #exporter: AzureMonitorLogExporter;
  readonly #provider: SdkLogs.LoggerProvider;

  /**
   * @throws ConfigurationError when the options and the environment do not say where to send.
   * @throws Error when `@opentelemetry/sdk-logs` is not installed.
   */
  constructor(neededBy: string, options: AzureMonitorExporterOptions, batching: 'batches' | 'at once' = 'batches') {
    const sdk = loadOptionalPackage(SDK_PACKAGE, { neededBy }) as typeof SdkLogs;
    this.#exporter = new AzureMonitorLogExporter(options);
    this.#provider = new sdk.LoggerProvider({
      resource: resourceOfEnvironment(neededBy),
      processors: [
        batching === 'batches' ? toBatchProcessor(sdk, this.#exporter) : toImmediateProcessor(this.#exporter),
      ],
    });
    flushAtEnd({
      handOver: () => this.#provider.forceFlush(),
      stats: () => this.#exporter.stats(),
      graceMillis: GRACE_MILLIS,
    });
  }

  getLogger(name: string, version?: string): Logger {
    return this.#provider.getLogger(name, version) as Logger;
  }

  /** Sends all that waits now. Rejects when some could be neither sent nor stored. */
  async forceFlush(): Promise<void> {
    await this.#provider.forceFlush();
    await this.#exporter.forceFlush();
  }
}

function toBatchProcessor(sdk: typeof SdkLogs, exporter: AzureMonitorLogExporter): SdkLogs.LogRecordProcessor {
  // The processor's timer for an answer holds the process: it must not outlast the final flush.
  const config = { exporter: withoutFlush(exporter), exportTimeoutMillis: GRACE_MILLIS };
  return new sdk.BatchLogRecordProcessor(config);
}

/** Hands each record to the exporter where it is made: the process may end right after. */
function toImmediateProcessor(exporter: AzureMonitorLogExporter): SdkLogs.LogRecordProcessor {
  return {
    onEmit: record => exporter.export([record], () => undefined),
    forceFlush: () => Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

function resourceOfEnvironment(neededBy: string): Resources.Resource {
  const resources = loadOptionalPackage('@opentelemetry/resources', { neededBy, dependencyOf: SDK_PACKAGE });
  const { defaultResource, detectResources, envDetector } = resources as typeof Resources;
  return defaultResource().merge(detectResources({ detectors: [envDetector] }));
}
