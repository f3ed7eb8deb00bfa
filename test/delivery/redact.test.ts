import { expect } from 'chai';
import { maskKey, redact } from '../../src/delivery/redact.ts';

const cases: [what: string, text: string, expected: string][] = [
  ['leaves plain text as it is', 'connect ECONNREFUSED 127.0.0.1:443', 'connect ECONNREFUSED 127.0.0.1:443'],
  ['makes one line', 'a\r\nb\tc\0d', 'a b c d'],
  ['takes out user information', 'at https://me:secret@host/x', 'at https://host/x'],
  ['takes out what may be a token', `Bearer ${'eyJ0eXAi.'.repeat(9)}x`, 'Bearer …'],
  ['cuts long text', 'ab '.repeat(200), 'ab '.repeat(67).slice(0, 200)],
  ['does not cut a character in two', `${'a '.repeat(99)}a😀`, `${'a '.repeat(99)}a`],
];

describe('redact', () => {
  for (const [what, text, expected] of cases) it(what, () => expect(redact(text)).to.equal(expected));

  it('shows four characters of a key', () => {
    expect(maskKey('1a2b3c4d-0000-0000-0000-000000000000')).to.equal('1a2b…');
  });
});
