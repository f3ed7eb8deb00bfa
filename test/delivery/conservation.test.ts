import { expect } from 'chai';
import * as fc from 'fast-check';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Delivered, Delivery } from '../../src/delivery/delivery.ts';
import { openDelivery } from '../../src/delivery/registry.ts';
import type { Signal } from '../../src/delivery/item.ts';
import type { DeliveryStats } from '../../src/delivery/stats.ts';
import type { Answer, PostRequest, Transport } from '../../src/delivery/transport.ts';
import { parseFileName } from '../../src/spool/file-name.ts';
import type { FileSystem } from '../../src/spool/file-system.ts';
import { MemoryFileSystem, systemError } from '../spool/memory-file-system.ts';
import { FakeClock, until } from './fake-clock.ts';

const decompress = promisify(gunzip);
const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs'];

/** One answer of a service that does whatever it likes, given how many items it got. */
type Whim = (itemsSent: number) => Answer;

const response = (statusCode: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  kind: 'response',
  statusCode,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  extent: 'whole',
});

const retryAfter = fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined });
const status = fc.constantFrom(200, 202, 301, 307, 400, 401, 402, 404, 405, 408, 413, 429, 439, 500, 503, 505);
const anyErrors = fc.array(
  fc.oneof(
    fc.record({ index: fc.integer({ min: -1, max: 12 }), statusCode: fc.constantFrom(400, 429, 500, 503) }),
    fc.record({ index: fc.integer({ min: 0, max: 5 }), statusCode: fc.constantFrom(400, 500), message: fc.string() }),
    fc.jsonValue(),
  ),
  { maxLength: 6 },
);
const whim: fc.Arbitrary<Whim> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Whim>(sent => response(200, { itemsReceived: sent, itemsAccepted: sent })) },
  {
    weight: 4,
    arbitrary: fc.tuple(status, retryAfter).map(
      ([code, seconds]): Whim =>
        () =>
          response(code, '', seconds === undefined ? {} : { 'retry-after': `${seconds}` }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(200, 206, 400), anyErrors).map(
      ([code, errors]): Whim =>
        sent =>
          response(code, { itemsReceived: sent, itemsAccepted: Math.max(0, sent - errors.length), errors }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string().map(
      (body): Whim =>
        () =>
          response(206, body),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Whim>(() => ({ kind: 'failure', code: 'ECONNRESET', message: 'reset' })) },
);

type Step =
  | { readonly kind: 'send'; readonly count: number; readonly signal: Signal; readonly bytes: number }
  | { readonly kind: 'wait'; readonly millis: number }
  | { readonly kind: 'drop'; readonly signal: Signal; readonly count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      count: fc.integer({ min: 0, max: 12 }),
      signal: fc.constantFrom(...SIGNALS),
      bytes: fc.integer({ min: 20, max: 400 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), millis: fc.integer({ min: 0, max: 4000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('drop' as const), signal: fc.constantFrom(...SIGNALS), count: fc.nat(3) }),
  },
);

/** Answers by whims, and watches that no request comes before the wait that the last one asked for is over. */
class WhimsicalTransport implements Transport {
  readonly taken = new Map<string, number>();
  readonly #whims: Whim[];
  readonly #clock: FakeClock;
  readonly #observe: () => void;
  #underWay = 0;
  #notBeforeMillis = 0;

  constructor(whims: readonly Whim[], clock: FakeClock, observe: () => void) {
    this.#whims = [...whims];
    this.#clock = clock;
    this.#observe = observe;
  }

  async post({ body }: PostRequest): Promise<Answer> {
    this.#underWay += 1;
    expect(this.#underWay).to.be.at.most(2);
    expect(this.#clock.monotonicMillis()).to.be.at.least(this.#notBeforeMillis);
    this.#observe();
    const items = JSON.parse((await decompress(body)).toString()) as string[];
    this.#observe();
    for (const item of items) this.taken.set(item, (this.taken.get(item) ?? 0) + 1);
    const answer = this.#whims.shift()?.(items.length) ?? response(200, '');
    this.#underWay -= 1;
    this.#noteWait(answer);
    return answer;
  }

  close(): void {
    this.#whims.length = 0;
  }

  #noteWait(answer: Answer): void {
    const seconds = answer.kind === 'response' ? answer.headers['retry-after'] : undefined;
    if (seconds === undefined) return;
    const wait = Math.min(Math.max(Number(seconds) * 1000, 1000), 86_400_000);
    this.#notBeforeMillis = Math.max(this.#notBeforeMillis, this.#clock.monotonicMillis() + wait);
  }
}

/** A disk that refuses some of the calls. */
interface Disk {
  readonly files: FileSystem;
  readonly maxBytes: number;
  readonly keepsFirst: boolean;
  readonly isGood: boolean;
}

const FOLDER = '/home/me/spool';

/** One run: what the steps did, with a look at the books at every turn. */
class Run {
  readonly clock = new FakeClock();
  readonly delivery: Delivery;
  readonly transport: WhimsicalTransport;
  readonly answers: Promise<Delivered>[] = [];
  readonly #disk: Disk | undefined;
  #created = 0;
  #calls = 0;

  constructor(whims: readonly Whim[], random: () => number, disk?: Disk) {
    this.#disk = disk;
    this.transport = new WhimsicalTransport(whims, this.clock, () => this.check());
    this.delivery = openDelivery(
      {
        ingestionEndpoint: 'http://127.0.0.1/',
        instrumentationKey: 'key',
        memoryMaxBytes: 8000,
        onEvent: () => this.check(),
        storage: disk && { directories: [FOLDER], maxBytes: disk.maxBytes, keepsFirst: disk.keepsFirst },
      },
      { clock: this.clock, random, transport: this.transport, spool: { files: disk?.files, uid: 1000 } },
    );
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'send': {
        const items = Array.from({ length: one.count }, () =>
          Buffer.from(`"${this.#created++} ${'x'.repeat(one.bytes)}"`),
        );
        this.answers.push(this.delivery.send(items, one.signal));
        break;
      }
      case 'drop':
        this.delivery.drop('unconvertible', one.signal, one.count);
        break;
      case 'wait':
        this.clock.advance(one.millis);
    }
    this.check();
    await this.#standstill();
    this.check();
  }

  /** Resolves when nothing more happens by itself: everything is gone or on disk, or waits in memory for the gate. */
  #standstill(): Promise<void> {
    return until(() => {
      const { gate, memoryItems } = this.delivery.stats();
      return memoryItems === 0 || (gate.state === 'closed' && this.#disk?.isGood !== true);
    });
  }

  /** Every item has ended; those who handed them over have all been answered, once. */
  async end(): Promise<void> {
    const closed = this.delivery.shutdown();
    for (let turn = 0; turn < 40; turn += 1) {
      await this.#standstill();
      this.clock.advance(250);
      this.check();
    }
    await closed;
    await Promise.all(this.answers.map(answer => answer.then(() => (this.#calls += 1))));
    this.check();
    const stats = this.delivery.stats();
    expect([stats.memoryItems, this.clock.pending, this.#calls]).to.deep.equal([0, 0, this.answers.length]);
    expect(stats.accepted).to.be.at.most(this.transport.taken.size);
  }

  check(): void {
    const stats = this.delivery.stats();
    expect(sum(stats)).to.equal(stats.created + stats.adopted);
    expect(stats.memoryBytes >= 0 && stats.oldestMillis >= 0).to.equal(true);
    const bySignal = Object.values(stats.signals);
    for (const what of ['created', 'accepted'] as const) {
      expect(bySignal.reduce((total, counts) => total + counts[what], 0)).to.equal(stats[what]);
    }
  }
}

function sum({ accepted, rejected, dropped, memoryItems, diskItems, yielded }: DeliveryStats): number {
  const lost = [...Object.values(rejected), ...Object.values(dropped)];
  return lost.reduce((total, count) => total + count, accepted + memoryItems + diskItems + yielded);
}

describe('the conservation law', () => {
  it('holds at every moment, for any answers to any batches', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(whim, { maxLength: 25 }),
        fc.array(step, { minLength: 1, maxLength: 15 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (whims, steps, random) => {
          const run = new Run(whims, () => random);
          for (const one of steps) await run.take(one);
          await run.end();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('holds at every moment with a disk, whatever the disk does, and in what is left there', async function () {
    this.timeout(120_000);
    const code = fc.option(fc.constantFrom('EIO', 'ENOSPC', 'EROFS'), { nil: undefined, freq: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(whim, { maxLength: 25 }),
        fc.array(step, { minLength: 1, maxLength: 15 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.infiniteStream(code),
        fc.constantFrom(
          { isGood: true, maxBytes: 1_000_000 },
          { isGood: false, maxBytes: 1_000_000 },
          { isGood: false, maxBytes: 3000 },
        ),
        fc.boolean(),
        async (whims, steps, random, codes, { isGood, maxBytes }, keepsFirst) => {
          const disk = new MemoryFileSystem(1000);
          const files = disk.seenBy(1000, () => {
            const refusal = isGood ? undefined : codes.next().value;
            if (refusal !== undefined) throw systemError(refusal);
          });
          const run = new Run(whims, () => random, { files, maxBytes, keepsFirst, isGood });
          for (const one of steps) await run.take(one);
          await run.end();
          if (!isGood) return;
          const onDisk = disk.files(FOLDER).map(file => parseFileName(path.basename(file))?.items ?? 0);
          expect(onDisk.reduce((total, items) => total + items, 0)).to.equal(run.delivery.stats().diskItems);
          expect(run.delivery.stats().dropped).not.to.have.any.keys('memory', 'shutdown', 'corrupt');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves every item of a 206 taken, refused or waiting, whatever its errors', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(anyErrors, fc.integer({ min: 1, max: 10 }), async (errors, count) => {
        const run = new Run([() => response(206, { errors })], () => 0);
        await run.take({ kind: 'send', count, signal: 'traces', bytes: 20 });
        await run.take({ kind: 'wait', millis: 2000 });
        await run.take({ kind: 'wait', millis: 2000 });
        const { accepted, rejected } = run.delivery.stats();
        await run.end();
        const refused = Object.values(rejected).reduce((total, one) => total + one, 0);
        expect(accepted + refused).to.equal(count);
        expect(run.transport.taken.size).to.equal(count);
      }),
      { numRuns: 200 },
    );
  });
});
