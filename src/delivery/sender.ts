import { diag } from '@opentelemetry/api';
import { MAX_BODY_BYTES, splitByBytes } from './body.ts';
import type { Clock } from './clock.ts';
import type { Gate, Pass } from './gate.ts';
import type { IngestionEndpoint, Reply } from './ingestion-endpoint.ts';
import type { Item, Signal } from './item.ts';
import type { Ledger } from './ledger.ts';
import { toRetryable, type Settled } from './outcome.ts';
import { Parcel } from './parcel.ts';
import { redact } from './redact.ts';
import { settle } from './settlement.ts';
import type { LastError } from './stats.ts';
import type { Lease, Storage } from './storage.ts';
import type { Ticket } from './ticket.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/sender' });

/** Two requests at a time keep a fast link busy; more only multiply what a fault leaves in doubt. */
const MAX_IN_FLIGHT = 2;

/** A batch without an answer by then is held: the SDK's queue must not back up behind a slow service. */
const HOLD_AFTER_MILLIS = 250;

/** What a {@link Sender} is made of. */
export interface SenderParts {
  readonly endpoint: IngestionEndpoint;
  readonly storage: Storage;
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** The longest body to begin with. The service's answers may shorten it. */
  readonly maxBodyBytes?: number | undefined;
}

/**
 * Takes items in, and sees each to its end: taken by the service, or lost with a reason.
 *
 * Everything goes through the storage, from which requests take it while the gate lets them.
 */
