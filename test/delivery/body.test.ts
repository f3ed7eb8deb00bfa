import { expect } from 'chai';
import * as fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { frame, framedBytes, gunzipBody, gzipBody, splitByBytes, unframe } from '../../src/delivery/body.ts';

const item = (text: string) => Buffer.from(text);

describe('body', () => {
  it('frames items as one JSON array', () => {
    expect(Buffer.from(frame([item('{"a":1}'), item('{"b":"ä"}')])).toString()).to.equal('[{"a":1},{"b":"ä"}]');
    expect(Buffer.from(frame([item('1')])).toString()).to.equal('[1]');
  });

  it('knows the length of a body before it is written', () => {
    expect(framedBytes([item('{"a":1}'), item('{"b":"ä"}')])).to.equal(20);
  });

  it('compresses a body so that gunzip gives it back', async () => {
    expect(gunzipSync(await gzipBody(item('[1,2]'))).toString()).to.equal('[1,2]');
    expect(Buffer.from(await gunzipBody(await gzipBody(item('[1,2]')))).toString()).to.equal('[1,2]');
  });

  it('takes a body apart again', () => {
    const body = Buffer.from('[{"a":1},{"b":"ä"},3]');
    expect(unframe(body, [7, 10, 1]).map(String)).to.deep.equal(['{"a":1}', '{"b":"ä"}', '3']);
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
        for (const part of parts) {
          const body = frame(part);
          expect(body.byteLength).to.equal(framedBytes(part));
          if (part.length > 1) expect(body.byteLength).to.be.at.most(maxBytes);
          const lengths = part.map(({ byteLength }) => byteLength);
          expect(Buffer.concat(unframe(body, lengths))).to.deep.equal(Buffer.concat(part));
        }
      }),
    );
  });
});
