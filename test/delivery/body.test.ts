import { bytesOf } from '../../src/delivery/item.ts';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { framedBytes, lengthsOf, pack, packNow, splitByBytes, unpack } from '../../src/delivery/body.ts';

const item = (text: string) => Buffer.from(text);
const bodyOf = async (items: Uint8Array[]) => gunzipSync(await pack(items)).toString();

describe('body', () => {
  it('writes items as one JSON array, compressed', async () => {
    expect(await bodyOf([item('{"a":1}'), item('{"b":"ä"}')])).to.equal('[{"a":1},{"b":"ä"}]');
    expect(await bodyOf([item('1')])).to.equal('[1]');
    expect(await bodyOf([])).to.equal('[]');
  });

  it('knows the length of a body before it is written', () => {
    expect(framedBytes([7, 10])).to.equal(20);
  });

  it('takes a body apart again', async () => {
    const packed = await pack([item('{"a":1}'), item('{"b":"ä"}'), item('3')]);
    expect((await unpack(packed, [7, 10, 1])).map(String)).to.deep.equal(['{"a":1}', '{"b":"ä"}', '3']);
  });

  it('writes what is compressed less than usual', async () => {
    const texts = [1, 2, 3].map(() => randomBytes(50_000).toString('base64'));
    expect(await bodyOf(texts.map(item))).to.equal(`[${texts.join(',')}]`);
  });

  it('writes what becomes as long as the memory for it, and a little less or more', async () => {
    const text = randomBytes(64 * 1024).toString('latin1');
    for (let length = text.length - 60; length < text.length; length += 1) {
      const noise = Buffer.from(text.slice(0, length), 'latin1');
      expect(
        gunzipSync(await pack([noise]))
          .subarray(1, -1)
          .equals(noise),
      ).to.equal(true);
    }
  });

  it('writes a body while another one is compressed', async () => {
    const texts = ['a', 'b', 'c'].map(letter => letter.repeat(100_000));
    const bodies = await Promise.all([...texts.map(text => bodyOf([item(text)])), bodyOf([item('1')])]);
    expect(bodies).to.deep.equal([...texts.map(text => `[${text}]`), '[1]']);
    expect(await bodyOf([item('2')])).to.equal('[2]');
  });

  it('holds no more memory than the compressed bytes need', async () => {
    const packed = await pack([item('a'.repeat(100_000))]);
    expect(packed.buffer.byteLength).to.equal(packed.byteLength);
  });

  const memory = item('{"a":1},{"b":2}, {"c":3}');
  const neighbours: [string, Uint8Array[], string][] = [
    ['a comma between them', [memory.subarray(0, 7), memory.subarray(8, 15)], '[{"a":1},{"b":2}]'],
    ['something else between them', [memory.subarray(0, 6), memory.subarray(7, 15)], '[{"a":1,,{"b":2}]'],
    ['more than a comma between them', [memory.subarray(8, 15), memory.subarray(17)], '[{"b":2},{"c":3}]'],
    ['nothing between them', [memory.subarray(0, 4), memory.subarray(4, 7)], '[{"a",:1}]'],
    ['the first behind the second', [memory.subarray(8, 15), memory.subarray(0, 7)], '[{"b":2},{"a":1}]'],
    ['another one in between', [memory.subarray(0, 7), item('0'), memory.subarray(8, 15)], '[{"a":1},0,{"b":2}]'],
  ];
  for (const [what, items, body] of neighbours) {
    it(`writes items of the same memory with ${what}`, async () => {
      expect(await bodyOf(items)).to.equal(body);
      expect(gunzipSync(packNow(items)).toString()).to.equal(body);
    });
  }

  it('fills each part from the front up to the limit, brackets and commas included', () => {
    const [a, b, c] = [item('1234'), item('123'), item('1')];
    expect(splitByBytes([a, b, c], 10)).to.deep.equal([[a, b], [c]]);
    expect(splitByBytes([a, b, c], 9)).to.deep.equal([[a], [b, c]]);
  });

  it('leaves an item alone that is larger than a part', () => {
    const [small, large] = [item('1'), item('123456789')];
    expect(splitByBytes([small, large, small], 10)).to.deep.equal([[small], [large], [small]]);
  });

  it('makes no part of an empty batch', () => {
    expect(splitByBytes([], 10)).to.deep.equal([]);
  });

  it('joins to the whole, every part within the limit or a single item', () => {
    const items = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(items, fc.integer({ min: 2, max: 200 }), (batch, maxBytes) => {
        const parts = splitByBytes(batch, maxBytes);
        expect(parts.flat()).to.deep.equal(batch);
        for (const part of parts) if (part.length > 1) expect(framedBytes(lengthsOf(part))).to.be.at.most(maxBytes);
      }),
    );
  });

  it('writes the same body of items that share memory as of items that do not', async () => {
    const bytes = fc.array(fc.constantFrom(0x2c, 0x31), { minLength: 100, maxLength: 100 });
    const cuts = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 2 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bytes, cuts, async (text, parts) => {
        const shared = Uint8Array.from(text);
        let start = 0;
        const items = parts.map(([length, gap]) => {
          const part = shared.subarray(start, start + length);
          start += length + gap;
          return part;
        });
        const copies = items.map(part => new Uint8Array(part));
        expect(gunzipSync(await pack(items))).to.deep.equal(gunzipSync(await pack(copies)));
      }),
    );
  });

  it('gives every item back, whatever is in it', async () => {
    const items = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(items, async batch => {
        const packed = await pack(batch);
        const lengths = batch.map(({ byteLength }) => byteLength);
        expect((await unpack(packed, lengths)).map(item => [...bytesOf(item)])).to.deep.equal(
          batch.map(bytes => [...bytes]),
        );
        expect(gunzipSync(packed).byteLength).to.equal(Math.max(framedBytes(lengths), 2));
      }),
    );
  });
});
