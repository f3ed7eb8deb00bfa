import { expect } from 'chai';
import * as fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { framedBytes, pack, splitByBytes, unpack } from '../../src/delivery/body.ts';

const item = (text: string) => Buffer.from(text);
const bodyOf = async (items: Buffer[]) => gunzipSync(await pack(items)).toString();

describe('body', () => {
  it('writes items as one JSON array, compressed', async () => {
    expect(await bodyOf([item('{"a":1}'), item('{"b":"ä"}')])).to.equal('[{"a":1},{"b":"ä"}]');
    expect(await bodyOf([item('1')])).to.equal('[1]');
    expect(await bodyOf([])).to.equal('[]');
  });

  it('knows the length of a body before it is written', () => {
    expect(framedBytes([item('{"a":1}'), item('{"b":"ä"}')])).to.equal(20);
  });

  it('takes a body apart again', async () => {
    const packed = await pack([item('{"a":1}'), item('{"b":"ä"}'), item('3')]);
    expect((await unpack(packed, [7, 10, 1])).map(String)).to.deep.equal(['{"a":1}', '{"b":"ä"}', '3']);
  });

  it('writes what is longer than the pieces it is compressed in', async () => {
    const long = ['a', 'b', 'c'].map(letter => item(`"${letter.repeat(65_533)}"`));
    expect(await bodyOf(long)).to.equal(`[${long.join(',')}]`);
  });

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
        for (const part of parts) if (part.length > 1) expect(framedBytes(part)).to.be.at.most(maxBytes);
      }),
    );
  });

  it('gives every item back, whatever is in it', async () => {
    const items = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(items, async batch => {
        const packed = await pack(batch);
        const lengths = batch.map(({ byteLength }) => byteLength);
        expect((await unpack(packed, lengths)).map(bytes => [...bytes])).to.deep.equal(batch.map(bytes => [...bytes]));
        expect(gunzipSync(packed).byteLength).to.equal(Math.max(framedBytes(batch), 2));
      }),
    );
  });
});
