import { ConfigurationError } from './configuration-error.ts';

/** What an Application Insights connection string says, checked. */
export interface ConnectionString {
  /** The GUID of the resource, in lower case. */
  readonly instrumentationKey: string;
  /** Where telemetry goes: scheme, host, port and path, without a slash at the end. */
  readonly ingestionEndpoint: string;
  /** For whom an Entra ID token must be made out. Absent: decided by the cloud of the endpoint. */
  readonly aadAudience?: string;
  /** The application id of the resource. Absent in older connection strings. */
  readonly applicationId?: string;
  /** What is odd but not wrong, a sentence each, for the log. */
  readonly warnings: readonly string[];
}

/** The endpoint of a connection string that names none: the global one of the public cloud. */
const DEFAULT_INGESTION_ENDPOINT = 'https://dc.services.visualstudio.com';

const REMEDY = "Copy it again from the resource's Overview page in the Azure portal.";
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HOST_NAME = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/i;
const LOCATION = /^[a-z0-9-]+$/i;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const NO_AUDIENCE = /[\u0000-\u001f\u007f\s]/;
/** What `URL` mends silently: control characters, blanks, "\\" for "/", other than two slashes before the host. */
const MENDED_BY_URL = /[\u0000-\u001f\u007f\s\\]|^https?:(?!\/\/[^/])|^\//i;

/**
 * Reads an Application Insights connection string.
 *
 * Keys are read in any case; spaces around keys and values are dropped; empty segments are legal; a value may
 * hold `=`. Endpoints are https, or http where the host is a loopback address; a missing scheme means https.
 * Keys this library has no use for (`LiveEndpoint`, `ProfilerEndpoint` and the like) are passed over.
 *
 * @throws ConfigurationError when it cannot be used as it stands.
 */
export function parseConnectionString(text: unknown): ConnectionString {
  const { pairs, warnings } = toPairs(text);
  const aadAudience = pairs.get('aadaudience');
  if (aadAudience !== undefined && NO_AUDIENCE.test(aadAudience)) {
    throw malformed('found blanks or control characters in AADAudience');
  }
  const applicationId = pairs.get('applicationid');
  const authorization = pairs.get('authorization');
  return {
    instrumentationKey: toInstrumentationKey(pairs.get('instrumentationkey')),
    ingestionEndpoint: toIngestionEndpoint(pairs),
    ...(aadAudience !== undefined && { aadAudience }),
    ...(applicationId !== undefined && { applicationId }),
    warnings:
      authorization === undefined || authorization.toLowerCase() === 'ikey'
        ? warnings
        : [...warnings, 'connectionString: "Authorization" is ignored. Pass a credential to use Entra ID.'],
  };
}

/** Shows the beginning of an instrumentation key, enough to recognize it and too little to use it. */
export function maskKey(instrumentationKey: string): string {
  return `${instrumentationKey.slice(0, 4)}…`;
}

