import { toExporterConfig, type AzureMonitorExporterOptions } from '../options.ts';
import { textIn, type Environment } from './environment.ts';
import type { StartOptions } from './start-options.ts';

/** Where telemetry goes: what the exporters are made with; or nowhere, and why. */
export type Destination =
  | {
      readonly kind: 'azure';
      readonly endpoint: string;
      readonly options: AzureMonitorExporterOptions;
      readonly problems: readonly string[];
    }
  | { readonly kind: 'nowhere'; readonly reason: string };

/** The port of `npx azure-monitor-local`, and the resource that it shows. */
const LOCAL_ENDPOINT = 'http://127.0.0.1:24480/';
const LOCAL_KEY = '10ca1000-0000-4000-8000-000000000000';

const NOT_GIVEN =
  'There is no connection string: set APPLICATIONINSIGHTS_CONNECTION_STRING, or AZURE_MONITOR_LOCAL=1 for a local monitor.';

const LOCAL_IN_VAIN = 'AZURE_MONITOR_LOCAL has no effect beside a connection string.';

/**
 * Finds out where telemetry goes: by the option, by the connection string in the environment, else by
 * `AZURE_MONITOR_LOCAL`, which is `1` or the address of a local monitor. A wrong one sends nowhere and throws nothing.
 */
export function findDestination(given: StartOptions, environment: Environment): Destination {
  const { serviceName, instrumentations, sampler, shutdownHandlers, ...options } = given;
  const cloud = options.connectionString ?? textIn(environment, 'APPLICATIONINSIGHTS_CONNECTION_STRING');
  const local = ofLocal(environment);
  const connectionString = cloud ?? local;
  if (connectionString === undefined) return { kind: 'nowhere', reason: NOT_GIVEN };
  const problems = cloud !== undefined && local !== undefined ? [LOCAL_IN_VAIN] : [];
  try {
    const { connection } = toExporterConfig({ ...options, connectionString });
    return {
      kind: 'azure',
      endpoint: connection.ingestionEndpoint,
      options: { ...options, connectionString },
      problems,
    };
  } catch (error) {
    // Its text shows no secret, by the promise of ConfigurationError.
    return { kind: 'nowhere', reason: (error as Error).message };
  }
}

function ofLocal(environment: Environment): string | undefined {
  const local = textIn(environment, 'AZURE_MONITOR_LOCAL');
  if (local === undefined || ['0', 'false'].includes(local.toLowerCase())) return undefined;
  const endpoint = ['1', 'true'].includes(local.toLowerCase()) ? LOCAL_ENDPOINT : local;
  return `InstrumentationKey=${LOCAL_KEY};IngestionEndpoint=${endpoint}`;
}
