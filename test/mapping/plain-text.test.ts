import { expect } from 'chai';
import fc from 'fast-check';
import { isPlain, redactBare, redactText } from '../../src/mapping/redaction.ts';

/** Has a mark, so that a text before it is looked through in full. */
const MARKED_END = '\n x @';

/** What secrets are made of, and what stands around them. */
const PIECES = [
  'password',
  'Token',
  'api_key',
  'secret',
  'Bearer',
  'Basic abcdefgh12345678',
  ' -password hunter2',
  'https://a.example/?page=2',
  'basic',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  'curl',
  '-----BEGIN PRIVATE KEY-----',
  'user/pw',
  'hunter2',
  'abcdefgh12345678',
  'host.example',
  '--',
  '-',
  ' ',
  '"',
  "'",
  '<',
  '>',
  '</',
  '/',
  '//',
  ':',
  '=',
  '@',
  '%',
  '%3D',
  ',',
  ';',
  '{',
  '}',
  '[',
  ']',
  '?',
  '&',
  '#',
  '\n',
  '\t',
  '7',
  'é',
  '漢',
];

describe('isPlain', () => {
  it('is true of no text that a full look would change', () => {
    const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map(pieces => pieces.join(''));
    let plain = 0;
    fc.assert(
      fc.property(texts.filter(isPlain), text => {
        plain += 1;
        expect(redactText(text + MARKED_END, { urlQuery: 'strip' })).to.equal(text + MARKED_END);
      }),
      { numRuns: 1000 },
    );
    expect(plain).to.be.at.least(1000);
  });

  for (const text of ['a@b', 'password: x', 'key=x', '%3D', 'mysql -px', 'Basic x', 'x eyJ', 'a\0b', '\ud800', '</a>'])
    it(`is false of ${JSON.stringify(text)}`, () => expect(isPlain(text)).to.equal(false));
});

describe('redactBare', () => {
  it('does what a full look does, and leaves nothing that JSON escapes', () => {
    const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map(pieces => pieces.join(''));
    const options = fc.constantFrom(...(['redact-values', 'strip', 'keep'] as const));
    let bare = 0;
    fc.assert(
      fc.property(texts, options, (text, urlQuery) => {
        const redacted = redactBare(text, { urlQuery });
        if (redacted === undefined) return;
        bare += 1;
        expect(redacted).to.equal(redactText(text, { urlQuery }));
        expect(JSON.stringify(redacted)).to.equal(`"${redacted}"`);
      }),
      { numRuns: 5000 },
    );
    expect(bare).to.be.at.least(500);
  });

  it('does most texts', () => {
    const texts = [
      'order 7 was reserved for customer c-12 in 31 ms',
      'https://payments.shop.example/v2/charges/7?currency=EUR',
      'SELECT o.id FROM orders o WHERE o.id = $1',
      'GET /orders/:id',
      '203.0.113.7',
    ];
    expect(texts.map(text => redactBare(text, { urlQuery: 'redact-values' }))).to.deep.equal(texts);
  });
});
