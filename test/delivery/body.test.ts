import { expect } from 'chai';
import * as fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { frame, framedBytes, gzipBody, splitByBytes } from '../../src/delivery/body.ts';

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
  });

  it('fills each part from the front up to the limit, brackets and commas included', () => {
    const [a, b, c] = [item('1234'), item('123'), item('1')];
    expect(splitByBytes([a, b, c], 10)).to.deep.equal({ parts: [[a, b], [c]], tooLarge: 0 });
    expect(splitByBytes([a, b, c], 9)).to.deep.equal({ parts: [[a], [b, c]], tooLarge: 0 });
  });

  it('leaves out an item that alone exceeds a body, and takes one that just fits', () => {
    const [small, fits, large] = [item('1'), item('12345678'), item('123456789')];
    expect(splitByBytes([small, large, fits], 10)).to.deep.equal({ parts: [[small], [fits]], tooLarge: 1 });
  });

  it('makes no part of an empty batch', () => {
    expect(splitByBytes([], 10)).to.deep.equal({ parts: [], tooLarge: 0 });
  });

  it('joins to the whole, every part within the limit', () => {
    const items = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(items, fc.integer({ min: 2, max: 200 }), (batch, maxBytes) => {
        const { parts, tooLarge } = splitByBytes(batch, maxBytes);
        const kept = batch.filter(({ byteLength }) => byteLength + 2 <= maxBytes);
        expect(parts.flat()).to.deep.equal(kept);
        expect(tooLarge).to.equal(batch.length - kept.length);
        for (const part of parts) expect(frame(part).byteLength).to.be.at.most(maxBytes).and.equal(framedBytes(part));
      }),
    );
  });
});
