import type { Backoff } from './backoff.ts';
import type { Cause } from './cause.ts';
import { readTrackAnswer, type Rejection, type TrackAnswer } from './track-answer.ts';
import type { Answer, Failure, Response } from './transport.ts';

/** What became of one body. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly oddity?: string | undefined }
  /** Each item has its own end: `rejected` is lost, `retry` is to be sent again, the others were taken. */
  | {
      readonly kind: 'partial';
      readonly rejected: readonly Rejection[];
      /** Positions in the body. */
      readonly retry: readonly number[];
      /** How long to wait before that; `undefined` when nothing speaks against doing it now. */
      readonly backoff: Backoff | undefined;
      readonly reason: string;
      readonly oddity?: string | undefined;
    }
  /** Nothing was taken; the same body may be accepted later. */
  | { readonly kind: 'retryable'; readonly cause: Cause; readonly reason: string; readonly backoff: Backoff }
  /** Nobody can tell what was taken. Sending it once more risks duplicates, not sending it risks loss. */
  | { readonly kind: 'unreadable'; readonly status: string; readonly reason: string; readonly backoff: Backoff }
  /** The body cannot be taken as a whole, but parts of it may. */
  | { readonly kind: 'divisible'; readonly why: 'too_large' | 'refused' | 'long_answer'; readonly status: string }
  /** Another address is to be asked. */
  | { readonly kind: 'redirected'; readonly permanent: boolean; readonly location: string | undefined }
  /** Nothing was taken and nothing will be. `status` is the HTTP status or the code of the failure. */
  | { readonly kind: 'rejected'; readonly status: string; readonly reason: string };

/** What is left to the sender: redirects have been followed, or refused. */
export type Settled = Exclude<Outcome, { readonly kind: 'redirected' }>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The pause after a failure, unless the answer asks for another one. */
const BACKOFFS: Readonly<Record<Cause, Backoff>> = {
  network: { shortestMillis: SECOND, longestMillis: 5 * MINUTE },
  // Names resolve again soon after a link is back.
  name_resolution: { shortestMillis: SECOND, longestMillis: MINUTE },
  tls: { shortestMillis: SECOND, longestMillis: 5 * MINUTE },
  service: { shortestMillis: SECOND, longestMillis: 5 * MINUTE },
  quota: { shortestMillis: 60 * MINUTE, longestMillis: 60 * MINUTE },
  credential: { shortestMillis: SECOND, longestMillis: 5 * MINUTE },
  // Granting a role takes minutes to arrive.
  unauthorized: { shortestMillis: MINUTE, longestMillis: 30 * MINUTE },
  invalid_key: { shortestMillis: 60 * MINUTE, longestMillis: 60 * MINUTE },
  not_found: { shortestMillis: 10 * MINUTE, longestMillis: 10 * MINUTE },
  misdirected: { shortestMillis: SECOND, longestMillis: 5 * MINUTE },
  captive_portal: { shortestMillis: SECOND, longestMillis: 5 * MINUTE },
};

/** What each status says, where it is not what its class says (see {@link causeOf}). 439: the quota, of old. */
const CAUSE_BY_STATUS: ReadonlyMap<number, Cause | 'rejected'> = new Map<number, Cause | 'rejected'>([
  [401, 'unauthorized'],
  [402, 'quota'],
  [403, 'unauthorized'],
  [404, 'not_found'],
  [407, 'misdirected'],
  [408, 'service'],
  [421, 'service'],
  [425, 'service'],
  [429, 'service'],
  [439, 'quota'],
  [501, 'rejected'],
  [505, 'rejected'],
]);

const NAME_RESOLUTION_CODES: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);

/** Codes of https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/ and of Node.js' own TLS errors. */
const TLS_CODE = /CERT|SELF_SIGNED|UNABLE_TO_|SSL|TLS|CRL_|HOSTNAME_MISMATCH/;

/** A failure that waits or not as its cause says. */
export function toRetryable(cause: Cause, reason: string): Settled & { kind: 'retryable' } {
  return { kind: 'retryable', cause, reason, backoff: BACKOFFS[cause] };
}

/** Reads how a request with `itemsSent` items ended. Pure. */
export function toOutcome(answer: Answer, itemsSent: number): Outcome {
  switch (answer.kind) {
    case 'failure':
      return failureToOutcome(answer);
    case 'response':
      return responseToOutcome(answer, itemsSent);
  }
}

/** Whatever broke before a complete answer may pass, except our own mistakes, which would break again. */
function failureToOutcome({ code, message, issuer }: Failure): Outcome {
  const reason = `${code}: ${message}`;
  if (code.startsWith('ERR_INVALID_')) return { kind: 'rejected', status: code, reason };
  if (NAME_RESOLUTION_CODES.has(code)) return toRetryable('name_resolution', reason);
  if (!TLS_CODE.test(code)) return toRetryable('network', reason);
  return toRetryable('tls', issuer === undefined ? reason : `${reason}; issued by "${issuer}"`);
}

