import { expect } from 'chai';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Clock } from '../../src/delivery/clock.ts';
import type { Delivery, DeliveryOptions, StorageOptions } from '../../src/delivery/delivery.ts';
import type { World } from '../../src/delivery/shared-delivery.ts';
import type { Transport } from '../../src/delivery/transport.ts';
import { MemoryFileSystem, systemError, type Call } from '../spool/memory-file-system.ts';
import { Bench, items, never } from './delivery-bench.ts';
import { settled, until } from './fake-clock.ts';
import type { RecordedRequest, Step } from './scripted-server.ts';

const FOLDER = '/home/me/spool';
/** The disk is emptied from the last moment on that chance may give. */
const LATE = { random: () => 0.9 };
const BUSY: Step = { status: 503 };
const HOUR = 3_600_000;

describe('a delivery with a disk', () => {
  let bench: Bench;
  let disk: MemoryFileSystem;
  let delivery: Delivery;
  let calls: string[];
  let refuse: (call: Call) => string | undefined;
  let delay: (call: Call) => Promise<unknown> | undefined;

  const open = (
    storageOptions: Partial<StorageOptions> = {},
    world: Partial<World> = {},
    options: Partial<DeliveryOptions> = {},
  ): Delivery => {
    const files = disk.seenBy(1000, call => {
      calls.push(call.name);
      const code = refuse(call);
      if (code !== undefined) throw systemError(code);
      return delay(call);
    });
    const storage = { directories: [FOLDER], ...storageOptions };
    // Options that differ keep two deliveries of one test apart, as two processes are.
    return bench.open(
      { storage, tokenScope: `${Math.random()}`, ...options },
      { spool: { files, uid: 1000 }, ...world },
    );
  };
  const start = async (script: Step[], answer?: (request: RecordedRequest) => Step): Promise<void> => {
    bench = await Bench.start(script, answer);
    delivery = open();
  };
  const fileNames = (): string[] => disk.files(FOLDER).filter(file => disk.node(file).kind === 'file');
  const stored = (count: number) => until(() => delivery.stats().diskItems === count);

  beforeEach(() => {
    disk = new MemoryFileSystem(1000);
    calls = [];
    refuse = () => undefined;
    delay = () => undefined;
  });
  afterEach(() => bench.close());

  it('leaves the disk alone while all goes well', async () => {
    await start([]);
    await settled(); // At its start it looks for what others have left.
    calls.length = 0;
    for (let batch = 0; batch < 5; batch += 1) {
      await delivery.send(items(batch, batch + 1), 'traces');
      bench.clock.advance(1000);
    }
    await delivery.flush();
    expect(delivery.stats()).to.deep.include({ accepted: 5, memoryItems: 0, diskItems: 0 });
    expect([calls, fileNames()]).to.deep.equal([[], []]);
  });

  it('puts on disk what the service does not take, and sends it when the service does', async () => {
    await start([BUSY]);
    expect(await delivery.send(items(0, 3), 'logs')).to.deep.equal({ kind: 'held' });
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, memoryBytes: 0, diskItems: 3 });
    expect(fileNames()).to.have.length(1);
    bench.clock.advance(2000);
    await until(() => delivery.stats().accepted === 3);
    await until(() => fileNames().length === 0);
    expect(bench.requests).to.deep.equal([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(delivery.stats().signals.logs).to.deep.equal({ created: 3, accepted: 3, rejected: 0, dropped: 0 });
  });

  it('sends from disk the same bytes that it would have sent, with the time that is in them', async () => {
    const bodies: Uint8Array[] = [];
    bench = await Bench.start();
    const transport: Transport = {
      post: async ({ body }) => {
        bodies.push(body);
        return {
          kind: 'response',
          statusCode: bodies.length === 1 ? 503 : 200,
          headers: {},
          body: '',
          extent: 'whole',
        };
      },
      close: () => undefined,
    };
    delivery = open({}, { transport });
    const metric = '{"time":"2026-11-22T12:00:00.250Z","data":{"metrics":[{"value":3}]}}';
    expect(await delivery.send([Buffer.from(metric)], 'metrics')).to.deep.equal({ kind: 'held' });
    bench.clock.advance(7 * HOUR);
    await until(() => delivery.stats().accepted === 1);
    expect(bodies.map(body => gunzipSync(body).toString())).to.deep.equal([`[${metric}]`, `[${metric}]`]);
  });

  it('resolves a flush when all is on disk, though the service is away', async () => {
    await start([BUSY]);
    await delivery.send(items(0, 3), 'traces');
    await delivery.flush();
    expect(delivery.stats().diskItems).to.equal(3);
  });

  it('puts on disk what is under way for 250 ms, and removes it there when the service has taken it', async () => {
    let answer = (): void => undefined;
    const after = new Promise<void>(resolve => {
      answer = resolve;
    });
    await start([{ after }]);
    const sent = delivery.send(items(0, 3), 'traces');
    await until(() => bench.server.requests.length === 1);
    expect(fileNames()).to.deep.equal([]);
    bench.clock.advance(250);
    expect(await sent).to.deep.equal({ kind: 'held' });
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, diskItems: 3 });
    // By the time at which it was handed over, not at which it was written.
    expect(fileNames()[0]).to.match(/\/1795348800000-[0-9a-f]{12}-1\.3t\.\d+\.q\.L[0-9a-f]{12}\.\d{13}$/);
    answer();
    await until(() => delivery.stats().accepted === 3);
    await until(() => fileNames().length === 0);
    expect(bench.requests).to.have.length(1);
  });

  it('delivers in a second process what the first could not', async () => {
    await start([BUSY]);
    await delivery.send(items(0, 3), 'metrics');
    await delivery.shutdown();
    expect(fileNames()).to.have.length(1);
    const second = open();
    await until(() => second.stats().adopted === 3);
    bench.clock.advance(0);
    await until(() => second.stats().accepted === 3);
    await until(() => fileNames().length === 0);
    expect(bench.requests.at(-1)).to.deep.equal([0, 1, 2]);
    expect(second.stats()).to.deep.include({ created: 0, diskItems: 0 });
  });

  it('stores what is unsent when it shuts down, and goes on sending it until its time is over', async () => {
    let answer = (): void => undefined;
    const after = new Promise<void>(resolve => {
      answer = resolve;
    });
    await start([{ after }]);
    void delivery.send(items(0, 3), 'traces');
    await until(() => bench.server.requests.length === 1);
    const shut = delivery.shutdown();
    bench.clock.advance(100);
    await until(() => fileNames().some(name => name.includes('.q.L')));
    answer();
    await shut;
    expect(delivery.stats()).to.deep.include({ accepted: 3, diskItems: 0 });
    expect(fileNames()).to.deep.equal([]);
  });

  it('does not touch the disk when it shuts down and the service answers at once', async () => {
    await start([]);
    void delivery.send(items(0, 3), 'traces');
    await delivery.shutdown();
    expect(delivery.stats().accepted).to.equal(3);
    expect([...new Set(calls)]).to.deep.equal(['facts']);
  });

  it('sends before it closes what it has put on disk, and leaves there what others have', async () => {
    const later: ((value?: unknown) => void)[] = [];
    const held = (): Step => ({ after: new Promise(resolve => later.push(resolve)) });
    await start([BUSY, held(), held()]);
    await delivery.send(items(9, 10), 'traces');
    await delivery.shutdown();
    bench.clock.advance(1000); // What the others have is older.
    delivery = open({}, LATE);
    await until(() => delivery.stats().adopted === 1);
    for (const at of [0, 1, 2]) void delivery.send(items(at, at + 1), 'traces');
    await until(() => bench.requests.length === 3);
    bench.clock.advance(250);
    await stored(4);
    for (const answer of later) answer();
    await until(() => delivery.stats().accepted === 2);
    await delivery.shutdown();
    expect(bench.requests.flat()).to.have.members([0, 1, 2, 9]);
    expect([fileNames().length, delivery.stats().diskItems]).to.deep.equal([1, 1]);
  });

  it('leaves on disk what a shutdown cannot send', async () => {
    await start([{ after: never() }]);
    void delivery.send(items(0, 3), 'traces');
    await until(() => bench.server.requests.length === 1);
    const shut = delivery.shutdown();
    bench.clock.advance(100);
    await stored(3);
    bench.clock.advance(8000);
    await shut;
    expect(delivery.stats()).to.deep.include({ dropped: {}, diskItems: 3 });
    expect(fileNames().map(name => name.replace(/^.*\.q/, '.q'))).to.deep.equal(['.q']);
  });

  it('puts everything on disk before it is sent when asked to', async () => {
    const seen: number[] = [];
    bench = await Bench.start([], () => {
      seen.push(fileNames().filter(name => !name.includes('.q.T')).length);
      return {};
    });
    delivery = open({ keepsFirst: true });
    await delivery.send(items(0, 1), 'traces'); // By now everything is loaded.
    await until(() => delivery.stats().accepted === 1 && fileNames().length === 0);
    const pause = async (): Promise<void> => {
      // Time enough for a request that does not wait.
      for (let turns = 100; turns > 0 && seen.length === 1; turns -= 1) await settled();
    };
    delay = ({ name }) => (name === 'write' ? pause() : undefined);
    await delivery.send(items(1, 4), 'traces');
    await until(() => delivery.stats().accepted === 4);
    expect(seen).to.deep.equal([1, 1]);
    await until(() => fileNames().length === 0);
  });

  it('says that a batch is held only when it is on disk, and gathers what comes in meanwhile', async () => {
    const writes: ((value?: unknown) => void)[] = [];
    const results: number[] = [];
    const send = async (n: number): Promise<void> => {
      await delivery.send(items(n, n + 1), 'traces');
      results.push(n);
    };
    await start([], () => BUSY);
    await delivery.send(items(0, 1), 'traces');
    delay = ({ name }) => (name === 'write' ? new Promise(resolve => writes.push(resolve)) : undefined);
    void send(1);
    await until(() => writes.length === 1);
    for (const n of [2, 3]) {
      void send(n);
      await settled();
    }
    writes.shift()?.();
    await until(() => results.length === 1 && writes.length === 1);
    await settled();
    expect(results).to.deep.equal([1]);
    writes.shift()?.();
    await until(() => results.length === 3);
    await until(() => fileNames().every(name => name.endsWith('.q')));
    expect(fileNames().map(name => /\.(\d+t)\./.exec(name)?.[1])).to.have.members(['1t', '1t', '2t']);
  });

  it('says that a batch is held only when it is on disk, where that comes first', async () => {
    let write: (value?: unknown) => void = () => undefined;
    await start([], () => ({ fault: 'hang' }));
    delivery = open({ keepsFirst: true });
    delay = ({ name }) => (name === 'write' ? new Promise(resolve => (write = resolve)) : undefined);
    let isHeld = false;
    const sent = delivery.send(items(0, 3), 'traces').then(() => (isHeld = true));
    await until(() => calls.includes('write'));
    await settled();
    expect(isHeld).to.equal(false);
    write();
    await sent;
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, diskItems: 3 });
  });

  it('does not take the first body of a batch on disk for the second', async () => {
    const writes: ((value?: unknown) => void)[] = [];
    let answer: (value?: unknown) => void = () => undefined;
    await start([{ after: new Promise(resolve => (answer = resolve)) }, { fault: 'hang' }]);
    delivery = open({}, {}, { memoryMaxBytes: 4000 });
    delay = ({ name }) => (name === 'write' ? new Promise(resolve => writes.push(resolve)) : undefined);
    let isHeld = false;
    const sent = delivery.send(items(0, 2, 'x'.repeat(600)), 'traces').then(() => (isHeld = true));
    await until(() => bench.requests.length === 1);
    bench.clock.advance(250);
    await until(() => writes.length === 1);
    answer();
    await until(() => bench.requests.length === 2);
    writes.shift()?.();
    await until(() => fileNames().length === 0);
    await settled();
    expect(isHeld).to.equal(false);
    bench.clock.advance(250);
    await until(() => writes.length === 1);
    writes.shift()?.();
    await sent;
    expect(delivery.stats()).to.deep.include({ accepted: 1, memoryItems: 0, diskItems: 1 });
  });

  it('waits until a power failure could not undo it when asked to, and not otherwise', async () => {
    await start([], () => BUSY);
    await delivery.send(items(0, 1), 'traces');
    expect(calls).not.to.include('sync');
    delivery = open({ isSynced: true });
    await delivery.send(items(1, 2), 'traces');
    const written = calls.filter(name => ['write', 'sync', 'syncFolder'].includes(name));
    expect(written).to.deep.equal(['write', 'write', 'sync', 'syncFolder']);
  });

  it('keeps what is for different resources in different folders', async () => {
    await start([], () => BUSY);
    await delivery.send(items(0, 1), 'traces');
    delivery = open({}, {}, { instrumentationKey: '00000000-0000-0000-0000-000000000002' });
    await delivery.send(items(1, 2), 'traces');
    expect(new Set(fileNames().map(name => path.dirname(name))).size).to.equal(2);
    expect(delivery.stats()).to.deep.include({ adopted: 0, diskItems: 1 });
  });

  it('holds in memory what a full disk refuses, says so, and puts it on disk later', async () => {
    await start([{ status: 429, headers: { 'retry-after': '3600' } }]); // No request that fails brings the disk to mind.
    refuse = ({ name }) => (name === 'write' ? 'ENOSPC' : undefined);
    expect(await delivery.send(items(0, 3), 'traces')).to.deep.equal({ kind: 'held' });
    expect(delivery.stats()).to.deep.include({ memoryItems: 3, diskItems: 0 });
    expect(delivery.stats().diskFailure).to.match(/^\/home\/me\/spool\/[0-9a-f]{32}: ENOSPC$/);
    refuse = () => undefined;
    bench.clock.advance(60_000);
    await stored(3);
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, diskFailure: undefined });
    const said = bench.events.filter(({ kind }) => kind === 'disk');
    expect(said.map(event => 'failure' in event && typeof event.failure)).to.deep.equal(['string', 'undefined']);
  });

  it('keeps a batch on disk until what the service wants again of it is on disk by itself', async () => {
    const errors = [{ index: 1, statusCode: 500, message: 'later' }];
    await start([BUSY, { status: 206, body: { itemsReceived: 3, itemsAccepted: 2, errors } }]);
    await delivery.send(items(0, 3), 'traces');
    calls.length = 0;
    bench.clock.advance(2000);
    await until(() => delivery.stats().accepted === 2 && fileNames()[0]?.endsWith('.q') === true);
    expect(fileNames().map(name => /\.(\d+t)\./.exec(name)?.[1])).to.deep.equal(['1t']);
    expect(calls.indexOf('remove')).to.be.above(calls.indexOf('create'));
    bench.clock.advance(2000);
    await until(() => delivery.stats().accepted === 3);
    expect(bench.requests.at(-1)).to.deep.equal([1]);
    await until(() => fileNames().length === 0);
  });

  it('sends again once what the service may have taken, on disk as in memory', async () => {
    const unreadable: Step = { status: 206, body: 'no JSON' };
    await start([BUSY, unreadable, unreadable]);
    await delivery.send(items(0, 2), 'traces');
    for (let second = 0; second < 20; second += 1) {
      bench.clock.advance(1000);
      await settled();
    }
    await until(() => Object.keys(delivery.stats().rejected).length > 0);
    expect(delivery.stats().rejected).to.deep.equal({ '206': 2 });
    expect(bench.requests).to.have.length(3);
    await until(() => fileNames().length === 0);
  });

  it('sends what happens now before what waits on disk', async () => {
    await start([BUSY]);
    for (let batch = 0; batch < 3; batch += 1) await delivery.send(items(batch, batch + 1), 'traces');
    bench.clock.advance(1000);
    await until(() => delivery.stats().accepted === 1);
    await delivery.send(items(9, 10), 'traces');
    for (let second = 0; second < 3; second += 1) {
      await settled();
      bench.clock.advance(1000);
    }
    await until(() => delivery.stats().accepted === 4);
    expect(bench.requests).to.deep.equal([[0], [0], [9], [1], [2]]);
  });

  it('goes on emptying the disk when timers fire a fraction early', async () => {
    bench = await Bench.start([BUSY]);
    const early: Clock = {
      monotonicMillis: () => bench.clock.monotonicMillis(),
      wallMillis: () => bench.clock.wallMillis(),
      schedule: (millis, callback) => bench.clock.schedule(Math.max(0, millis - 0.5), callback),
    };
    delivery = open({}, { clock: early });
    for (let batch = 0; batch < 3; batch += 1) await delivery.send(items(batch, batch + 1), 'traces');
    for (let second = 0; second < 10; second += 1) {
      bench.clock.advance(1000);
      await settled();
    }
    await until(() => delivery.stats().accepted === 3);
  });

  it('counts what has to make room on disk, by its signal', async () => {
    bench = await Bench.start([], () => BUSY);
    delivery = open({ maxBytes: 350 });
    for (let batch = 0; batch < 5; batch += 1) await delivery.send(items(batch, batch + 1), 'metrics');
    const { dropped, diskItems, signals } = delivery.stats();
    expect(dropped).to.deep.equal({ evicted: 5 - diskItems });
    expect(diskItems).to.be.within(1, 4);
    expect(signals.metrics).to.deep.include({ created: 5, dropped: 5 - diskItems });
  });

  it('closes although the disk hangs, and counts what is lost with it', async () => {
    await start([], () => BUSY);
    delay = never;
    void delivery.send(items(0, 3), 'traces');
    const shut = delivery.shutdown().then(() => 'shut');
    while ((await Promise.race([shut, settled()])) !== 'shut') bench.clock.advance(250);
    expect(delivery.stats()).to.deep.include({ memoryItems: 0, diskItems: 0, dropped: { shutdown: 3 } });
  });
});
