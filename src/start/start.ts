import { diag } from '@opentelemetry/api';
import { assemble } from './assembly.ts';
import { findDestination } from './destination.ts';
import { followLogLevel } from './diagnostics.ts';
import { environmentOfProcess, isTrueIn, type Environment } from './environment.ts';
import { isOnlyForAzure, planSignals } from './exporter-lists.ts';
import { isSdkRegistered } from './registered-providers.ts';
import type { AzureMonitor, StartOptions } from './start-options.ts';

export type { AzureMonitor, StartOptions } from './start-options.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/start' });

/**
 * Starts the OpenTelemetry SDK that is installed, of the 2.x or the 3.x line, with this library's exporters, and with
 * the instrumentations that are installed. To be called before the application loads what shall be instrumented.
 *
 * Once per process: a second call, also by the other format of this library, gives what the first one started. Throws
 * nothing: what is wrong or missing is said through OpenTelemetry's `diag`, and the application runs without telemetry.
 */
export function startAzureMonitor(options: StartOptions = {}): AzureMonitor {
  const key = Symbol.for('azure-monitor-bridge/start/1');
  const shared = globalThis as { [key]?: AzureMonitor };
  return (shared[key] ??= start(options, environmentOfProcess()));
}

function start(options: StartOptions, environment: Environment): AzureMonitor {
  const releaseDiagnostics = followLogLevel(environment);
  try {
    if (isTrueIn(environment, 'OTEL_SDK_DISABLED')) return notStarted('OTEL_SDK_DISABLED is true.');
    if (isSdkRegistered()) return notStarted('Another OpenTelemetry SDK runs in this process. Remove one of the two.');
    const plans = planSignals(environment);
    const destination = findDestination(options, environment);
    if (destination.kind === 'nowhere' && Object.values(plans).every(isOnlyForAzure))
      return notStarted(destination.reason);
    return assemble({ options, environment, plans, destination, releaseDiagnostics });
  } catch (error) {
    return notStarted((error as Error).message);
  }
}

function notStarted(reason: string): AzureMonitor {
  log.warn(`Nothing is sent to Azure Monitor. ${reason}`);
  return { flush: () => Promise.resolve(), shutdown: () => Promise.resolve() };
}
