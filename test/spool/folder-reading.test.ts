import { expect } from 'chai';
import { parseFileName } from '../../src/spool/file-name.ts';
import { readFolder } from '../../src/spool/folder-reading.ts';
import { Shelf, toSlip } from '../../src/spool/shelf.ts';

const name = (number: number): string => `176383000000${number}-aaaaaaaaaaaa-${number}.1t.100.q`;
const lease = (number: number, holder: string): string => `${name(number)}.L${holder}.1763830060000`;

function shelfOf(...numbers: readonly number[]): Shelf {
  const shelf = new Shelf();
  for (const number of numbers) {
    const file = parseFileName(name(number));
    if (file !== undefined) shelf.add(toSlip(file, 0));
  }
  return shelf;
}

describe('readFolder', () => {
  const read = (names: readonly string[], shelf: Shelf, ...touched: readonly string[]) => {
    const reading = readFolder(names, { shelf, ownId: 'bbbbbbbbbbbb', touched: new Set(touched) });
    return {
      found: reading.found.map(({ batch }) => batch),
      claimed: reading.claimed.map(file => file.name),
      missing: reading.missing.map(slip => slip.name),
    };
  };

  it('tells what is new, the oldest first, what others hold, and what is gone', () => {
    const names = ['bad', name(5), name(1), name(4), lease(2, 'aaaaaaaaaaaa'), lease(3, 'bbbbbbbbbbbb')];
    expect(read(names, shelfOf(1, 6))).to.deep.equal({
      found: [name(4), name(5)],
      claimed: [lease(2, 'aaaaaaaaaaaa')],
      missing: [name(6)],
    });
  });

  it('believes nothing about names that changed while the folder was read', () => {
    expect(read([name(1), lease(2, 'aaaaaaaaaaaa')], shelfOf(3), name(1), name(2), name(3))).to.deep.equal({
      found: [],
      claimed: [],
      missing: [],
    });
  });

  it('misses no batch that is lent out', () => {
    const shelf = shelfOf(1);
    for (const slip of shelf.slips) slip.isTaken = true;
    expect(read([lease(1, 'bbbbbbbbbbbb')], shelf).missing).to.deep.equal([]);
  });

  it('does not count a file that claims to be larger than any of ours', () => {
    expect(read(['1763830000001-aaaaaaaaaaaa-1.1t.99999999.q'], shelfOf()).found).to.deep.equal([]);
  });
});
