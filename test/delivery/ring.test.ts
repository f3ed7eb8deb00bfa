import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Item } from '../../src/delivery/item.ts';
import { Parcel, type Packed } from '../../src/delivery/parcel.ts';
import { Ring } from '../../src/delivery/ring.ts';
import { Ticket } from '../../src/delivery/ticket.ts';
import { FakeClock, until } from './fake-clock.ts';

describe('Ring', () => {
  let clock: FakeClock;
  let ring: Ring;
  let lost: [reason: string, items: number][];
  beforeEach(() => {
    clock = new FakeClock();
    lost = [];
    ring = new Ring({ clock, maxBytes: 1000, onLost: ({ count }, reason) => lost.push([reason, count]) });
  });

  const parcelOf = (contents: Item[] | Packed, count: number): Parcel =>
    new Parcel(contents, [{ ticket: new Ticket(count), signal: 'traces', count }], clock.monotonicMillis());
  /** One that is compressed, to so many bytes. */
  const parcel = (bytes: number, count = 1): Parcel =>
    parcelOf({ body: Buffer.alloc(bytes), lengths: Array.from({ length: count }, () => 1) }, count);
  const take = async () => (await ring.take(false)) ?? expect.fail('nothing waits');

  it('lends out the oldest, each to one', async () => {
    const [one, other] = [parcel(100), parcel(100)];
    ring.put(one);
    ring.put(other);
    expect([(await take()).parcel, (await take()).parcel]).to.deep.equal([one, other]);
    expect([ring.hasWaiting, await ring.take(false)]).to.deep.equal([false, undefined]);
  });

  it('lends out the smallest when asked', async () => {
    for (const bytes of [300, 100, 200]) ring.put(parcel(bytes));
    expect((await ring.take(true))?.parcel.heldBytes).to.equal(100);
  });

  it('counts what it lends out until that is done', async () => {
    ring.put(parcel(100, 3));
    const lease = await take();
    clock.advance(70);
    expect(ring.stats()).to.deep.include({ memoryItems: 3, memoryBytes: 100, oldestMillis: 70 });
    lease.done();
    expect(ring.stats()).to.deep.include({ memoryItems: 0, memoryBytes: 0, oldestMillis: 0 });
  });

  it('puts back in its place what is released, or what stands for it', async () => {
    ring.put(parcel(100));
    ring.put(parcel(200));
    const lease = await take();
    lease.release([parcel(30), parcel(40)]);
    const sizes = [(await take()).parcel.heldBytes, (await take()).parcel.heldBytes, (await take()).parcel.heldBytes];
    expect(sizes).to.deep.equal([30, 40, 200]);
  });

  it('pushes out the oldest that nobody has', async () => {
    for (const count of [1, 2, 3]) ring.put(parcel(300, count));
    await take();
    ring.put(parcel(400, 4));
    expect(lost).to.deep.equal([['memory', 2]]);
    expect(ring.stats()).to.deep.include({ memoryItems: 8, memoryBytes: 1000 });
  });

  it('pushes out nothing for what is about to be compressed', async () => {
    ring = new Ring({ clock, maxBytes: 300_000, onLost: ({ count }, reason) => lost.push([reason, count]) });
    ring.put(parcel(250_000));
    ring.put(parcelOf([Buffer.alloc(290_000)], 1));
    expect([lost, ring.stats().memoryBytes]).to.deep.equal([[], 540_002]);
    await until(() => ring.stats().memoryBytes < 300_000);
    expect([lost, ring.stats().memoryItems]).to.deep.equal([[], 2]);
  });

  it('holds no more than twice its bound even then', async () => {
    ring = new Ring({ clock, maxBytes: 300_000, onLost: ({ count }, reason) => lost.push([reason, count]) });
    for (const count of [1, 2, 3]) {
      ring.put(parcelOf([Buffer.alloc(280_000), ...Array.from({ length: count - 1 }, () => Buffer.alloc(1))], count));
    }
    expect(lost).to.deep.equal([['memory', 1]]);
    await until(() => ring.stats().memoryBytes < 10_000);
    expect(ring.stats().memoryItems).to.equal(5);
  });

  it('pushes out the oldest when what is compressed has not become small', async () => {
    ring = new Ring({ clock, maxBytes: 300_000, onLost: ({ count }, reason) => lost.push([reason, count]) });
    ring.put(parcel(250_000));
    ring.put(parcelOf([randomBytes(270_000)], 1));
    expect(lost).to.deep.equal([]);
    await until(() => lost.length > 0);
    expect([lost, ring.stats().memoryItems]).to.deep.equal([[['memory', 1]], 1]);
  });

  it('does not keep what is larger than all of it', () => {
    ring.put(parcel(1001, 2));
    expect([lost, ring.hasWaiting]).to.deep.equal([[['memory', 2]], false]);
  });

  it('gives up everything when it closes, and whatever comes later', async () => {
    ring.put(parcel(100, 1));
    ring.put(parcel(100, 2));
    await ring.close();
    ring.put(parcel(100, 3));
    expect([lost, ring.stats().memoryItems]).to.deep.equal([
      [
        ['shutdown', 1],
        ['shutdown', 2],
        ['shutdown', 3],
      ],
      0,
    ]);
  });
});
