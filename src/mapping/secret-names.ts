/*
 * Names that announce a secret: of attributes, of headers, of query parameters, of parts of a connection string.
 */

/** Stands where a secret was. */
export const REDACTED = 'REDACTED';

/** Anywhere in a name. */
const SECRET_WORD = /passwo?r?d|secret|connection_?string/;

/** Headers that hold credentials; instrumentations write `_` for `-`. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'api-key',
  'x-api-key',
  'x-auth-token',
  'x-amz-security-token',
  'x-functions-key',
  'ocp-apim-subscription-key',
]);

/** What nothing but a secret is called. Written without `-` and `_`, which everybody sets differently. */
const SECRET_NAMES: readonly string[] = [
  'accesstoken',
  'idtoken',
  'refreshtoken',
  'apikey',
  'privatekey',
  'accountkey',
  'sharedaccesskey',
  'sharedaccesssignature',
  'subscriptionkey',
];

const SECRET_ATTRIBUTES: ReadonlySet<string> = new Set(SECRET_NAMES);

/** What is a secret wherever `name=value` stands: in a query, a connection string, a log line. */
const SECRET_PAIRS: ReadonlySet<string> = new Set([
  ...SECRET_NAMES,
  'pwd',
  'token',
  'authorization',
  'sig',
  'signature',
]);

/**
 * What is a secret, or part of one, in the query of a URL only: elsewhere these words are too common.
 * `se`, `sp` and so on belong to Azure's shared access signatures.
 * https://learn.microsoft.com/rest/api/storageservices/create-service-sas
 */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set(['code', 'key', 'se', 'sp', 'sr', 'st', 'sv', 'skoid', 'sktid']);

/** The signed URLs of AWS and Google Cloud. */
const SECRET_PARAMETER_PREFIXES: readonly string[] = ['x-amz-', 'x-goog-'];

/** More keys than a program uses; what comes after them is not remembered but looked at again. */
const MAX_REMEMBERED_KEYS = 2000;
/** Of a longer key its end is read. */
const LONGEST_READ_KEY = 1024;
const remembered = new Map<string, boolean>();

/** Whether the value of an attribute, or of a member of a map, is a secret by its key. */
export function isSecretKey(key: string): boolean {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const isSecret = isSecretName(key.slice(-LONGEST_READ_KEY).toLowerCase());
  if (remembered.size < MAX_REMEMBERED_KEYS && key.length <= 150) remembered.set(key, isSecret);
  return isSecret;
}

/** Whether `value` in `name=value` is a secret; `inQuery` when it stands in the query of a URL. */
export function isSecretPair(name: string, inQuery: boolean): boolean {
  const lowerCase = name.toLowerCase();
  if (SECRET_PAIRS.has(unhyphenated(lowerCase)) || SECRET_WORD.test(lowerCase)) return true;
  if (!inQuery) return false;
  return SECRET_PARAMETERS.has(lowerCase) || SECRET_PARAMETER_PREFIXES.some(prefix => lowerCase.startsWith(prefix));
}

function isSecretName(key: string): boolean {
  if (SECRET_WORD.test(key)) return true;
  const name = key.slice(key.lastIndexOf('.') + 1);
  return SECRET_HEADERS.has(name.replaceAll('_', '-')) || SECRET_ATTRIBUTES.has(unhyphenated(name));
}

function unhyphenated(name: string): string {
  return name.replaceAll(/[-_]/g, '');
}
