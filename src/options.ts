import { homedir, hostname, platform, tmpdir } from 'node:os';
import { parseAuthenticationString, type ManagedIdentity } from './authentication-string.ts';
import { ConfigurationError } from './configuration-error.ts';
import { parseConnectionString, type ConnectionString } from './connection-string.ts';
import { defaultStorageDirectories } from './spool/storage-location.ts';
import type { AzureMonitorExporterOptions } from './exporter-options.ts';

export type { AzureMonitorExporterOptions } from './exporter-options.ts';

/** What an exporter works with: its options, checked, with what the environment adds. */
export interface ExporterConfig {
  readonly connection: ConnectionString;
  /** The name of this machine: the role instance of a resource that names none. */
  readonly hostName: string;
  /** Where telemetry may wait on disk, the best place first. */
  readonly storageDirectories: readonly string[];
  /** Who sends, when the environment says so and no option does. */
  readonly identity: ManagedIdentity | undefined;
  /** What the environment says about proxies for https; empty when it names none. */
  readonly proxyEnvironment: Readonly<Record<string, string>>;
  readonly options: AzureMonitorExporterOptions;
}

const REMEDY = 'Pass the option connectionString or set APPLICATIONINSIGHTS_CONNECTION_STRING.';
const CHOICES = {
  urlQuery: ['redact-values', 'strip', 'keep'],
  durability: ['spill', 'write-ahead', 'memory'],
  fsync: ['none', 'batch'],
} as const;

/**
 * Checks the options of an exporter and adds what the environment says. An option wins over the environment.
 *
 * @throws ConfigurationError when telemetry could not be sent with what is there.
 */
export function toExporterConfig(options: AzureMonitorExporterOptions = {}): ExporterConfig {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'an object', options);
  checkTypes(options);
  return {
    connection: connectionOf(options),
    hostName: hostname(),
    storageDirectories: storageDirectoriesOf(options),
    identity: identityOf(options),
    proxyEnvironment: proxyEnvironment(),
    options,
  };
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

function identityOf({ credential }: AzureMonitorExporterOptions): ManagedIdentity | undefined {
  const text = process.env.APPLICATIONINSIGHTS_AUTHENTICATION_STRING ?? '';
  return credential !== undefined || text.trim() === '' ? undefined : parseAuthenticationString(text);
}

/** Only https: what is sent by http stays on this machine. */
function proxyEnvironment(): Record<string, string> {
  const proxy = process.env.https_proxy ?? process.env.HTTPS_PROXY ?? '';
  const past = process.env.no_proxy ?? process.env.NO_PROXY;
  if (proxy.trim() === '') return {};
  return { HTTPS_PROXY: proxy, ...(past !== undefined && { NO_PROXY: past }) };
}

function storageDirectoriesOf({ storageDirectory }: AzureMonitorExporterOptions): string[] {
  if (storageDirectory !== undefined) return [storageDirectory];
  return defaultStorageDirectories({
    platform: platform(),
    environment: process.env,
    homeDirectory: homedir(),
    temporaryDirectory: tmpdir(),
    uid: process.getuid?.(),
  });
}

function checkTypes(options: AzureMonitorExporterOptions): void {
  checkObjects(options);
  checkChoices(options);
  const { metricNamespace, successStatusCodes, storageDirectory } = options;
  for (const name of [
    'disableOfflineStorage',
    'flushOnExit',
    'includeScope',
    'dropZeroSums',
    'includeResourceMetric',
  ] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean')
      throw invalid(name, 'true or false', options[name]);
  }
  if (storageDirectory !== undefined && !isPath(storageDirectory)) {
    throw invalid('storageDirectory', 'the path of a folder, without control characters', storageDirectory);
  }
  if (metricNamespace !== undefined && typeof metricNamespace !== 'string') {
    throw invalid('metricNamespace', 'a text', metricNamespace);
  }
  for (const name of ['memoryMaxBytes', 'storageMaxBytes'] as const) {
    const bytes = options[name];
    if (bytes !== undefined && !(Number.isSafeInteger(bytes) && bytes > 0))
      throw invalid(name, 'a whole number of bytes above 0', bytes);
  }
  if (successStatusCodes !== undefined) checkStatusCodes(successStatusCodes);
}

/** No file system takes NUL, and no folder should be named with anything that moves the cursor of who lists it. */
function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(value);
}

function checkChoices(options: AzureMonitorExporterOptions): void {
  for (const [name, choices] of Object.entries(CHOICES)) {
    const choice: unknown = options[name as keyof typeof CHOICES];
    if (choice !== undefined && !choices.some(one => one === choice))
      throw invalid(name, `one of ${choices.join(', ')}`, choice);
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
