import { expect } from 'chai';
import fc from 'fast-check';
import { isPlain, redactText } from '../../src/mapping/redaction.ts';

/** Has a mark, so that a text before it is looked through in full. */
const MARKED_END = '\n x @';

/** What secrets are made of, and what stands around them. */
const PIECES = [
  'password',
  'Token',
  'api_key',
  'secret',
  'Bearer',
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
