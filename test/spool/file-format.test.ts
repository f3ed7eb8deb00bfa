import { expect } from 'chai';
import fc from 'fast-check';
import type { Batch } from '../../src/spool/batch.ts';
import { decodeFile, encodeFile } from '../../src/spool/file-format.ts';

const BATCH: Batch = { body: Buffer.from('the body'), lengths: [3, 4], runs: [{ kind: 't', count: 2 }] };
const CONTENT = Buffer.concat(encodeFile(BATCH, 'me'));

describe('the content of files', () => {
  it('is a line of facts with a checksum, and the body as it is sent', () => {
    expect(CONTENT.toString()).to.equal('azmb1 c6edaac5 {"for":"me","lengths":[3,4],"runs":[["t",2]]}\nthe body');
  });

  it('is read back', () => {
    expect(decodeFile(CONTENT, 'me')).to.deep.equal(BATCH);
  });

  it('is not read for another destination', () => {
    expect(decodeFile(CONTENT, 'you')).to.equal(undefined);
  });

  it('is refused when any bit of it is different', () => {
    for (let bit = 0; bit < CONTENT.byteLength * 8; bit += 1) {
      const changed = Buffer.from(CONTENT);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodeFile(changed, 'me'), `bit ${bit}`).to.equal(undefined);
    }
  });

  it('is refused when it is cut anywhere, or longer', () => {
    for (let end = 0; end < CONTENT.byteLength; end += 1) {
      expect(decodeFile(CONTENT.subarray(0, end), 'me'), `cut at ${end}`).to.equal(undefined);
    }
    expect(decodeFile(Buffer.concat([CONTENT, Buffer.from([0])]), 'me')).to.equal(undefined);
  });

  const inconsistent: [string, Partial<Batch>][] = [
    ['more items than runs account for', { lengths: [3, 4, 5] }],
    ['fewer items than runs account for', { lengths: [3] }],
    ['a length that is none', { lengths: [3, -1] }],
    ['a kind that is none', { runs: [{ kind: 'traces', count: 2 }] }],
  ];
  for (const [what, change] of inconsistent) {
    it(`is refused when it names ${what}`, () => {
      const content = Buffer.concat(encodeFile({ ...BATCH, ...change }, 'me'));
      expect(decodeFile(content, 'me')).to.equal(undefined);
    });
  }

  it('comes back as it went, and any other bytes never throw', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1e6 }));
    fc.assert(
      fc.property(fc.uint8Array(), counts, fc.stringMatching(/^[a-z]$/), (body, lengths, kind) => {
        const batch = { body, lengths, runs: [{ kind, count: lengths.length }] };
        const read = decodeFile(Buffer.concat(encodeFile(batch, 'me')), 'me');
        expect(read?.lengths).to.deep.equal(lengths);
        expect(Buffer.from(read?.body ?? []).equals(body)).to.equal(true);
        expect(decodeFile(body, 'me')).to.equal(undefined);
      }),
    );
  });
});
