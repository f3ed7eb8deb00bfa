import type { Agent } from 'node:http';
import { hostname } from 'node:os';
import { ConfigurationError } from './configuration-error.ts';
import { parseConnectionString, type ConnectionString } from './connection-string.ts';
import type { DeliveryListener } from './delivery/delivery-event.ts';
import type { MeterProvider } from './delivery/metrics.ts';
import type { TokenCredential } from './delivery/token-credential.ts';
import type { Envelope } from './envelope/envelope.ts';

/** How an exporter is made. Every option may be left out, or given as `undefined`. */
export interface AzureMonitorExporterOptions {
  /**
   * Where telemetry goes: the connection string on the Overview page of the Application Insights resource.
   *
   * @defaultValue the environment variable `APPLICATIONINSIGHTS_CONNECTION_STRING`
   */
  connectionString?: string | undefined;
  /** Who this application is to Entra ID. Absent: the instrumentation key alone says where telemetry belongs. */
  credential?: TokenCredential | undefined;
  /**
   * Where telemetry waits while the service cannot be reached.
   *
   * @defaultValue a folder of this user in the state directory of the operating system
   */
  storageDirectory?: string | undefined;
  /**
   * Keeps telemetry off the disk, whatever happens.
   *
   * @defaultValue false
   */
  disableOfflineStorage?: boolean | undefined;
  /**
   * How much waits in memory at most, in bytes. What does not fit pushes out the oldest, counted `memory`.
   *
   * @defaultValue 8,388,608
   */
  memoryMaxBytes?: number | undefined;
  /** Makes the connections in place of our own agent: through a proxy, for example, or with a private CA. */
  agent?: Agent | undefined;
  /** Told when sending stops and goes on, and when items are refused or lost. */
  onEvent?: DeliveryListener | undefined;
  /** Shows `stats()` as metrics `azure_monitor.delivery.*`, to readers of this provider. */
  meterProvider?: MeterProvider | undefined;
  /**
   * HTTP status codes of 400 and more that are no failure, such as 404 for a service that is asked for what may not exist.
   *
   * @defaultValue none
   */
  successStatusCodes?: readonly number[] | undefined;
  /**
   * Adds the instrumentation that made a row as properties `otel.scope.name` and `otel.scope.version`.
   *
   * @defaultValue false, since every property is paid for
   */
  includeScope?: boolean | undefined;
  /**
   * Leaves out sums that did not change in their interval. Averages and "less than" alerts change with it.
   *
   * @defaultValue false
   */
  dropZeroSums?: boolean | undefined;
  /** The namespace of every metric, at most 256 characters. Absent: Azure's default. */
  metricNamespace?: string | undefined;
  /**
   * Sends the attributes of the resource once per process, as the row `_OTELRESOURCE_` of `customMetrics`.
   *
   * @defaultValue false
   */
  includeResourceMetric?: boolean | undefined;
  /**
   * What becomes of the query of every URL: `redact-values` masks the values of parameters that hold credentials,
   * `strip` takes the query out, `keep` leaves it as it is. User names and passwords in URLs go in any case.
   *
   * @defaultValue 'redact-values'
   */
  urlQuery?: 'redact-values' | 'strip' | 'keep' | undefined;
  /**
   * Sees every envelope before it is encoded, after the library's own redaction. `false` drops the item, an envelope
   * replaces it, `undefined` keeps it, changed in place or not. If the hook throws, the item is dropped and counted:
   * what could not be redacted does not leave.
   */
  onEnvelope?: ((envelope: Envelope) => Envelope | boolean | void) | undefined;
}

/** What an exporter works with: its options, checked, with what the environment adds. */
export interface ExporterConfig {
  readonly connection: ConnectionString;
  /** The name of this machine: the role instance of a resource that names none. */
  readonly hostName: string;
  readonly options: AzureMonitorExporterOptions;
}

const REMEDY = 'Pass the option connectionString or set APPLICATIONINSIGHTS_CONNECTION_STRING.';
const URL_QUERY_RULES = ['redact-values', 'strip', 'keep'];

