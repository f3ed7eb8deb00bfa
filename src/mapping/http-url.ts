import type { AttributeReader } from './attributes.ts';
import { withoutUserInfo } from './user-info.ts';
import { fact, type Fact } from './fact.ts';
import { inOnePiece } from './json-text.ts';
import { reading, type Reading } from './reading.ts';
import * as semconv from './semconv.ts';
import { HOST_HEADER, PEERS, peekHost, type HostNames } from './target.ts';
import {
  defaultPortOf,
  formatAuthority,
  formatOrigin,
  parseOrigin,
  parseUrl,
  type Authority,
  type UrlOrigin,
  type UrlParts,
} from './url.ts';

/** The URL of an HTTP span, and its parts if it is a whole one. */
export interface HttpUrl {
  readonly text: string;
  readonly parts?: UrlParts | undefined;
}

/** Where the server of a request is found: by the address or the host header that the request names it by, or anywhere. */
export interface Servers {
  readonly named: readonly HostNames[];
  readonly all: readonly HostNames[];
  /** What of a URL is composed of these. */
  readonly origin: Reading<ComposedOrigin | undefined>;
  /** Which attributes the origin of a URL shows. */
  readonly shown: Reading<void>;
}

/** The server that was called, on the span of its caller. */
export const CALLED_SERVER: Servers = toServers(PEERS);
/** The server itself, on its own span. */
export const OWN_SERVER: Servers = toServers([{ host: semconv.OWN_ADDRESS, port: semconv.OWN_PORT }]);

function toServers(all: readonly HostNames[]): Servers {
  const named = all.slice(0, 1).map(({ host, port }) => ({ host: fact(...host.names.slice(0, 1)), port }));
  return { named: [...named, HOST_HEADER], all, origin: reading(), shown: reading() };
}

/** The URL that the attributes hold, or the one that their parts make; what it shows is marked. */
export function takeUrl(attributes: AttributeReader, servers: Servers): HttpUrl | undefined {
  const given = attributes.takeText(semconv.URL_FULL) ?? takeWholeTarget(attributes);
  const url = given === undefined ? composeUrl(attributes, servers) : readUrl(withoutUserInfo(given));
  if (url?.parts !== undefined) markShown(attributes, servers, url.parts);
  return url;
}

function readUrl(text: string): HttpUrl {
  return { text, parts: parseUrl(text) };
}

/** What was asked of a proxy is a URL already. https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
function takeWholeTarget(attributes: AttributeReader): string | undefined {
  const target = attributes.peekText(semconv.HTTP_TARGET);
  if (target === undefined || parseUrl(target) === undefined) return undefined;
  return attributes.takeText(semconv.HTTP_TARGET);
}

/** What was asked of the server, as it was asked. */
const ASKED: Fact = fact(...semconv.URL_PATH.names, ...semconv.HTTP_TARGET.names);

/** The path of the URL, or the one that is known without a URL; what was asked of the server itself as it was asked. */
export function takePath(attributes: AttributeReader, url: HttpUrl | undefined): string | undefined {
  const asked = attributes.peekText(ASKED);
  if (asked !== undefined && isOfServer(asked)) return asked;
  const path = url?.parts?.path ?? attributes.takeText(semconv.URL_PATH) ?? peekPlace(attributes)?.path;
  return path === '' ? '/' : path;
}

/** Whether a request is about no resource: `OPTIONS *`, `CONNECT host:port`. */
function isOfServer(target: string): boolean {
  if (target.startsWith('/')) return false; // As nearly all.
  return target === '*' || /^[^/?#]{1,255}:\d{1,5}$/.test(target);
}

/** The server as the request names it: by its address, or else by the host header. */
export function peekServer(attributes: AttributeReader, servers: Servers): Authority | undefined {
  return peekHost(attributes, servers.named);
}

/** Scheme, host and path must be known: with less, different resources would look like one. */
function composeUrl(attributes: AttributeReader, servers: Servers): HttpUrl | undefined {
  const place = peekPlace(attributes);
  if (place === undefined) return undefined;
  const server = attributes.recall(servers.origin, undefined, () => peekOrigin(attributes, servers));
  if (server === undefined) return undefined;
  const text = server.text + place.path + place.query;
  const isWhole = server.origin !== undefined && !/[?#]/.test(place.path) && !place.query.includes('#');
  return isWhole ? { text, parts: { origin: server.origin, path: place.path, query: place.query } } : readUrl(text);
}

/** Scheme and server, as text and, if the text is just that, taken apart. */
interface ComposedOrigin {
  readonly text: string;
  readonly origin: UrlOrigin | undefined;
}

function peekOrigin(attributes: AttributeReader, servers: Servers): ComposedOrigin | undefined {
  const scheme = attributes.peekText(semconv.URL_SCHEME);
  const authority = peekServer(attributes, servers) ?? peekHost(attributes, servers.all);
  if (scheme === undefined || authority === undefined) return undefined;
  const text = inOnePiece(formatOrigin({ scheme, ...authority }));
  return { text, origin: parseOrigin(text) };
}

/** Path and query, from their own attributes or from the one that held both. */
function peekPlace(attributes: AttributeReader): Pick<UrlParts, 'path' | 'query'> | undefined {
  const path = attributes.peekText(semconv.URL_PATH);
  if (path !== undefined && !isOfServer(path)) return { path: prefixed('/', path), query: queryOf(attributes) };
  const target = path ?? attributes.peekText(semconv.HTTP_TARGET);
  if (target === undefined) return undefined;
  if (isOfServer(target)) return { path: '', query: '' };
  const end = target.search(/[?#]|$/);
  return { path: prefixed('/', target.slice(0, end)), query: target.slice(end) };
}

/** Some instrumentations write the question mark into the attribute, others do not. */
function queryOf(attributes: AttributeReader): string {
  const query = attributes.peekText(semconv.URL_QUERY);
  return query === undefined ? '' : prefixed('?', query);
}

function prefixed(prefix: string, text: string): string {
  return text.startsWith(prefix) ? text : prefix + text;
}

function markShown(attributes: AttributeReader, servers: Servers, { origin, path, query }: UrlParts): void {
  attributes.recall(servers.shown, origin, () => markOrigin(attributes, servers, origin));
  attributes.takeShown(semconv.URL_PATH, path);
  attributes.takeShown(semconv.URL_QUERY, query);
  attributes.takeShown(semconv.URL_QUERY, query.slice(1));
  attributes.takeShown(semconv.HTTP_TARGET, path + query);
}

function markOrigin(attributes: AttributeReader, servers: Servers, origin: UrlOrigin): void {
  const { scheme, host } = origin;
  const port = origin.port === defaultPortOf(scheme) ? undefined : origin.port;
  attributes.takeShown(semconv.URL_SCHEME, scheme);
  for (const names of servers.all) {
    attributes.takeShown(names.host, host);
    if (port !== undefined) attributes.takeShown(names.port, port);
  }
  attributes.takeShown(semconv.HTTP_HOST, formatAuthority({ host, port }));
}
