import { diag } from '@opentelemetry/api';
import type { StorageOptions } from '../delivery/delivery.ts';
import { openDelivery } from '../delivery/registry.ts';
import type { MappingOptions } from '../mapping/context.ts';
import { operationNameOf } from '../processors/operations.ts';
import { toExporterConfig, type AzureMonitorExporterOptions, type ExporterConfig } from '../options.ts';
import { VERSION } from '../version.ts';
import { BatchEncoder } from './batch-encoder.ts';
import { ExportPipeline } from './export-pipeline.ts';
import { credentialOf } from './managed-identity.ts';
import { withResourceRow } from './resource-row.ts';
import type { TelemetrySource } from './telemetry-source.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/exporter' });

/**
 * Makes the pipeline of one exporter from its options.
 *
 * @throws ConfigurationError when the options or the environment do not say where telemetry goes.
 */
export function openPipeline<Batch, Entry>(
  telemetry: TelemetrySource<Batch, Entry>,
  exporterOptions: AzureMonitorExporterOptions | undefined,
): ExportPipeline<Batch, Entry> {
  const config = toExporterConfig(exporterOptions);
  const { connection, hostName, identity, options } = config;
  for (const warning of connection.warnings) log.warn(warning);
  const delivery = openDelivery({
    ingestionEndpoint: connection.ingestionEndpoint,
    instrumentationKey: connection.instrumentationKey,
    credential: identity === undefined ? options.credential : credentialOf(identity),
    tokenScope: connection.aadAudience,
    memoryMaxBytes: options.memoryMaxBytes,
    storage: toStorageOptions(config),
    agent: options.agent,
    proxyEnvironment: config.proxyEnvironment,
    onEvent: options.onEvent,
    meterProvider: options.meterProvider,
  });
  const context = {
    instrumentationKey: connection.instrumentationKey,
    sdkVersion: `azure-monitor-bridge:${VERSION}`,
    hostName,
    options: toMappingOptions(options),
    operationNameOf,
  };
  const source = options.includeResourceMetric === true ? withResourceRow(telemetry) : telemetry;
  return new ExportPipeline(source, new BatchEncoder(source, options.onEnvelope), context, delivery);
}

/** `undefined` where nothing is to go to disk. */
function toStorageOptions({ options, storageDirectories }: ExporterConfig): StorageOptions | undefined {
  if (options.disableOfflineStorage === true || options.durability === 'memory') return undefined;
  return {
    directories: storageDirectories,
    maxBytes: options.storageMaxBytes,
    keepsFirst: options.durability === 'write-ahead',
    isSynced: options.fsync === 'batch',
    isKeptOnExit: options.flushOnExit ?? false,
  };
}

function toMappingOptions(options: ExporterConfig['options']): MappingOptions {
  return {
    successStatusCodes: new Set(options.successStatusCodes),
    includeScope: options.includeScope ?? false,
    dropZeroSums: options.dropZeroSums ?? false,
    urlQuery: options.urlQuery ?? 'redact-values',
    ...(options.metricNamespace !== undefined && { metricNamespace: options.metricNamespace }),
  };
}
