import type { Sampler } from '../index.ts';
import type { Pipelines } from './pipelines.ts';
import { loadSdkPackage, type NodePackage, type StartedSdk } from './sdk-packages.ts';

/** What an SDK is started with. What is absent, it takes from the environment. */
export interface SdkParts {
  readonly pipelines: Pipelines;
  readonly instrumentations: readonly object[];
  readonly sampler?: Sampler | undefined;
  readonly serviceName?: string | undefined;
}

/**
 * Starts the SDK of `@opentelemetry/sdk-node`, which reads all of OpenTelemetry's environment itself: the level of its
 * diagnostics too, for which `releaseDiagnostics` makes room.
 */
export function startNodeSdk(
  { pipelines, instrumentations, sampler, serviceName }: SdkParts,
  releaseDiagnostics: () => void,
): StartedSdk {
  const { NodeSDK } = loadSdkPackage('@opentelemetry/sdk-node') as NodePackage;
  releaseDiagnostics();
  const { spanProcessors, metricReaders, logRecordProcessors } = pipelines;
  const sdk = new NodeSDK({
    instrumentations,
    spanProcessors,
    metricReaders,
    logRecordProcessors,
    sampler,
    serviceName,
  });
  sdk.start();
  return sdk;
}
