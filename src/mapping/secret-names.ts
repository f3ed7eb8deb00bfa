/*
 * Names that announce a secret: of attributes, of headers, of query parameters, of parts of a connection string.
 */

/** Stands where a secret was. */
export const REDACTED = 'REDACTED';

/** Where the value that follows a name is a secret, each place including those before it. */
export const SECRECY = {
  nowhere: 0,
  /** In the query of a URL only: elsewhere the word is too common. */
  inQuery: 1,
  /** Wherever `name=value` stands: in a connection string, a form, a log line. */
  inPair: 2,
  /** As an attribute, a member of a map, a header too. */
  asKey: 3,
} as const;

/** One of these places; the later, the more places. */
export type Secrecy = (typeof SECRECY)[keyof typeof SECRECY];

/** Anywhere in a name. */
const SECRET_WORD = /passwo?r?d|passphrase|secret|connection_?string/;
/** At its end, `-` and `_` aside, which everybody sets differently. */
const SECRET_ENDING =
  /(?:passwo?r?d|passphrase|secret|connectionstring|(?:api|private|access|account|subscription|functions)key|sharedaccesssignature|authorization)$/;
/** The same, but these are also words that texts are about. */
const CREDENTIAL_ENDING = /(?:token|credentials?|jwt)$/;
/** How pwd and pass are written when they are a password: the environment's PWD is a folder. */
const SHORT_PASSWORD = /(?:^|[_.-])(?:pwd|Pwd)$|_PWD$|[a-z]Pwd$|_(?:pass|PASS)$|^(?:key|store)pass$/;

/** A token that is counted, or tells where a list goes on; and a header that is only about credentials. */
const ORDINARY =
  /(?:^|[_-])(?:max|min|next|previous|page|continuation|sync|start|stop|end|first|last|per|input|output|prompt|completion|total|unexpected|invalid|cancellation)[_-]?token$|allow[_-]?credentials$/;

const { asKey, inPair, inQuery } = SECRECY;
/** What is a secret when it is just called so; without `-` and `_`. */
const SECRET_NAMES: ReadonlyMap<string, Secrecy> = new Map<string, Secrecy>([
  ['cookie', asKey],
  ['setcookie', asKey],
  ['bearer', asKey],
  ['samlresponse', asKey],
  ['clientassertion', asKey],
  ['pwd', inPair],
  ['sig', inPair],
  ['signature', inPair],
  ['jsessionid', inPair],
  ['phpsessid', inPair],
  ['assertion', inQuery],
  ['auth', inQuery],
  ['code', inQuery],
  ['key', inQuery],
  ['otp', inQuery],
  ['pass', inQuery],
  ['passcode', inQuery],
  ['samlrequest', inQuery],
  ['sas', inQuery],
  ['session', inQuery],
  ['sessionid', inQuery],
  // Azure's shared access signatures. https://learn.microsoft.com/rest/api/storageservices/create-service-sas
  ['se', inQuery],
  ['sp', inQuery],
  ['sr', inQuery],
  ['st', inQuery],
  ['sv', inQuery],
  ['skoid', inQuery],
  ['sktid', inQuery],
]);

/** The signed URLs of AWS and Google Cloud. */
const SECRET_PARAMETER_PREFIX = /^x-(?:amz|goog)-/;

/** More names than a program uses; what comes after them is not remembered but looked at again. */
const MAX_REMEMBERED_NAMES = 2000;
/** Of a longer name its end is read. */
const LONGEST_READ_NAME = 1024;
const remembered = new Map<string, Secrecy>();

/** Whether the value of an attribute, or of a member of a map, is a secret by its key. */
export function isSecretKey(key: string): boolean {
  return secrecyOf(key) === SECRECY.asKey;
}

/** Where what this name announces is a secret; of a name with dots its last part counts most. */
export function secrecyOf(name: string): Secrecy {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const secrecy = judge(name.slice(-LONGEST_READ_NAME));
  if (remembered.size < MAX_REMEMBERED_NAMES && name.length <= 150) remembered.set(name, secrecy);
  return secrecy;
}

/** Whether a name is surely that of a secret, also where people write about tokens and credentials. */
export function isSurelySecret(name: string): boolean {
  const plain = unhyphenated(name).replace(/\d{1,4}$/, '');
  if (SECRET_ENDING.test(plain) || SHORT_PASSWORD.test(name)) return true;
  return secrecyOf(name) === SECRECY.asKey && CREDENTIAL_ENDING.exec(plain)?.index !== 0 && !SECRET_WORD.test(plain);
}

function judge(name: string): Secrecy {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const plain = unhyphenated(last);
  if (SECRET_WORD.test(name.toLowerCase()) || SECRET_ENDING.test(plain) || SHORT_PASSWORD.test(last))
    return SECRECY.asKey;
  if (CREDENTIAL_ENDING.test(plain)) return ORDINARY.test(snakeCased(last)) ? SECRECY.nowhere : SECRECY.asKey;
  return (
    SECRET_NAMES.get(plain) ?? (SECRET_PARAMETER_PREFIX.test(last.toLowerCase()) ? SECRECY.inQuery : SECRECY.nowhere)
  );
}

function unhyphenated(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

function snakeCased(name: string): string {
  return name.replaceAll(/([a-z])(?=[A-Z])/g, '$1_').toLowerCase();
}
