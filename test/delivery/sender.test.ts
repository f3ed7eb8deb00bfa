import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { Delivered, Delivery } from '../../src/delivery/delivery.ts';
import { settled, until } from './fake-clock.ts';
import { Bench, items } from './delivery-bench.ts';
import type { RecordedRequest, Step } from './scripted-server.ts';

const HELD: Delivered = { kind: 'held' };
const SENT: Delivered = { kind: 'sent' };

describe('the sender', () => {
  let bench: Bench;
  let delivery: Delivery;
  const start = async (script: Step[], answer?: (request: RecordedRequest) => Step): Promise<void> => {
    bench = await Bench.start(script, answer);
    delivery = bench.open();
  };
  const empty = (): boolean => delivery.stats().memoryItems === 0;

  afterEach(() => bench.close());

  it('says that a batch is sent when the service has taken it', async () => {
    await start([]);
    expect(await delivery.send(items(0, 3), 'traces')).to.deep.equal(SENT);
    expect([bench.requests, delivery.stats().accepted, bench.clock.pending]).to.deep.equal([[[0, 1, 2]], 3, 0]);
  });

  it('says that an empty batch is sent, and sends nothing', async () => {
    await start([]);
    expect(await delivery.send([], 'traces')).to.deep.equal(SENT);
    expect(bench.requests).to.deep.equal([]);
  });

  it('answers at once while the gate is closed', async () => {
    await start([{ status: 503, headers: { 'retry-after': '3600' } }]);
    await delivery.send(items(0, 1), 'traces');
    expect(await delivery.send(items(1, 2), 'traces')).to.deep.equal(HELD);
    expect(await delivery.send(items(2, 3), 'traces')).to.deep.equal(HELD);
    expect(delivery.stats()).to.deep.include({ created: 3, memoryItems: 3 });
    expect(bench.requests).to.deep.equal([[0]]);
  });

  it('holds a batch that has no answer after 250 ms, and goes on waiting for it', async () => {
    const answer = new EventEmitter();
    const answered = once(answer, 'given');
    await start([{ after: answered }]);
    const sending = delivery.send(items(0, 2), 'traces');
    await until(() => bench.requests.length === 1);
    bench.clock.advance(249);
    await settled();
    expect(delivery.stats().memoryItems).to.equal(2);
    bench.clock.advance(1);
    expect(await sending).to.deep.equal(HELD);
    expect(delivery.stats()).to.deep.include({ memoryItems: 2, accepted: 0, gate: { state: 'open' } });
    answer.emit('given');
    await until(empty);
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, accepted: 2 });
  });

  it('holds the process open while somebody waits for the answer, and no longer', async () => {
    await start([{ fault: 'hang' }]);
    const sending = delivery.send(items(0, 1), 'traces');
    expect(bench.clock.held).to.equal(1);
    bench.clock.advance(250);
    await sending;
    expect(bench.clock.held).to.equal(0);
  });

  it('never has more than two requests under way', async () => {
    await start([], () => ({ fault: 'hang' }));
    for (let n = 0; n < 5; n += 1) void delivery.send(items(n, n + 1), 'traces');
    await until(() => bench.requests.length === 2);
    await settled();
    expect(bench.requests).to.have.deep.members([[0], [1]]);
  });

  it('answers at once while all requests have been waiting for longer than that', async () => {
    await start([], () => ({ fault: 'hang' }));
    const stalled = [delivery.send(items(0, 1), 'traces'), delivery.send(items(1, 2), 'traces')];
    await until(() => bench.requests.length === 2);
    bench.clock.advance(250);
    expect(await Promise.all(stalled)).to.deep.equal([HELD, HELD]);
    expect(await delivery.send(items(2, 3), 'traces')).to.deep.equal(HELD);
  });

  it('gathers what has to wait, whatever its signal, into one body', async () => {
    await start([{ status: 503 }]);
    await delivery.send(items(0, 1), 'traces');
    await delivery.send(items(1, 3), 'metrics');
    await delivery.send(items(3, 6), 'logs');
    await delivery.send(items(6, 7), 'traces');
    bench.clock.advance(1000);
    await until(empty);
    expect(bench.requests).to.deep.equal([[0], [0], [1, 2, 3, 4, 5, 6]]);
    expect(delivery.stats().signals).to.deep.equal({
      traces: { created: 2, accepted: 2, rejected: 0, dropped: 0 },
      metrics: { created: 2, accepted: 2, rejected: 0, dropped: 0 },
      logs: { created: 3, accepted: 3, rejected: 0, dropped: 0 },
    });
  });

  it('gathers what has to wait into bodies of up to a megabyte', async () => {
    const answer = new EventEmitter();
    const answered = once(answer, 'given');
    await start([{ after: answered }, { after: answered }]);
    const sending = [0, 1, 2, 3, 4].map(n => delivery.send(items(n, n + 1, noise(300_000)), 'traces'));
    await until(() => bench.requests.length === 2);
    answer.emit('given');
    await Promise.all(sending);
    expect(bench.requests).to.have.deep.members([[0], [1], [2, 3, 4]]);
  });

  it('gives each signal its own share of a body that is taken in part', async () => {
    const errors = [0, 2, 3].map(index => ({ index, statusCode: index === 3 ? 500 : 400, message: '' }));
    await start([{ status: 503 }, {}, { status: 206, body: { errors } }]);
    await delivery.send(items(9, 10), 'logs');
    await delivery.send(items(0, 2), 'traces');
    await delivery.send(items(2, 5), 'metrics');
    bench.clock.advance(1000);
    await until(() => delivery.stats().memoryItems === 1);
    expect(delivery.stats().signals).to.deep.equal({
      traces: { created: 2, accepted: 1, rejected: 1, dropped: 0 },
      metrics: { created: 3, accepted: 1, rejected: 1, dropped: 0 },
      logs: { created: 1, accepted: 1, rejected: 0, dropped: 0 },
    });
    bench.clock.advance(1000);
    await until(empty);
    expect(bench.requests.at(-1)).to.deep.equal([3]);
    expect(delivery.stats().signals.metrics.accepted).to.equal(2);
  });

  it('tries a closed gate with the smallest body', async () => {
    await start([{ status: 503 }, { status: 503 }]);
    await delivery.send(items(0, 1, noise(700_000)), 'traces');
    await delivery.send(items(1, 2, noise(500_000)), 'traces');
    await delivery.send(items(2, 3, noise(800_000)), 'traces');
    bench.clock.advance(1000);
    await until(() => delivery.stats().gate.state === 'closed');
    expect(bench.requests).to.deep.equal([[0], [1]]);
  });

  it('pushes the oldest out of a full memory, and counts it', async () => {
    await start([{ status: 503 }]);
    delivery = bench.open({ memoryMaxBytes: 3_000_000 });
    for (let n = 0; n < 8; n += 1) await delivery.send(items(n, n + 1, noise(700_000)), 'traces');
    await until(() => delivery.stats().memoryItems === 5); // Compressed, it is no smaller.
    const { created, dropped, memoryItems, memoryBytes } = delivery.stats();
    expect([created, dropped, memoryItems]).to.deep.equal([8, { memory: 3 }, 5]);
    expect(memoryBytes).to.be.at.most(3_000_000);
    bench.clock.advance(1000);
    await until(empty);
    expect(bench.requests.flat()).to.have.members([0, 3, 4, 5, 6, 7]);
    expect(bench.events.filter(({ kind }) => kind === 'dropped')).to.deep.equal(
      Array.from({ length: 3 }, () => ({ kind: 'dropped', count: 1, reason: 'memory' })),
    );
  });

  it('keeps several times as much as its bound, compressed', async () => {
    await start([{ status: 503 }]);
    delivery = bench.open({ memoryMaxBytes: 2_000_000 });
    const text = 'SELECT * FROM orders WHERE id = ? '.repeat(300);
    for (let n = 0; n < 1000; n += 50) await delivery.send(items(n, n + 50, text), 'traces');
    const { memoryItems, memoryBytes, dropped } = delivery.stats();
    expect([memoryItems, dropped]).to.deep.equal([1000, {}]);
    expect(memoryBytes).to.be.at.most(2_000_000);
    expect(text.length * memoryItems).to.be.above(10_000_000);
  });

  it('takes a batch larger than its memory body by body while the service takes them', async () => {
    await start([]);
    delivery = bench.open({ memoryMaxBytes: 1_000_000 });
    expect(await delivery.send(items(0, 40, noise(100_000)), 'traces')).to.deep.equal(SENT);
    expect(bench.requests.flat()).to.deep.equal(Array.from({ length: 40 }, (_, n) => n));
    expect(bench.server.requests.length).to.be.at.least(16);
  });

  it('tells of an answer that should not be, and takes the items for sent', async () => {
    await start([
      { status: 204 },
      { status: 206, body: { itemsReceived: 2, itemsAccepted: 1, errors: [] } },
      { status: 200, body: { itemsReceived: 1, itemsAccepted: 1, errors: [] } },
    ]);
    expect(await delivery.send(items(0, 2), 'traces')).to.deep.equal(SENT);
    expect(await delivery.send(items(2, 4), 'traces')).to.deep.equal(SENT);
    expect(await delivery.send(items(4, 6), 'traces')).to.deep.equal(SENT);
    expect(delivery.stats()).to.deep.include({ accepted: 6, oddAnswers: 3 });
    await settled();
    expect(bench.events).to.deep.equal([
      { kind: 'odd_answer', message: 'HTTP 204 where 200 is expected' },
      { kind: 'odd_answer', message: 'an answer whose counts do not add up to the items sent' },
      { kind: 'odd_answer', message: 'an answer whose counts do not add up to the items sent' },
    ]);
  });

  it('tells of every change of the gate, and of every loss', async () => {
    await start([{ status: 503 }, {}, { status: 405 }]);
    await delivery.send(items(0, 2), 'traces');
    bench.clock.advance(1000);
    await until(empty);
    await delivery.send(items(2, 4), 'traces');
    await settled();
    expect(bench.events).to.deep.equal([
      { kind: 'gate', gate: { state: 'closed', reason: 'HTTP 503', cause: 'service', reopensInMillis: 1000 } },
      { kind: 'gate', gate: { state: 'half-open', reason: 'HTTP 503', cause: 'service' } },
      { kind: 'gate', gate: { state: 'open' } },
      { kind: 'rejected', count: 2, status: '405', message: 'HTTP 405' },
    ]);
  });

  it('tells a listener of several exporters once, until the last of them has shut down', async () => {
    await start([{ status: 405 }, { status: 405 }, { status: 405 }]);
    const told: unknown[] = [];
    const onEvent = (event: unknown): number => told.push(event);
    const [one, other] = [bench.open({ onEvent }), bench.open({ onEvent })];
    for (const last of [undefined, one, other]) {
      await last?.shutdown();
      await delivery.send(items(0, 1), 'traces');
      await settled();
    }
    expect(told).to.have.length(2);
  });

  it('does not mind a listener that throws', async () => {
    await start([{ status: 405 }]);
    delivery = bench.open({
      onEvent: () => {
        throw new Error('theirs');
      },
    });
    await delivery.send(items(0, 1), 'traces');
    await settled();
    expect(bench.events).to.have.length(1);
  });

  it('says how long the oldest item has waited, and what went wrong last', async () => {
    await start([{ status: 503 }]);
    await delivery.send(items(0, 1), 'traces');
    bench.clock.advance(400);
    await delivery.send(items(1, 2), 'traces');
    bench.clock.advance(200);
    expect(delivery.stats()).to.deep.include({
      oldestMillis: 600,
      lastError: { reason: 'HTTP 503', host: new URL(bench.server.url).host, atMillis: 1795348800000 },
    });
  });
});

/** Text that does not compress well. */
function noise(length: number): string {
  return randomBytes(length).toString('base64').slice(0, length);
}