function responseToOutcome(response: Response, itemsSent: number): Outcome {
  const { statusCode, headers } = response;
  switch (statusCode) {
    case 200:
      return okToOutcome(response, itemsSent);
    case 206:
      return partialToOutcome(response, itemsSent);
    case 307:
    case 308:
      return { kind: 'redirected', permanent: statusCode === 308, location: headers.location };
    case 400:
      return refusalToOutcome(response, itemsSent);
    case 413:
      return { kind: 'divisible', why: 'too_large', status: '413' };
  }
  const cause = causeOf(statusCode);
  if (cause === 'accepted') return { kind: 'accepted', oddity: `HTTP ${statusCode} where 200 is expected` };
  if (cause === 'rejected') return { kind: 'rejected', status: `${statusCode}`, reason: `HTTP ${statusCode}` };
  return toRetryable(cause, `HTTP ${statusCode}`);
}

function causeOf(statusCode: number): Cause | 'accepted' | 'rejected' {
  const cause = CAUSE_BY_STATUS.get(statusCode);
  if (cause !== undefined) return cause;
  if (statusCode < 300) return 'accepted';
  if (statusCode < 400) return 'misdirected';
  return statusCode < 500 ? 'rejected' : 'service';
}

function okToOutcome(response: Response, itemsSent: number): Outcome {
  if (response.extent === 'cut') return unreadable(response);
  if (response.body.trim() === '') return { kind: 'accepted' };
  const answer = readTrackAnswer(response.body, itemsSent);
  // Without the service's counts it is someone else's page: a proxy's or a captive portal's.
  if (answer?.itemsReceived === undefined || answer.itemsAccepted === undefined) {
    return toRetryable('captive_portal', 'HTTP 200 whose body is not an answer of the ingestion service');
  }
  return settleEach(answer, itemsSent);
}

function partialToOutcome(response: Response, itemsSent: number): Outcome {
  if (response.extent === 'too_long') return { kind: 'divisible', why: 'long_answer', status: '206' };
  const answer = readTrackAnswer(response.body, itemsSent);
  return answer === undefined ? unreadable(response) : settleEach(answer, itemsSent);
}

function unreadable({ statusCode }: Response): Outcome {
  const status = `${statusCode}`;
  const reason = `HTTP ${status} that does not say what became of the items`;
  return { kind: 'unreadable', status, reason, backoff: BACKOFFS.service };
}

/** Items that the answer does not name were taken. */
function settleEach(answer: TrackAnswer, itemsSent: number): Outcome {
  const { errors } = answer;
  const oddity = addsUp(answer, itemsSent) ? undefined : 'an answer whose counts do not add up to the items sent';
  if (errors.length === 0) return { kind: 'accepted', oddity };
  const retryable = errors.filter(({ statusCode }) => isRetryable(statusCode));
  return {
    kind: 'partial',
    rejected: errors.filter(({ statusCode }) => !isRetryable(statusCode)),
    retry: retryable.map(({ index }) => index).sort(ascending),
    backoff: retryable.length > 0 ? BACKOFFS.service : undefined,
    reason: describe(retryable[0] ?? errors[0]),
    oddity,
  };
}

/** Whether items sampled out are among the accepted ones is not known; both will do. */
function addsUp({ itemsAccepted, errors, sampledOut }: TrackAnswer, itemsSent: number): boolean {
  if (itemsAccepted === undefined) return true;
  const others = itemsSent - itemsAccepted - errors.length;
  return others === 0 || others === sampledOut;
}

function isRetryable(statusCode: number): boolean {
  const cause = causeOf(statusCode);
  return cause === 'service' || cause === 'quota' || cause === 'unauthorized';
}

function describe(rejection: Rejection | undefined): string {
  return rejection === undefined ? '' : `HTTP ${rejection.statusCode} ${rejection.message}`.trim();
}

/** 400: named items are lost and the others go again; an unknown key waits for the operator; the rest is divided. */
function refusalToOutcome(response: Response, itemsSent: number): Outcome {
  const errors = readTrackAnswer(response.body, itemsSent)?.errors ?? [];
  if (errors.some(({ message }) => /invalid instrumentation key/i.test(message))) {
    return toRetryable('invalid_key', 'HTTP 400 Invalid instrumentation key');
  }
  const rejected = errors.filter(({ statusCode }) => !isRetryable(statusCode));
  if (rejected.length === 0) return { kind: 'divisible', why: 'refused', status: '400' };
  const lost = new Set(rejected.map(({ index }) => index));
  const retry = Array.from({ length: itemsSent }, (_, index) => index).filter(index => !lost.has(index));
  return { kind: 'partial', rejected, retry, backoff: undefined, reason: describe(rejected[0]) };
}

function ascending(one: number, other: number): number {
  return one - other;
}
