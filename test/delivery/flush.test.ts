import { expect } from 'chai';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { Bench, items } from './delivery-bench.ts';
import { settled, until } from './fake-clock.ts';
import type { RecordedRequest, Step } from './scripted-server.ts';

const END = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => String(error),
  );

describe('flush and shutdown', () => {
  let bench: Bench;
  let delivery: Delivery;
  const start = async (script: Step[], answer?: (request: RecordedRequest) => Step): Promise<void> => {
    bench = await Bench.start(script, answer);
    delivery = bench.open();
  };

  afterEach(() => bench.close());

  it('resolves at once when there is nothing to send', async () => {
    await start([]);
    const { pending } = bench.clock;
    await delivery.flush();
    expect([bench.clock.pending, bench.clock.held]).to.deep.equal([pending, 0]);
  });

  it('resolves when all that was handed over before is sent', async () => {
    await start([{ status: 503 }]);
    await delivery.send(items(0, 2), 'traces');
    const flushed = END(delivery.flush());
    await settled();
    expect(delivery.stats().memoryItems).to.equal(2);
    bench.clock.advance(1000);
    expect(await flushed).to.equal('resolved');
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, accepted: 2 });
  });

  it('does not wait for what is handed over later', async () => {
    await start([{}], () => ({ fault: 'hang' }));
    const first = delivery.send(items(0, 1), 'traces');
    const flushed = delivery.flush();
    await first;
    void delivery.send(items(1, 2), 'traces');
    await flushed;
    expect(delivery.stats().memoryItems).to.equal(1);
  });

  it('waits for every body of a batch that takes several', async () => {
    await start([]);
    delivery = bench.open({ memoryMaxBytes: 40_000 });
    const sending = delivery.send(items(0, 10, 'x'.repeat(5000)), 'traces');
    await delivery.flush();
    expect(delivery.stats().accepted).to.equal(10);
    await sending;
  });

  it('counts items that are lost as flushed: nothing more can be done for them', async () => {
    await start([{ status: 405 }]);
    void delivery.send(items(0, 2), 'traces');
    expect(await END(delivery.flush())).to.equal('resolved');
  });

  it('rejects after 30 s with how many items are unsent', async () => {
    await start([], () => ({ fault: 'hang' }));
    void delivery.send(items(0, 3), 'traces');
    const flushed = END(delivery.flush());
    bench.clock.advance(29_999);
    await settled();
    expect(bench.clock.held).to.equal(1);
    bench.clock.advance(1);
    expect(await flushed).to.equal('Error: 3 items are unsent, there was no answer');
    expect(bench.clock.held).to.equal(0);
  });

  it('rejects at once when the gate is certain to stay closed for longer', async () => {
    await start([{ status: 429, headers: { 'retry-after': '3600' } }]);
    await delivery.send(items(0, 3), 'traces');
    expect(await END(delivery.flush())).to.equal('Error: 3 items are unsent: HTTP 429');
  });

  it('rejects as soon as the gate closes for longer', async () => {
    await start([{ status: 503 }, { status: 429, headers: { 'retry-after': '3600' } }]);
    await delivery.send(items(0, 3), 'traces');
    const flushed = END(delivery.flush());
    bench.clock.advance(1000);
    expect(await flushed).to.equal('Error: 3 items are unsent: HTTP 429');
  });

  it('flushes, when it shuts down, and leaves neither timer nor connection', async () => {
    await start([{ status: 503 }]);
    await delivery.send(items(0, 2), 'traces');
    const closed = delivery.shutdown();
    bench.clock.advance(1000);
    await closed;
    await until(() => bench.server.connections === 0);
    expect(delivery.stats()).to.deep.include({ accepted: 2, memoryItems: 0, dropped: {} });
    expect(bench.clock.pending).to.equal(0);
  });

  it('aborts what hangs at its deadline, and counts what is lost', async () => {
    await start([], () => ({ fault: 'hang' }));
    void delivery.send(items(0, 3), 'traces');
    await until(() => bench.requests.length === 1);
    const closed = END(delivery.shutdown());
    bench.clock.advance(7999);
    await settled();
    expect(delivery.stats().memoryItems).to.equal(3);
    bench.clock.advance(1);
    expect(await closed).to.equal('resolved');
    await until(() => bench.server.connections === 0);
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, dropped: { shutdown: 3 } });
    await settled();
    expect(bench.events.at(-1)).to.deep.equal({ kind: 'dropped', count: 3, reason: 'shutdown' });
    expect(bench.clock.pending).to.equal(0);
  });

  it('does not wait for a gate that stays closed for longer than its deadline', async () => {
    await start([{ status: 429, headers: { 'retry-after': '60' } }]);
    await delivery.send(items(0, 3), 'traces');
    await delivery.shutdown();
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, dropped: { shutdown: 3 } });
  });

  it('shuts down once, however often it is asked', async () => {
    await start([]);
    expect(delivery.shutdown()).to.equal(delivery.shutdown());
  });

  it('leaves to the others what it could not send itself', async () => {
    await start([{ status: 429, headers: { 'retry-after': '60' } }]);
    const other = bench.open();
    await delivery.send(items(0, 3), 'traces');
    await delivery.shutdown();
    expect(other.stats().memoryItems).to.equal(3);
    bench.clock.advance(60_000);
    await until(() => other.stats().memoryItems === 0);
    expect(other.stats()).to.deep.include({ accepted: 3, dropped: {} });
  });
});
