import { readNumber } from './number.ts';

/** A URL taken apart as text, nothing decoded or made canonical; user info is left out. */
export interface UrlParts {
  readonly scheme: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port?: number | undefined;
  /** Begins with a slash, or is empty. */
  readonly path: string;
  /** Begins with a question mark, or is empty. */
  readonly query: string;
}

/** A host, and a port where one is known. */
export interface Authority {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port?: number | undefined;
}

const URL_SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?/i;
/** By far the most are just that. */
const PLAIN_HOST = /^[\w.-]+$/;
const AUTHORITY_SHAPE = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/;

const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['ws', 80],
  ['wss', 443],
]);

/** Takes a URL with a host apart, or gives `undefined` for what is none. */
export function parseUrl(text: string): UrlParts | undefined {
  const match = URL_SHAPE.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', authority = '', path = '', query = ''] = match;
  return { scheme: scheme.toLowerCase(), ...parseAuthority(authority), path, query };
}

/** Writes a URL out, without a port that goes without saying. */
export function formatUrl({ scheme, host, port, path, query }: UrlParts): string {
  const shownPort = port === undefined || port === defaultPortOf(scheme) ? '' : `:${port}`;
  return `${scheme}://${bracketed(host)}${shownPort}${path}${query}`;
}

/**
 * Reads `host`, `host:port`, `[::1]:port`, and the same with user info before it, a path behind it or in a URL, whose
 * port is left out when it goes without saying.
 */
export function parseAuthority(text: string): Authority {
  if (PLAIN_HOST.test(text)) return { host: text, port: undefined };
  const url = text.includes('://') ? parseUrl(text) : undefined;
  if (url !== undefined) return { host: url.host, port: url.port === defaultPortOf(url.scheme) ? undefined : url.port };
  const behind = text.slice(text.lastIndexOf('@') + 1);
  // A path that begins with a slash is a socket in the file system; any other one is the rest of a URL.
  const plain = behind.startsWith('/') ? behind : behind.slice(0, behind.search(/[/?#]|$/));
  const match = AUTHORITY_SHAPE.exec(plain);
  // Several colons without brackets are an IPv6 address.
  if (match === null) return { host: plain };
  return { host: match[1] ?? match[2] ?? '', port: toPort(match[3]) };
}

/** Writes `host`, or `host:port` when there is a port to show. */
export function formatAuthority({ host, port }: Authority): string {
  return port === undefined ? host : `${bracketed(host)}:${port}`;
}

/** A port as a number from 1 to 65535, or `undefined` for anything else: 0 stands for none. */
export function toPort(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? undefined : readNumber(value);
  return number !== undefined && Number.isInteger(number) && number >= 1 && number <= 65_535 ? number : undefined;
}

/** The port that a URL of this scheme need not name. */
export function defaultPortOf(scheme: string | undefined): number | undefined {
  return scheme === undefined ? undefined : DEFAULT_PORTS.get(scheme.toLowerCase());
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
