import { expect } from 'chai';
import * as fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import type { Signal } from '../../src/delivery/item.ts';
import { Parcel, type Share } from '../../src/delivery/parcel.ts';
import { Ticket } from '../../src/delivery/ticket.ts';

const share = (signal: Signal, count: number): Share => ({ ticket: new Ticket(count), signal, count });
const itemsOf = (text: string): Buffer[] => text.split('').map(letter => Buffer.from(`"${letter}"`));
const parcelOf = (text: string, ...shares: Share[]): Parcel => new Parcel(itemsOf(text), shares, 1000);
const bodyOf = async (parcel: Parcel | undefined): Promise<string> =>
  parcel === undefined ? '' : gunzipSync(await parcel.pack()).toString();
const counts = (shares: readonly Share[]): [Signal, number][] => shares.map(({ signal, count }) => [signal, count]);

describe('Parcel', () => {
  it('is compressed once, and then takes up less', async () => {
    const parcel = parcelOf('a'.repeat(1000), share('traces', 1000));
    expect(parcel.heldBytes).to.equal(4001);
    const body = await parcel.pack();
    expect([await parcel.pack(), parcel.heldBytes, parcel.framedBytes]).to.deep.equal([body, body.byteLength, 4001]);
    expect(body.byteLength).to.be.below(200);
  });

  it('takes in another one, in order, each with its owner', async () => {
    const parcel = parcelOf('ab', share('traces', 2));
    expect(parcel.absorb(parcelOf('c', share('logs', 1)), 100)).to.equal(true);
    expect([parcel.count, parcel.framedBytes, counts(parcel.shares)]).to.deep.equal([
      3,
      13,
      [
        ['traces', 2],
        ['logs', 1],
      ],
    ]);
    expect(await bodyOf(parcel)).to.equal('["a","b","c"]');
  });

  it('takes in nothing that would make it too long', () => {
    expect(parcelOf('ab', share('traces', 2)).absorb(parcelOf('c', share('logs', 1)), 12)).to.equal(false);
  });

  it('takes in nothing once it is compressed, or while it is', async () => {
    const parcel = parcelOf('ab', share('traces', 2));
    const packing = parcel.pack();
    expect(parcel.absorb(parcelOf('c', share('logs', 1)), 100)).to.equal(false);
    await packing;
    expect(parcel.absorb(parcelOf('c', share('logs', 1)), 100)).to.equal(false);
  });

  it('gives the items at some positions to a parcel of their own', async () => {
    const parcel = parcelOf('abcde', share('traces', 2), share('metrics', 2), share('logs', 1));
    await parcel.pack();
    const picked = await parcel.pick([1, 2, 4]);
    expect(await bodyOf(picked)).to.equal('["b","c","e"]');
    expect([picked?.sinceMillis, counts(picked?.shares ?? [])]).to.deep.equal([
      1000,
      [
        ['traces', 1],
        ['metrics', 1],
        ['logs', 1],
      ],
    ]);
    expect(await parcel.pick([])).to.equal(undefined);
  });

  it('divides into halves that take in nothing more', async () => {
    const parts = await parcelOf('abcde', share('traces', 4), share('logs', 1)).divide({ left: 3 });
    expect(await Promise.all(parts.map(bodyOf))).to.deep.equal(['["a","b","c"]', '["d","e"]']);
    expect(parts.map(({ shares }) => counts(shares))).to.deep.equal([
      [['traces', 3]],
      [
        ['traces', 1],
        ['logs', 1],
      ],
    ]);
    expect(parts[0]?.absorb(parcelOf('x', share('logs', 1)), 100)).to.equal(false);
  });

  it('divides to a length', async () => {
    const parts = await parcelOf('abcde', share('traces', 5)).divide(undefined, 10);
    expect(await Promise.all(parts.map(bodyOf))).to.deep.equal(['["a","b"]', '["c","d"]', '["e"]']);
  });

  it('knows the owner of every item, however it is owned', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.boolean()),
        (sizes, coin) => {
          const shares = sizes.map(count => share('traces', count));
          const owners = shares.flatMap(one => Array.from({ length: one.count }, () => one.ticket));
          const parcel = new Parcel(
            owners.map(() => Buffer.from('1')),
            shares,
            0,
          );
          const positions = owners.map((_, position) => position).filter(() => coin.next().value);
          const found = parcel
            .sharesOf(positions)
            .flatMap(({ ticket, count }) => Array.from({ length: count }, () => ticket));
          expect(found.length).to.equal(positions.length);
          for (const [index, position] of positions.entries()) expect(found[index]).to.equal(owners[position]);
        },
      ),
    );
  });
});
