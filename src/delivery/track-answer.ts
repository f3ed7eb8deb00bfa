/** What the service says about one item it did not take. */
export interface Rejection {
  /** Position of the item in the body that was sent. */
  readonly index: number;
  readonly statusCode: number;
  readonly message: string;
}

/** The body of an answer to `POST /v2.1/track`. */
export interface TrackAnswer {
  readonly itemsReceived: number | undefined;
  readonly itemsAccepted: number | undefined;
  readonly errors: readonly Rejection[];
  /** Items that the service took and left out by its own sampling; not among the errors. */
  readonly sampledOut: number;
}

/** The service's word for an item it took and left out by its own sampling. */
const SAMPLED_OUT = 'Telemetry sampled out.';

const MAX_MESSAGE_LENGTH = 200;

/**
 * Reads the body of an answer to `itemsSent` items; `undefined` when it does not say what became of each.
 *
 * Unreadable is all that could point at the wrong item: no JSON object, or an error whose `index` is missing, not a
 * whole number, out of range or there twice, or whose `statusCode` is no number. A missing message is an empty one.
 */
export function readTrackAnswer(body: string, itemsSent: number): TrackAnswer | undefined {
  const answer = parseObject(body);
  if (answer === undefined) return undefined;
  const named = toRejections(answer.errors ?? [], itemsSent);
  if (named === undefined) return undefined;
  const errors = named.filter(({ message }) => message !== SAMPLED_OUT);
  return {
    itemsReceived: toCount(answer.itemsReceived),
    itemsAccepted: toCount(answer.itemsAccepted),
    errors,
    sampledOut: named.length - errors.length,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(body: string): Fields | undefined {
  try {
    return toFields(JSON.parse(body));
  } catch {
    return undefined; // The service promises JSON; a proxy in between may not keep the promise.
  }
}

function toFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function toCount(value: unknown): number | undefined {
  return Number.isInteger(value) ? (value as number) : undefined;
}

function toRejections(errors: unknown, itemsSent: number): Rejection[] | undefined {
  if (!Array.isArray(errors)) return undefined;
  const rejections = errors.map(error => toRejection(error, itemsSent)).filter(rejection => rejection !== undefined);
  const indexes = new Set(rejections.map(({ index }) => index));
  return indexes.size === errors.length ? rejections : undefined;
}

function toRejection(error: unknown, itemsSent: number): Rejection | undefined {
  const { index, statusCode, message } = toFields(error) ?? {};
  if (!Number.isInteger(index) || !Number.isInteger(statusCode)) return undefined;
  if ((index as number) < 0 || (index as number) >= itemsSent) return undefined;
  const text = typeof message === 'string' ? message.slice(0, MAX_MESSAGE_LENGTH) : '';
  return { index: index as number, statusCode: statusCode as number, message: text };
}
