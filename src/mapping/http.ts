import type { AttributeReader } from './attributes.ts';
import type { CallDetails } from './call.ts';
import { CALLED_SERVER, peekServer, takePath, takeUrl } from './http-url.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import { reading, type Reading } from './reading.ts';
import * as semconv from './semconv.ts';
import { HOST_HEADER, PEERS, peekHost, takeAuthority, takeService, takeTarget } from './target.ts';
import { defaultPortOf, parseUrl, type Authority, type UrlOrigin } from './url.ts';

const PEERS_AND_HEADER = [...PEERS, HOST_HEADER];

/**
 * Whether a span is a call over HTTP. Frameworks give the work inside of a server the method and path of its request
 * too, on internal spans that name no server: those called nobody.
 */
export function isHttpCall(attributes: AttributeReader, { kind }: ReadableSpan): boolean {
  if (kind !== SpanKind.INTERNAL || attributes.peek(semconv.PEER_SERVICE) !== undefined) return true;
  const url = attributes.peekText(semconv.URL_FULL);
  return (url !== undefined && parseUrl(url) !== undefined) || peekHost(attributes, PEERS_AND_HEADER) !== undefined;
}

const TARGET: Reading<string | undefined> = reading();

/** Describes an HTTP call. */
export function describeHttp(attributes: AttributeReader): CallDetails {
  const url = takeUrl(attributes, CALLED_SERVER);
  return {
    type: 'Http',
    name: takeHttpName(attributes, takePath(attributes, url)),
    target: attributes.recall(TARGET, url?.parts?.origin, () => takeHttpTarget(attributes, url?.parts?.origin)),
    data: url?.text,
    resultCode: attributes.takeText(semconv.HTTP_STATUS_CODE),
    httpStatus: attributes.peekNumber(semconv.HTTP_STATUS_CODE),
  };
}

/** `METHOD where`, or `undefined` when it is not known where. A method that nobody knows is shown as `HTTP`. */
export function takeHttpName(attributes: AttributeReader, where: string | undefined): string | undefined {
  if (where === undefined) return undefined;
  const method = attributes.takeText(semconv.HTTP_METHOD);
  return `${method === '_OTHER' ? 'HTTP' : method} ${where}`;
}

function takeHttpTarget(attributes: AttributeReader, url: UrlOrigin | undefined): string | undefined {
  const service = takeService(attributes);
  if (service !== undefined) return service;
  const defaultPort = defaultPortOf(url?.scheme ?? attributes.peekText(semconv.URL_SCHEME));
  const authority = whole(peekServer(attributes, CALLED_SERVER), url);
  return authority === undefined
    ? takeTarget(attributes, defaultPort)
    : takeAuthority(attributes, authority, defaultPort);
}

/** The server that was named, with the port of the URL if that is where the port stands. */
function whole(named: Authority | undefined, url: UrlOrigin | undefined): Authority | undefined {
  if (named === undefined) return url;
  return named.port === undefined && named.host === url?.host ? url : named;
}
