import { expect } from 'chai';
import fc from 'fast-check';
import { parseAuthenticationString } from '../src/authentication-string.ts';

const CLIENT_ID = '7f2c1f4e-0a1b-4c2d-8e3f-123456789abc';

describe('parseAuthenticationString', () => {
  it('reads the identity of the machine', () => {
    expect(parseAuthenticationString('Authorization=AAD')).to.deep.equal({ clientId: undefined });
  });

  it('reads an identity by its client id, in any case and with spaces around', () => {
    for (const text of [`Authorization=AAD;ClientId=${CLIENT_ID}`, ` authorization = aad ; clientid = ${CLIENT_ID} ; `])
      expect(parseAuthenticationString(text)).to.deep.equal({ clientId: CLIENT_ID });
  });

  const REFUSED: readonly (readonly [text: string, found: string])[] = [
    ['', 'no Authorization=AAD'],
    ['Authorization=ikey', 'no Authorization=AAD'],
    [`ClientId=${CLIENT_ID}`, 'no Authorization=AAD'],
    ['Authorization=AAD;ClientId=app', 'a ClientId that is no GUID'],
    ['Authorization=AAD;ClientSecret=hush', 'keys that are none, or twice the same'],
    ['Authorization=AAD;Authorization=AAD', 'keys that are none, or twice the same'],
    ['AAD', 'keys that are none, or twice the same'],
  ];
  for (const [text, found] of REFUSED) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseAuthenticationString(text))
        .to.throw(
          'APPLICATIONINSIGHTS_AUTHENTICATION_STRING: expected "Authorization=AAD" or "Authorization=AAD;ClientId=…", ' +
            `found ${found}. Correct it, or unset it and pass the option credential.`,
        )
        .with.property('code', 'AUTHENTICATION_STRING_INVALID');
    });
  }

  it('answers or refuses whatever it is given, and never repeats it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), text => {
        try {
          parseAuthenticationString(text);
        } catch (error) {
          expect(error).to.have.property('code', 'AUTHENTICATION_STRING_INVALID');
          expect(String(error)).not.to.include(text);
        }
      }),
    );
  });
});
