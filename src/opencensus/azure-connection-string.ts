import { warnOnce } from './warn-once.ts';

const NAMES_KEY = /(?:^|;)\s*instrumentationkey\s*=/i;
const NAMES_ENDPOINT = /^\s*(?:ingestionendpoint|endpointsuffix|location)\s*=/i;

/** What of the options says where telemetry goes. */
export interface Destination {
  readonly connectionString?: string | undefined;
  readonly instrumentationKey?: string | undefined;
}

/**
 * The connection string that OpenCensus would go by: that of the options, their instrumentation key, the connection string
 * of the environment, the key in `APPINSIGHTS_INSTRUMENTATIONKEY`. A key alone goes to the endpoint in the environment's
 * connection string, if there is one. `undefined` where the exporter finds the environment's connection string itself.
 *
 * <https://github.com/census-instrumentation/opencensus-python/blob/master/contrib/opencensus-ext-azure/opencensus/ext/azure/common/__init__.py>
 */
export function toConnectionString({ connectionString, instrumentationKey }: Destination): string | undefined {
  if (connectionString !== undefined) return connectionString;
  const fromEnvironment = process.env.APPLICATIONINSIGHTS_CONNECTION_STRING ?? '';
  const key = instrumentationKey ?? (NAMES_KEY.test(fromEnvironment) ? '' : keyOfEnvironment());
  if (key === '') return undefined;
  warnOnce(toConnectionString, 'An instrumentation key alone is deprecated. Use a connection string.');
  const endpoint = fromEnvironment.split(';').filter(pair => NAMES_ENDPOINT.test(pair));
  return [`InstrumentationKey=${key}`, ...endpoint].join(';');
}

function keyOfEnvironment(): string {
  return process.env.APPINSIGHTS_INSTRUMENTATIONKEY?.trim() ?? '';
}
