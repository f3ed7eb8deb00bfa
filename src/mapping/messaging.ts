import type { AttributeReader } from './attributes.ts';
import type { CallDetails } from './call.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import * as semconv from './semconv.ts';
import { takeTargetHost } from './target.ts';
import { parseAuthority } from './url.ts';

/**
 * Describes the sending, fetching or settling of messages; `target` is `host/destination`.
 *
 * Spans of an Azure SDK are known by the Azure service in place of the system: the portal has icons for it.
 */
export function describeMessaging(attributes: AttributeReader, { kind }: ReadableSpan): CallDetails {
  const azureService = attributes.peekText(semconv.AZURE_NAMESPACE);
  const system = azureService ?? attributes.peekText(semconv.MESSAGING_SYSTEM);
  const target = takeChannel(attributes) ?? system;
  // What an Azure SDK does inside the process is no call, whatever it is about.
  if (system === undefined || (kind === SpanKind.INTERNAL && azureService !== undefined))
    return { type: undefined, target };
  attributes.take(azureService === undefined ? semconv.MESSAGING_SYSTEM : semconv.AZURE_NAMESPACE);
  return { type: kind === SpanKind.PRODUCER ? `Queue Message | ${system}` : system, target };
}

/**
 * Where messages wait, as `host/destination`, or the one of them that is known.
 *
 * Without a port, which often only one end knows: the target of who sends and the source of who consumes have to be
 * equal for Azure Monitor to join them.
 */
export function takeChannel(attributes: AttributeReader): string | undefined {
  const host = takeTargetHost(attributes) ?? brokerOf(attributes);
  const destination = attributes.takeText(semconv.MESSAGING_DESTINATION);
  if (host === undefined || destination === undefined) return host ?? destination;
  return `${host}/${destination}`;
}

/** Older instrumentations name the broker by a URL only. */
function brokerOf(attributes: AttributeReader): string | undefined {
  const url = attributes.peekText(semconv.MESSAGING_URL);
  const host = url === undefined ? '' : parseAuthority(url).host;
  return host === '' ? undefined : host;
}
