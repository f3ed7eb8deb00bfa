import type { TrackError } from './answer.ts';

/** One item to refuse, by its place in the request. */
export interface PartialError {
  readonly index: number;
  readonly statusCode: number;
  /** A message of the test's when not given. */
  readonly message?: string | undefined;
}

/** All ways to break the body of a partial success, for tests that go through them. */
export const PARTIAL_MALFORMATIONS = [
  'index-missing',
  'index-null',
  'index-text',
  'index-fraction',
  'index-negative',
  'index-beyond',
  'index-twice',
  'status-missing',
  'status-text',
  'message-missing',
  'message-null',
  'error-null',
  'error-text',
  'errors-missing',
  'errors-null',
  'errors-object',
  'errors-empty',
  'counts-missing',
  'counts-text',
  'counts-wrong',
  'body-null',
  'body-list',
  'body-empty',
  'body-cut',
  'body-html',
] as const;

/** A way in which the body of a partial success can be broken. */
export type PartialMalformation = (typeof PARTIAL_MALFORMATIONS)[number];

/** The text of a partial success that is broken in the given way; `error` says which item was refused. */
export function malformedBody(malformation: PartialMalformation, error: TrackError, received: number): string {
  const body = BODIES[malformation](error, received);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

type Body = (error: TrackError, received: number) => unknown;

/** Each way to break the answer about one refused item; text goes out as it is, everything else as JSON. */
const BODIES: Readonly<Record<PartialMalformation, Body>> = {
  'index-missing': ({ statusCode, message }, received) => partial(received, [{ statusCode, message }]),
  'index-null': (error, received) => partial(received, [{ ...error, index: null }]),
  'index-text': (error, received) => partial(received, [{ ...error, index: String(error.index) }]),
  'index-fraction': (error, received) => partial(received, [{ ...error, index: error.index + 0.5 }]),
  'index-negative': (error, received) => partial(received, [{ ...error, index: -1 }]),
  'index-beyond': (error, received) => partial(received, [{ ...error, index: received }]),
  'index-twice': (error, received) => partial(received, [error, error]),
  'status-missing': ({ index, message }, received) => partial(received, [{ index, message }]),
  'status-text': (error, received) => partial(received, [{ ...error, statusCode: String(error.statusCode) }]),
  'message-missing': ({ index, statusCode }, received) => partial(received, [{ index, statusCode }]),
  'message-null': (error, received) => partial(received, [{ ...error, message: null }]),
  'error-null': (_error, received) => partial(received, [null]),
  'error-text': ({ message }, received) => partial(received, [message]),
  'errors-missing': (_error, received) => ({ itemsReceived: received, itemsAccepted: received - 1 }),
  'errors-null': (_error, received) => partial(received, null),
  'errors-object': (error, received) => partial(received, { 0: error }),
  'errors-empty': (_error, received) => partial(received, []),
  'counts-missing': error => ({ errors: [error] }),
  'counts-text': (error, received) => ({ itemsReceived: `${received}`, itemsAccepted: 'most', errors: [error] }),
  'counts-wrong': (error, received) => ({ itemsReceived: received + 1, itemsAccepted: received + 1, errors: [error] }),
  'body-null': () => null,
  'body-list': error => [error],
  'body-empty': () => '',
  'body-cut': (error, received) => JSON.stringify(partial(received, [error])).slice(0, -9),
  'body-html': () => '<!DOCTYPE html><title>Partial Content</title>',
};

function partial(received: number, errors: unknown): object {
  return { itemsReceived: received, itemsAccepted: received - 1, errors };
}
