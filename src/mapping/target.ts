import type { AttributeReader } from './attributes.ts';
import { fact, type Fact } from './fact.ts';
import * as semconv from './semconv.ts';
import { formatAuthority, parseAuthority, toPort, type Authority } from './url.ts';

/** Under which names a host may be found, and under which the port that belongs to it. */
export interface HostNames {
  readonly host: Fact;
  readonly port: Fact;
}

/** The host header, which brings its port along. */
export const HOST_HEADER: HostNames = { host: semconv.HTTP_HOST, port: fact() };

/** Where the host that was called may be found, the one to believe first. */
export const PEERS: readonly HostNames[] = [
  { host: semconv.SERVER_ADDRESS, port: semconv.SERVER_PORT },
  { host: semconv.PEER_ADDRESS, port: semconv.PEER_PORT },
];

/**
 * Whom a call went to, as `host` or `host:port`; never a URL. `peer.service` wins, since somebody chose that name.
 *
 * A port is shown unless it is `defaultPort`.
 */
export function takeTarget(attributes: AttributeReader, defaultPort?: number): string | undefined {
  const service = takeService(attributes);
  if (service !== undefined) return service;
  const peer = peekHost(attributes, PEERS);
  return peer === undefined ? undefined : takeAuthority(attributes, peer, defaultPort);
}

/** {@link takeTarget} without a port. */
export function takeTargetHost(attributes: AttributeReader): string | undefined {
  return takeService(attributes) ?? takeTarget(attributes, peekHost(attributes, PEERS)?.port);
}

/** The name the caller has given to the service it calls. */
export function takeService(attributes: AttributeReader): string | undefined {
  const service = attributes.takeText(semconv.PEER_SERVICE);
  // Only a URL is taken apart: a chosen name may hold what it likes.
  return service?.includes('://') === true ? formatAuthority(parseAuthority(service)) : service;
}

/** Writes a peer as a target, and marks the attributes that hold what it shows. */
export function takeAuthority(attributes: AttributeReader, authority: Authority, defaultPort?: number): string {
  const shown = authority.port === defaultPort ? { host: authority.host } : authority;
  for (const { host, port } of PEERS) {
    attributes.takeShown(host, shown.host);
    if (shown.port !== undefined) attributes.takeShown(port, shown.port);
  }
  return formatAuthority(shown);
}

/** The first host that is found, with its own port or the one that stands beside it. */
export function peekHost(attributes: AttributeReader, places: readonly HostNames[]): Authority | undefined {
  for (const { host, port } of places) {
    const text = attributes.peekText(host);
    const authority = text === undefined ? undefined : parseAuthority(text);
    if (authority === undefined || authority.host === '') continue;
    return { host: authority.host, port: authority.port ?? toPort(attributes.peek(port)) };
  }
  return undefined;
}
