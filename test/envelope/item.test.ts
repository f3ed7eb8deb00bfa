import { expect } from 'chai';
import { bytesOf } from '../../src/delivery/item.ts';
import { ItemWriter, type Item } from '../../src/envelope/item.ts';

describe('ItemWriter', () => {
  it('encodes a row in UTF-8', () => {
    const writer = new ItemWriter();
    expect(writer.write('{"é":"€"}')).to.equal(12);
    expect(writer.items.map(item => [...bytesOf(item)])).to.deep.equal([
      [0x7b, 0x22, 0xc3, 0xa9, 0x22, 0x3a, 0x22, 0xe2, 0x82, 0xac, 0x22, 0x7d],
    ]);
  });

  it('puts rows next to each other in memory, with a comma between them', () => {
    const writer = new ItemWriter();
    for (const row of ['{"a":1}', '{"b":2}', '{"c":3}']) writer.write(row);
    const [first, , last] = writer.items as [Item, Item, Item];
    const run = new Uint8Array(first.buffer, first.byteOffset, last.byteOffset + last.byteLength - first.byteOffset);
    expect(new TextDecoder().decode(run)).to.equal('{"a":1},{"b":2},{"c":3}');
  });

  it('keeps rows of all lengths apart', () => {
    const writer = new ItemWriter();
    const rows = [1, 4000, 21_000, 30_000, 100_000, 2].map(length => `"${'€'.repeat(length)}"`);
    for (const row of [...rows, ...rows]) writer.write(row);
    const texts = writer.items.map(item => new TextDecoder().decode(bytesOf(item)));
    expect(texts).to.deep.equal([...rows, ...rows]);
  });
});