function toPairs(text: unknown): { pairs: Map<string, string>; warnings: string[] } {
  if (typeof text !== 'string') {
    throw malformed(`found ${text === null ? 'null' : `a value of type ${typeof text}`}`);
  }
  const pairs = new Map<string, string>();
  const warnings: string[] = [];
  for (const segment of text.split(';').map(part => part.trim())) {
    if (segment === '') continue;
    const equals = segment.indexOf('=');
    if (equals < 1) throw malformed(`found "${maskKey(segment)}" without a "key=" in front of it`);
    const key = segment.slice(0, equals).trim();
    const value = segment.slice(equals + 1).trim();
    if (/["']/.test(key)) throw malformed('found a quotation mark in front of it; take the quotes away');
    if (value === '') throw malformed(`found ${shownKey(key)} without a value`);
    const known = pairs.get(key.toLowerCase());
    if (known !== undefined && known !== value) throw malformed(`found ${shownKey(key)} twice with different values`);
    if (known !== undefined) warnings.push(`connectionString: ${shownKey(key)} is given twice.`);
    pairs.set(key.toLowerCase(), value);
  }
  if (pairs.size === 0) {
    throw new ConfigurationError(
      'CONNECTION_STRING_MISSING',
      'connectionString: expected "InstrumentationKey=…;IngestionEndpoint=…", found an empty text. ' + REMEDY,
    );
  }
  return { pairs, warnings };
}

function toInstrumentationKey(key: string | undefined): string {
  if (key === undefined) {
    throw new ConfigurationError(
      'INSTRUMENTATION_KEY_MISSING',
      `connectionString: expected "InstrumentationKey=…" in it, found none. ${REMEDY}`,
    );
  }
  if (!GUID.test(key)) {
    throw new ConfigurationError(
      'INSTRUMENTATION_KEY_INVALID',
      `connectionString: expected InstrumentationKey to be a GUID such as 00000000-0000-0000-0000-000000000000, ` +
        `found "${maskKey(key)}" (${key.length} characters). ${REMEDY}`,
    );
  }
  return key.toLowerCase();
}

function toIngestionEndpoint(pairs: ReadonlyMap<string, string>): string {
  const endpoint = pairs.get('ingestionendpoint');
  if (endpoint !== undefined) return toEndpoint('IngestionEndpoint', endpoint);
  const suffix = pairs.get('endpointsuffix');
  if (suffix === undefined) return DEFAULT_INGESTION_ENDPOINT;
  const location = pairs.get('location');
  if (location !== undefined && !LOCATION.test(location)) {
    throw invalidEndpoint('Location', 'letters, digits and hyphens', location);
  }
  const host = suffix.replace(/^\./, '');
  if (!HOST_NAME.test(host)) throw invalidEndpoint('EndpointSuffix', 'a host name', suffix);
  return toEndpoint('EndpointSuffix', `https://${location === undefined ? '' : `${location}.`}dc.${host}`);
}

function toEndpoint(subject: string, text: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const isPlain = !MENDED_BY_URL.test(text) && URL.canParse(withScheme);
  if (!isPlain)
    throw invalidEndpoint(subject, 'a URL such as https://westeurope-5.in.applicationinsights.azure.com', text);
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalidEndpoint(subject, 'an https URL', text);
  if (url.username !== '' || url.password !== '' || text.includes('@')) {
    throw invalidEndpoint(subject, 'no user name or password', text);
  }
  if (/[?#]/.test(text)) throw invalidEndpoint(subject, 'neither query nor fragment', text);
  if (url.protocol === 'http:' && !LOOPBACK_HOST.test(url.hostname)) {
    throw new ConfigurationError(
      'ENDPOINT_INSECURE',
      `connectionString: expected ${subject} to begin with https://, found "${shown(text)}". ` +
        'Plain http is accepted for loopback addresses only.',
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function malformed(found: string): ConfigurationError {
  return new ConfigurationError(
    'CONNECTION_STRING_MALFORMED',
    `connectionString: expected "key=value" pairs separated by ";", ${found}. ${REMEDY}`,
  );
}

function invalidEndpoint(subject: string, expected: string, found: string): ConfigurationError {
  return new ConfigurationError(
    'ENDPOINT_INVALID',
    `connectionString: expected ${subject} to hold ${expected}, found "${shown(found)}". ${REMEDY}`,
  );
}

/** Keys are shown in full only if they can be a key: somebody may have pasted a secret in its place. */
function shownKey(key: string): string {
  return /^[a-z]{1,24}$/i.test(key) ? key : `"${maskKey(key)}"`;
}

/** An endpoint without what may be secret in it: user info, query, fragment, control characters. */
function shown(endpoint: string): string {
  const plain = endpoint.replace(/[?#].*$/s, '?…').replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1…@');
  return plain.replace(/[\u0000-\u001f\u007f]/g, '\ufffd').slice(0, 200);
}
