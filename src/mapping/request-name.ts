import { AttributeReader } from './attributes.ts';
import { OWN_SERVER, takePath, takeUrl, type HttpUrl } from './http-url.ts';
import { takeHttpName } from './http.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import { takeNamedMethod } from './rpc.ts';
import * as semconv from './semconv.ts';

/** What of a span its name as a request comes from. */
export type NamedRequest = Pick<ReadableSpan, 'kind' | 'name' | 'attributes'>;

/**
 * The name of the operation that a request is: the one it was given by hand, or its own. A request that has not ended
 * may not know its route yet; then `foundRoute` is the one that a framework has found.
 */
export function requestNameOf(request: NamedRequest, foundRoute?: string): string {
  const attributes = new AttributeReader(request.attributes);
  const given = attributes.peekText(semconv.OPERATION_NAME);
  return given ?? takeRequestName(request, attributes, takeRequestUrl(attributes), foundRoute);
}

/** The name of a request: of one over HTTP its method with its route or path, of any other one that of its span. */
export function takeRequestName(
  { kind, name }: NamedRequest,
  attributes: AttributeReader,
  url: HttpUrl | undefined,
  foundRoute?: string,
): string {
  if (kind !== SpanKind.SERVER || !isHttp(attributes)) {
    takeNamedMethod(attributes, name);
    return name;
  }
  // A route groups requests best, but stays a property: the name holds it in another form.
  const route = attributes.peekText(semconv.HTTP_ROUTE) ?? foundRoute;
  return takeHttpName(attributes, route ?? takePath(attributes, url)) ?? name;
}

/** The URL that was asked for, if it was asked for over HTTP. */
export function takeRequestUrl(attributes: AttributeReader): HttpUrl | undefined {
  return isHttp(attributes) ? takeUrl(attributes, OWN_SERVER) : undefined;
}

function isHttp(attributes: AttributeReader): boolean {
  return attributes.peek(semconv.HTTP_METHOD) !== undefined;
}