export class Sender {
  readonly #parts: SenderParts;
  /** Requests under way, and since when on the monotonic clock. */
  readonly #attempts = new Map<Promise<void>, number>();
  #maxBodyBytes: number;
  #lastError: LastError | undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#maxBodyBytes = parts.maxBodyBytes ?? MAX_BODY_BYTES;
  }

  get lastError(): LastError | undefined {
    return this.#lastError;
  }

  /** Takes a batch in, body by body. Resolves when each item has ended or is held. */
  async send(batch: readonly Item[], signal: Signal, ticket: Ticket): Promise<void> {
    const fitting = batch.filter(({ byteLength }) => byteLength + 2 <= MAX_BODY_BYTES);
    this.#refuse(batch.length - fitting.length, signal, ticket);
    for (const part of splitByBytes(fitting, this.#maxBodyBytes)) await this.#handOver(part, signal, ticket);
  }

  /** Begins as many requests as gate and sockets allow. Called whenever that may have changed. */
  pump(): void {
    while (this.#attempts.size < MAX_IN_FLIGHT && this.#parts.storage.hasWaiting) {
      const pass = this.#parts.gate.enter();
      if (pass === undefined) return;
      const attempt = this.#attempt(pass).finally(() => {
        this.#attempts.delete(attempt);
        this.pump();
      });
      this.#attempts.set(attempt, this.#parts.clock.monotonicMillis());
    }
  }

  /** Resolves when no request is under way, and none can begin. */
  async idle(): Promise<void> {
    while (this.#attempts.size > 0) await Promise.all(this.#attempts.keys());
  }

  /** No request can begin, and none is likely to end soon. */
  get #isStalled(): boolean {
    const since = this.#parts.clock.monotonicMillis() - HOLD_AFTER_MILLIS;
    return this.#attempts.size >= MAX_IN_FLIGHT && [...this.#attempts.values()].every(begun => begun <= since);
  }

  #refuse(count: number, signal: Signal, ticket: Ticket): void {
    if (count === 0) return;
    const message = `larger than a request may be (${MAX_BODY_BYTES} bytes)`;
    void ticket.handOver(count);
    this.#parts.ledger.create(signal, count);
    this.#parts.ledger.settle([{ ticket, signal, count }], { kind: 'dropped', reason: 'too_large', message });
  }

  async #handOver(items: Item[], signal: Signal, ticket: Ticket): Promise<void> {
    const { clock, gate, ledger, storage } = this.#parts;
    const count = items.length;
    const calm = ticket.handOver(count);
    ledger.create(signal, count);
    storage.put(new Parcel(items, [{ ticket, signal, count }], clock.monotonicMillis()));
    this.pump();
    if (!gate.isOpen || storage.keepsFirst || this.#isStalled) void this.#hold(ticket);
    const timer = clock.schedule(HOLD_AFTER_MILLIS, () => void this.#hold(ticket));
    timer.hold(); // Sockets do not hold the process: without this nobody would wait for the last answer.
    await calm;
    timer.cancel();
  }

  async #hold(ticket: Ticket): Promise<void> {
    const { handedOver } = ticket;
    await this.#parts.storage.keep();
    ticket.hold(handedOver);
  }

  async #attempt(pass: Pass): Promise<void> {
    const { gate, storage } = this.#parts;
    const lease = await storage.take(pass.isProbe);
    if (lease === undefined) return gate.unused(pass);
    if (lease.parcel.count > 1 && lease.parcel.framedBytes > this.#maxBodyBytes) {
      gate.unused(pass);
      return releaseOnError(lease, async () => lease.release(await lease.parcel.divide(undefined, this.#maxBodyBytes)));
    }
    const reply = await this.#request(lease.parcel);
    this.#tellGate(pass, reply, lease.parcel);
    if ('oddity' in reply.outcome && reply.outcome.oddity !== undefined) {
      this.#parts.ledger.countOddAnswer(reply.outcome.oddity);
    }
    await this.#settle(lease, reply.outcome);
  }

  async #request(parcel: Parcel): Promise<Reply> {
    try {
      return await this.#parts.endpoint.send(await parcel.pack(), parcel.count);
    } catch (error) {
      // A defect of ours, or no memory to compress: the items are kept, not lost with it.
      return { outcome: toRetryable('network', redact(String(error))), retryAfterMillis: undefined, host: '' };
    }
  }

  #tellGate(pass: Pass, { outcome, retryAfterMillis, host }: Reply, parcel: Parcel): void {
    const { gate, clock } = this.#parts;
    const failure = 'reason' in outcome ? outcome.reason : undefined;
    if (failure !== undefined) this.#lastError = { reason: failure, host, atMillis: clock.wallMillis() };
    const reason = failure ?? 'the service asked for a pause';
    const backoff = 'backoff' in outcome ? outcome.backoff : undefined;
    const cause = outcome.kind === 'retryable' ? outcome.cause : undefined;
    const closing = { reason, cause, backoff, retryAfterMillis };
    if (isFailure(outcome, parcel.count)) return gate.failed(pass, closing);
    gate.passed(pass, closing);
  }

  async #settle(lease: Lease, outcome: Settled): Promise<void> {
    const { ledger, gate } = this.#parts;
    const { parcel } = lease;
    if (outcome.kind === 'divisible' && outcome.why === 'too_large' && parcel.count > 1) {
      // Half of it, and room for one item more: its halves differ a little.
      const half = Math.ceil(parcel.framedBytes / 2 + parcel.framedBytes / parcel.count);
      this.#maxBodyBytes = Math.min(this.#maxBodyBytes, half);
    }
    await releaseOnError(lease, () => settle(lease, outcome, ledger));
    if (gate.isOpen) return;
    for (const { ticket } of parcel.shares) void this.#hold(ticket);
  }
}

/** Taking a body apart fails only for want of memory. Then the parcel goes again as it is. */
async function releaseOnError(lease: Lease, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.debug('A parcel could not be taken apart', error);
    lease.release();
  }
}

/** Whether the service is to be spared for now: nothing of the body was taken, and the same may be tried again. */
function isFailure(outcome: Settled, itemsSent: number): boolean {
  switch (outcome.kind) {
    case 'retryable':
    case 'unreadable':
      return true;
    case 'partial':
      return outcome.backoff !== undefined && outcome.retry.length + outcome.rejected.length === itemsSent;
    case 'accepted':
    case 'divisible':
    case 'rejected':
      return false;
  }
}
