import { expect } from 'chai';
import fc from 'fast-check';
import { formatBatchName, formatClaimedName, parseFileName } from '../../src/spool/file-name.ts';

const NAME = '1763830000000-8f14e45fceea-7.12t3m.4096.q';

describe('the names of files', () => {
  it('say when a batch was made, by whom, what it holds and how long it is', () => {
    expect(
      formatBatchName({
        createdMillis: 1_763_830_000_000.7,
        writer: '8f14e45fceea',
        sequence: 7,
        counts: { t: 12, m: 3 },
        bytes: 4096,
      }),
    ).to.equal(NAME);
  });

  it('are read back', () => {
    expect(parseFileName(NAME)).to.deep.equal({
      batch: NAME,
      createdMillis: 1_763_830_000_000,
      counts: { t: 12, m: 3 },
      items: 15,
      bytes: 4096,
    });
  });

  it('say who holds a file, for what and until when', () => {
    const claim = { purpose: 'lease', holder: '0123456789ab', untilMillis: 1_763_830_060_000 } as const;
    const name = `${NAME}.L0123456789ab.1763830060000`;
    expect(formatClaimedName(NAME, claim)).to.equal(name);
    expect(parseFileName(name)).to.deep.include({ batch: NAME, items: 15, claim });
    expect(formatClaimedName(NAME, { ...claim, purpose: 'temporary' })).to.equal(`${NAME}.T0123456789ab.1763830060000`);
  });

  it('sort by age whatever the clock shows', () => {
    const names = [-5, 0, 999, 1_763_830_000_000, 99_999_999_999_999].map(createdMillis =>
      formatBatchName({ createdMillis, writer: '8f14e45fceea', sequence: 1, counts: { t: 1 }, bytes: 1 }).slice(0, 13),
    );
    expect(names).to.deep.equal(['0000000000000', '0000000000000', '0000000000999', '1763830000000', '9999999999999']);
  });

  const foreign = [
    '',
    'bad',
    '.nfs0000000000000001',
    '1763830000000-8f14e45fceea-7.12t3m.4096',
    '1763830000000-8f14e45fceea-7..4096.q',
    '1763830000000-8f14e45fceea-7.12T.4096.q',
    '1763830000000-8F14E45FCEEA-7.12t.4096.q',
    '1763830000000-8f14e45fceea-7.12t.999999999.q',
    '1763830000000-8f14e45fceea-7.12345678t.4096.q',
    `${NAME}.tmp`,
    `${NAME}.L0123456789ab`,
    `${NAME}\n`,
    `../${NAME}`,
  ];
  for (const name of foreign) {
    it(`are not ${JSON.stringify(name)}`, () => {
      expect(parseFileName(name)).to.equal(undefined);
    });
  }

  it('come back as they went, whatever they say', () => {
    const id = fc.stringMatching(/^[0-9a-f]{12}$/);
    const facts = fc.record({
      createdMillis: fc.integer({ min: 0, max: 9_999_999_999_999 }),
      writer: id,
      sequence: fc.integer({ min: 0, max: 1e9 }),
      counts: fc.dictionary(fc.stringMatching(/^[a-z]$/), fc.integer({ min: 0, max: 9_999_999 }), { minKeys: 1 }),
      bytes: fc.integer({ min: 0, max: 99_999_999 }),
    });
    fc.assert(
      fc.property(facts, id, fc.integer({ min: 0, max: 9_999_999_999_999 }), (facts, holder, untilMillis) => {
        const claim = { purpose: 'lease', holder, untilMillis } as const;
        const read = parseFileName(formatClaimedName(formatBatchName(facts), claim));
        expect(read?.createdMillis).to.equal(facts.createdMillis);
        expect(read?.counts).to.deep.equal({ ...facts.counts });
        expect(read?.bytes).to.equal(facts.bytes);
        expect(read?.claim).to.deep.equal(claim);
      }),
    );
  });
});
