import { diag } from '@opentelemetry/api';
import { flushNow, type FinalFlush } from '../final-flush.ts';
import { bridgeLegacyLogs } from '../logs-bridge.ts';
import { describeSending, findProblems } from './announcement.ts';
import type { Destination } from './destination.ts';
import { textIn, type Environment } from './environment.ts';
import type { Plans } from './exporter-lists.ts';
import { findInstrumentations } from './instrumentations.ts';
import { hookEsModules } from './module-hooks.ts';
import { startNodeSdk } from './node-sdk.ts';
import { makePipelines, type AzureMonitorExporter } from './pipelines.ts';
import { flushAtProcessEnd } from './process-end.ts';
import { registeredProviders } from './registered-providers.ts';
import { hasNodeSdk, type StartedSdk } from './sdk-packages.ts';
import { startSeparateSdk } from './separate-sdk.ts';
import type { AzureMonitor, StartOptions } from './start-options.ts';
import { chooseSampler } from './trace-sampler.ts';

/** What is known before anything is loaded. */
export interface Intent {
  readonly options: StartOptions;
  readonly environment: Environment;
  readonly plans: Plans;
  readonly destination: Destination;
  /** Leaves OpenTelemetry's diagnostics to the SDK. */
  readonly releaseDiagnostics: () => void;
}

/** How long a process is kept for what is not sent yet: well below the ten seconds that Docker waits after SIGTERM. */
const GRACE_MILLIS = 5000;

const NOTHING_WAITS: ReturnType<FinalFlush['stats']> = { memoryItems: 0, diskItems: 0, gate: { state: 'open' } };

const log = diag.createComponentLogger({ namespace: 'azure-monitor/start' });

/**
 * Puts an SDK together, starts it, and says once what it does.
 *
 * @throws Error when a package of the SDK is missing, with the command that installs it.
 */
export function assemble({ options, environment, plans, destination, releaseDiagnostics }: Intent): AzureMonitor {
  const { serviceName, shutdownHandlers } = options;
  const pipelines = makePipelines(plans, destination.kind === 'azure' ? destination.options : undefined, environment);
  const { sampler, problem } = chooseSampler(options.sampler, environment);
  const instrumentations = options.instrumentations ?? findInstrumentations(environment);
  const parts = { pipelines, instrumentations, sampler, serviceName };
  const sdk = hasNodeSdk() ? startNodeSdk(parts, releaseDiagnostics) : startSeparateSdk(parts, environment);
  const unbridge = bridgeLegacyLogs();
  hookEsModules();

  const finalFlush = toFinalFlush(pipelines.exporters);
  const onSignals = shutdownHandlers ?? textIn(environment, 'AZURE_MONITOR_SHUTDOWN_HANDLERS') !== '0';
  const leaveProcess = flushAtProcessEnd(finalFlush, { onSignals });
  const started = { destination, plans, serviceName, instrumentations, environment };
  announce(describeSending(started), [...(problem ?? []), ...findProblems(started)]);
  const flush = (): Promise<void> => flushNow(finalFlush);
  let stopped: Promise<void> | undefined;
  return {
    flush,
    shutdown: () =>
      (stopped ??= flush()
        .then(leaveProcess)
        .then(unbridge)
        .then(() => stop(sdk))),
  };
}

function announce(sending: string, problems: readonly string[]): void {
  if (problems.length === 0) log.info(sending);
  else log.warn([sending, ...problems].join(' '));
}

/** The exporters have one destination, so that the stats of one are those of all. */
function toFinalFlush([exporter]: readonly AzureMonitorExporter[]): FinalFlush {
  return {
    handOver: async () => {
      await Promise.allSettled(registeredProviders().map(async provider => provider.forceFlush?.()));
    },
    stats: () => exporter?.stats() ?? NOTHING_WAITS,
    graceMillis: GRACE_MILLIS,
  };
}

async function stop(sdk: StartedSdk): Promise<void> {
  try {
    await sdk.shutdown();
  } catch (error) {
    log.warn(`OpenTelemetry did not stop as it should: ${(error as Error).message}`);
  }
}
