import { expect } from 'chai';
import fc from 'fast-check';
import type { StoredRow } from '../src/rows.ts';
import { TableStore } from '../src/table-store.ts';

const row = (id: number, bytes: number): StoredRow => ({ table: 'requests', classic: { id }, workspace: {}, bytes });
const idsIn = (table: TableStore): unknown[] => table.rows().map(({ classic }) => classic.id);

describe('TableStore', () => {
  it('pushes the oldest rows out when there are too many', () => {
    const table = new TableStore({ maxRows: 3, maxBytes: 1000 });
    for (const id of [1, 2, 3, 4, 5]) table.add(row(id, 10));
    expect(idsIn(table)).to.deep.equal([3, 4, 5]);
    expect({ size: table.size, bytes: table.bytes, evicted: table.evicted }).to.deep.equal({
      size: 3,
      bytes: 30,
      evicted: 2,
    });
  });

  it('pushes as many out as a large row needs', () => {
    const table = new TableStore({ maxRows: 10, maxBytes: 100 });
    for (const id of [1, 2, 3]) table.add(row(id, 30));
    table.add(row(4, 60));
    expect(idsIn(table)).to.deep.equal([3, 4]);
    expect(table.evicted).to.equal(2);
  });

  it('keeps no row that is larger than the table', () => {
    const table = new TableStore({ maxRows: 10, maxBytes: 100 });
    table.add(row(1, 101));
    expect(idsIn(table)).to.deep.equal([]);
    expect({ bytes: table.bytes, evicted: table.evicted }).to.deep.equal({ bytes: 0, evicted: 1 });
  });

  it('keeps within its limits, and the newest, whatever comes', () => {
    const rows = fc.array(fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 8 }), (sizes, maxRows) => {
        const table = new TableStore({ maxRows, maxBytes: 120 });
        for (const [id, bytes] of sizes.entries()) table.add(row(id, bytes));
        const kept = table.rows();
        expect(table.size).to.equal(kept.length).and.at.most(maxRows);
        expect(table.bytes)
          .to.equal(kept.reduce((sum, { bytes }) => sum + bytes, 0))
          .and.at.most(120);
        expect(table.evicted).to.equal(sizes.length - kept.length);
        expect(idsIn(table)).to.deep.equal([...sizes.keys()].slice(sizes.length - kept.length));
      }),
    );
  });

  it('is as new when cleared', () => {
    const table = new TableStore({ maxRows: 1, maxBytes: 100 });
    for (const id of [1, 2]) table.add(row(id, 10));
    table.clear();
    expect({ rows: table.rows(), bytes: table.bytes, evicted: table.evicted }).to.deep.equal({
      rows: [],
      bytes: 0,
      evicted: 0,
    });
  });
});
