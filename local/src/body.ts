import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** How large a body may be, on the wire and after gunzip. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly maxInflatedBytes: number;
}

/** A body read to its end, or why there is none. */
export type Body =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too-large'; readonly maxBytes: number }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'aborted' };

/** A body that can be answered. */
export type ReadableBody = Exclude<Body, { readonly kind: 'aborted' }>;

/** A client that still sends after this many times the limit is cut off instead of answered. */
const PATIENCE = 8;

const gunzipAsync = promisify(gunzip);

/**
 * Reads a request's body as text and unpacks gzip. Never holds more than the limits: of a body that is too large the
 * rest is thrown away as it comes, so that the client can read the answer.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'identity') {
    request.resume();
    return { kind: 'malformed', reason: 'content-encoding: expected gzip or identity' };
  }
  const bytes = await collect(request, limits.maxBytes);
  if (bytes === 'aborted') return { kind: 'aborted' };
  if (bytes === 'too-large') return { kind: 'too-large', maxBytes: limits.maxBytes };
  return encoding === 'gzip' ? unpack(bytes, limits.maxInflatedBytes) : decode(bytes);
}

async function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'aborted'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (length > maxBytes * PATIENCE) return 'aborted';
    }
  } catch {
    // The client went away in the middle of its body.
    return 'aborted';
  }
  return length > maxBytes ? 'too-large' : Buffer.concat(chunks);
}

async function unpack(bytes: Buffer, maxBytes: number): Promise<Body> {
  try {
    return decode(await gunzipAsync(bytes, { maxOutputLength: maxBytes }));
  } catch (error) {
    if (isTooLarge(error)) return { kind: 'too-large', maxBytes };
    return { kind: 'malformed', reason: `gzip: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

function decode(bytes: Buffer): Body {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'malformed', reason: 'the body is not UTF-8' };
  }
}
