import type { IncomingHttpHeaders } from 'node:http';
import { isOfSameCloud } from './cloud.ts';

/** Longer ones are no address of the ingestion service. */
const MAX_LOCATION_LENGTH = 2048;

const MAX_REMEMBERED_MILLIS = 24 * 60 * 60 * 1000;

/** Where a redirect leads, or why it is not followed. */
export type Redirect = { readonly url: URL } | { readonly refusal: string };

/**
 * Decides whether to follow a redirect from `from`, given where the user wanted the telemetry to go.
 *
 * Only over https, and only to the configured host or to the ingestion hosts of its cloud: telemetry, and the token with
 * it, must not reach anybody else. A configured http endpoint, which is on loopback, may redirect to itself.
 */
export function resolveRedirect(location: string | undefined, from: URL, configured: URL): Redirect {
  if (location === undefined) return { refusal: 'a redirect without a location' };
  const url = location.length > MAX_LOCATION_LENGTH ? undefined : parse(location, from);
  if (url === undefined) return { refusal: 'a redirect to an address that cannot be read' };
  if (url.username !== '' || url.password !== '') return { refusal: 'a redirect with user information' };
  if (!isTrusted(url, configured)) return { refusal: `a redirect to ${url.origin}, which is not trusted` };
  url.hash = '';
  return { url };
}

function parse(location: string, from: URL): URL | undefined {
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

function isTrusted(url: URL, configured: URL): boolean {
  if (url.host === configured.host && url.protocol === configured.protocol) return true;
  if (url.protocol !== 'https:') return false;
  // Any other port of a trusted host may belong to somebody else.
  return url.port === '' && isOfSameCloud(url.hostname, configured.hostname);
}

/**
 * For how long later requests go straight to where this answer redirects: as its `Cache-Control: max-age` says; without
 * one a temporary redirect is not remembered and a permanent one for a day, which is the longest.
 */
export function rememberedMillis(headers: IncomingHttpHeaders, isPermanent: boolean): number {
  const maxAge = /(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/i.exec(headers['cache-control'] ?? '')?.[1];
  if (maxAge === undefined) return isPermanent ? MAX_REMEMBERED_MILLIS : 0;
  return Math.min(Number(maxAge) * 1000, MAX_REMEMBERED_MILLIS);
}
