import { readNumber } from './number.ts';

/** A URL taken apart as text, nothing decoded or made canonical; user info is left out. */
export interface UrlParts {
  readonly origin: UrlOrigin;
  /** Begins with a slash, or is empty. */
  readonly path: string;
  /** Begins with a question mark, or is empty. */
  readonly query: string;
}

/** Where a URL leads, its path and query aside. The same text gives the same object, most often. */
export interface UrlOrigin {
  readonly scheme: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port?: number | undefined;
}

/** A host, and a port where one is known. */
export interface Authority {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port?: number | undefined;
}

const ORIGIN_SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)$/i;
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
  const scheme = text.indexOf('://');
  if (scheme === -1) return undefined;
  const end = endOfAuthority(text, scheme + '://'.length);
  const origin = parseOrigin(text.slice(0, end));
  if (origin === undefined) return undefined;
  const mark = text.indexOf('#', end);
  const whole = mark === -1 ? text : text.slice(0, mark);
  const query = whole.indexOf('?', end);
  if (query === -1) return { origin, path: whole.slice(end), query: '' };
  return { origin, path: whole.slice(end, query), query: whole.slice(query) };
}

function endOfAuthority(text: string, start: number): number {
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x2f || code === 0x3f || code === 0x23) return index;
  }
  return text.length;
}

/** More origins than a program calls; when there are more, all are forgotten. */
const MAX_ORIGINS = 500;
const LONGEST_REMEMBERED = 256;
const origins = new Map<string, UrlOrigin>();

/** Takes `scheme://authority` apart, or gives `undefined` for what is none. */
export function parseOrigin(text: string): UrlOrigin | undefined {
  const known = origins.get(text);
  if (known !== undefined) return known;
  const match = ORIGIN_SHAPE.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', authority = ''] = match;
  const origin = { scheme: scheme.toLowerCase(), ...parseAuthority(authority) };
  if (origins.size >= MAX_ORIGINS) origins.clear();
  if (text.length <= LONGEST_REMEMBERED && !text.includes('@')) origins.set(text, origin);
  return origin;
}

/** Writes the origin of a URL out, without a port that goes without saying. */
export function formatOrigin({ scheme, host, port }: UrlOrigin): string {
  const shownPort = port === undefined || port === defaultPortOf(scheme) ? '' : `:${port}`;
  return `${scheme}://${bracketed(host)}${shownPort}`;
}

/**
 * Reads `host`, `host:port`, `[::1]:port`, and the same with user info before it, a path behind it or in a URL, whose
 * port is left out when it goes without saying.
 */
export function parseAuthority(text: string): Authority {
  if (PLAIN_HOST.test(text)) return { host: text, port: undefined };
  const url = text.includes('://') ? parseUrl(text) : undefined;
  if (url !== undefined) {
    const { scheme, host, port } = url.origin;
    return { host, port: port === defaultPortOf(scheme) ? undefined : port };
  }
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
