import type { AttributeReader } from './attributes.ts';
import { withoutUserInfo } from './user-info.ts';
import * as semconv from './semconv.ts';
import { peekHost, type HostNames } from './target.ts';
import { defaultPortOf, formatAuthority, formatUrl, parseUrl, type Authority, type UrlParts } from './url.ts';

/** The URL of an HTTP span, and its parts if it is a whole one. */
export interface HttpUrl {
  readonly text: string;
  readonly parts?: UrlParts | undefined;
}

/** Where the span of the server itself has its own host; on the span of a caller it is among the {@link PEERS}. */
export const OWN_HOSTS: readonly HostNames[] = [{ host: semconv.OWN_ADDRESS, port: semconv.OWN_PORT }];

/** The URL that the attributes hold, or the one that their parts make; what it shows is marked. */
export function takeUrl(attributes: AttributeReader, servers: readonly HostNames[]): HttpUrl | undefined {
  const given = attributes.takeText(semconv.URL_FULL) ?? takeWholeTarget(attributes);
  const text = given === undefined ? composeUrl(attributes, servers) : withoutUserInfo(given);
  if (text === undefined) return undefined;
  const parts = parseUrl(text);
  if (parts !== undefined) markShown(attributes, servers, parts);
  return { text, parts };
}

/** What was asked of a proxy is a URL already. https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
function takeWholeTarget(attributes: AttributeReader): string | undefined {
  const target = attributes.peekText(semconv.HTTP_TARGET);
  if (target === undefined || parseUrl(target) === undefined) return undefined;
  return attributes.takeText(semconv.HTTP_TARGET);
}

/** The path of the URL, or the one that is known without a URL; what was asked of the server itself as it was asked. */
export function takePath(attributes: AttributeReader, url: HttpUrl | undefined): string | undefined {
  const asked = attributes.peekText([...semconv.URL_PATH, ...semconv.HTTP_TARGET]);
  if (asked !== undefined && isOfServer(asked)) return asked;
  const path = url?.parts?.path ?? attributes.takeText(semconv.URL_PATH) ?? peekPlace(attributes)?.path;
  return path === '' ? '/' : path;
}

/** Whether a request is about no resource: `OPTIONS *`, `CONNECT host:port`. */
function isOfServer(target: string): boolean {
  return target === '*' || /^[^/?#]{1,255}:\d{1,5}$/.test(target);
}

/** The server as the request names it: by its address, or else by the host header. */
export function peekServer(attributes: AttributeReader, servers: readonly HostNames[]): Authority | undefined {
  const named = servers.slice(0, 1).map(({ host, port }) => ({ host: host.slice(0, 1), port }));
  return peekHost(attributes, [...named, { host: semconv.HTTP_HOST, port: [] }]);
}

/** Scheme, host and path must be known: with less, different resources would look like one. */
function composeUrl(attributes: AttributeReader, servers: readonly HostNames[]): string | undefined {
  const scheme = attributes.peekText(semconv.URL_SCHEME);
  const authority = peekServer(attributes, servers) ?? peekHost(attributes, servers);
  const place = peekPlace(attributes);
  if (scheme === undefined || authority === undefined || place === undefined) return undefined;
  return formatUrl({ scheme, ...authority, ...place });
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

function markShown(attributes: AttributeReader, servers: readonly HostNames[], url: UrlParts): void {
  const { scheme, host, path, query } = url;
  const port = url.port === defaultPortOf(scheme) ? undefined : url.port;
  attributes.takeShown(semconv.URL_SCHEME, scheme);
  for (const names of servers) {
    attributes.takeShown(names.host, host);
    if (port !== undefined) attributes.takeShown(names.port, port);
  }
  attributes.takeShown(semconv.HTTP_HOST, formatAuthority({ host, port }));
  attributes.takeShown(semconv.URL_PATH, path);
  attributes.takeShown(semconv.URL_QUERY, query);
  attributes.takeShown(semconv.URL_QUERY, query.slice(1));
  attributes.takeShown(semconv.HTTP_TARGET, path + query);
}