/**
 * Checks the options of an exporter and adds what the environment says. An option wins over the environment.
 *
 * @throws ConfigurationError when telemetry could not be sent with what is there.
 */
export function toExporterConfig(options: AzureMonitorExporterOptions = {}): ExporterConfig {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'an object', options);
  checkTypes(options);
  return { connection: connectionOf(options), hostName: hostname(), options };
}

function connectionOf(options: AzureMonitorExporterOptions): ConnectionString {
  const text = options.connectionString ?? process.env.APPLICATIONINSIGHTS_CONNECTION_STRING;
  if (text === undefined || (typeof text === 'string' && text.trim() === '')) {
    throw new ConfigurationError(
      'CONNECTION_STRING_MISSING',
      `connectionString: expected "InstrumentationKey=…;IngestionEndpoint=…", found none. ${REMEDY}`,
    );
  }
  return parseConnectionString(text);
}

function checkTypes(options: AzureMonitorExporterOptions): void {
  checkObjects(options);
  const { metricNamespace, memoryMaxBytes, successStatusCodes, storageDirectory, urlQuery } = options;
  for (const name of ['disableOfflineStorage', 'includeScope', 'dropZeroSums', 'includeResourceMetric'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean')
      throw invalid(name, 'true or false', options[name]);
  }
  if (storageDirectory !== undefined && (typeof storageDirectory !== 'string' || storageDirectory.trim() === '')) {
    throw invalid('storageDirectory', 'the path of a folder', storageDirectory);
  }
  if (metricNamespace !== undefined && typeof metricNamespace !== 'string') {
    throw invalid('metricNamespace', 'a text', metricNamespace);
  }
  if (memoryMaxBytes !== undefined && !(Number.isSafeInteger(memoryMaxBytes) && memoryMaxBytes > 0)) {
    throw invalid('memoryMaxBytes', 'a whole number of bytes above 0', memoryMaxBytes);
  }
  if (successStatusCodes !== undefined) checkStatusCodes(successStatusCodes);
  if (urlQuery !== undefined && !URL_QUERY_RULES.includes(urlQuery)) {
    throw invalid('urlQuery', `one of ${URL_QUERY_RULES.join(', ')}`, urlQuery);
  }
}

function checkObjects({ agent, credential, meterProvider, onEnvelope, onEvent }: AzureMonitorExporterOptions): void {
  if (credential !== undefined && typeof credential?.getToken !== 'function') {
    throw invalid('credential', 'an object with getToken(scope), such as one of @azure/identity', credential);
  }
  if (meterProvider !== undefined && typeof meterProvider?.getMeter !== 'function') {
    throw invalid('meterProvider', 'a MeterProvider of OpenTelemetry', meterProvider);
  }
  if (agent !== undefined && (typeof agent !== 'object' || agent === null)) {
    throw invalid('agent', 'an agent such as new https.Agent()', agent);
  }
  if (onEnvelope !== undefined && typeof onEnvelope !== 'function')
    throw invalid('onEnvelope', 'a function', onEnvelope);
  if (onEvent !== undefined && typeof onEvent !== 'function') throw invalid('onEvent', 'a function', onEvent);
}

function checkStatusCodes(codes: unknown): void {
  if (!Array.isArray(codes)) throw invalid('successStatusCodes', 'an array of HTTP status codes', codes);
  for (const code of codes) {
    if (!(Number.isInteger(code) && code >= 100 && code <= 599))
      throw invalid('successStatusCodes', 'whole numbers from 100 to 599 in it', code);
  }
}

/** Of a wrong value only its type is shown, unless it is a number: it may be a secret in the wrong place. */
function invalid(name: string, expected: string, found: unknown): ConfigurationError {
  return new ConfigurationError(
    'OPTION_INVALID',
    `${name}: expected ${expected}, found ${kindOf(found)}. Correct it or leave it out.`,
  );
}

function kindOf(value: unknown): string {
  if (value === null || typeof value === 'number') return String(value);
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
