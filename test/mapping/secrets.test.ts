import { expect } from 'chai';
import fc from 'fast-check';
import { redactText } from '../../src/mapping/redaction.ts';

/** Ways in which a secret of letters, digits and a few signs gets into a text. */
const CARRIERS: Readonly<Record<string, (secret: string) => string>> = {
  'a URL': secret => `https://ada:${secret}@api.example/a`,
  'a URL without a scheme': secret => `//ada:${secret}@db.example:5432/shop`,
  'an Oracle URL': secret => `jdbc:oracle:thin:scott/${secret}@//db.example:1521/shop`,
  'an Oracle connect string': secret => `scott/${secret}@db.example:1521/shop`,
  "a data source name of Go's": secret => `ada:${secret}@tcp(db.example:3306)/shop`,
  'a query': secret => `GET /a?n=1&access_token=${secret}&m=2`,
  'a signature': secret => `https://s.example/c?sv=1&sig=${secret}#top`,
  'a session in a path': secret => `/a/b;jsessionid=${secret}?n=1`,
  'a connection string': secret => `Server=db;User Id=ada;Password=${secret};Encrypt=true`,
  'a quoted part of one': secret => `Server=db;Pwd="${secret};${secret}";Encrypt=true`,
  'an account key': secret => `AccountName=shop;AccountKey=${secret}==;EndpointSuffix=core.example`,
  JSON: secret => JSON.stringify({ user: 'ada', password: secret, n: 1 }),
  'nested JSON': secret => JSON.stringify({ a: [{ clientSecret: `${secret}"${secret}` }], n: 1 }),
  'JSON in JSON': secret => JSON.stringify({ body: JSON.stringify({ refresh_token: secret }) }),
  'an object as Node.js prints it': secret => `{ user: 'ada', apiKey: '${secret}' }`,
  YAML: secret => `user: ada\npassword: ${secret}\nn: 1`,
  'a header': secret => `accept: a\r\nx-api-key: ${secret}\r\nhost: b`,
  credentials: secret => `authorization: Basic ${secret}\naccept: a`,
  cookies: secret => `Cookie: a=1; b=${secret}`,
  'an environment': secret => `MYSQL_PWD=${secret} GITHUB_TOKEN=${secret} node app.js`,
  'a flag': secret => `mysql --user ada --password ${secret} shop`,
  'a flag with a sign': secret => `mysql --user=ada --password=${secret} shop`,
  'a list of arguments': secret => JSON.stringify(['shop', '--client-secret', secret, '-v']),
  'an element': secret => `<login><password>${secret}</password></login>`,
};

/** Encodings that a text goes through on its way into another one. */
const WRAPPERS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': text => text,
  'in a text': text => `request failed: ${text} (after 3 attempts, 12:30:00)`,
  'in JSON': text => JSON.stringify({ message: text, n: 1 }),
  'in the query of a URL': text => `https://x.example/?to=${encodeURIComponent(text)}&n=1`,
  'in the query of a URL in one': text =>
    `https://x.example/?to=${encodeURIComponent(`https://y.example/?to=${encodeURIComponent(text)}`)}`,
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split('');
/** `zq` and a digit stand in no carrier, and keep a secret from being a remark. */
const secret = fc
  .string({ unit: fc.constantFrom(...LETTERS, '.', '_', '-', '~', '+'), minLength: 3, maxLength: 40 })
  .map(text => `zq7${text}zq`);

describe('secrets', () => {
  for (const [carrier, hold] of Object.entries(CARRIERS)) {
    it(`do not survive in ${carrier}, however it is wrapped`, () => {
      fc.assert(
        fc.property(secret, fc.constantFrom(...Object.keys(WRAPPERS)), (text, wrapper) => {
          const wrapped = WRAPPERS[wrapper]?.(hold(text)) ?? '';
          expect(redactText(wrapped, { urlQuery: 'redact-values' }), wrapper).not.to.include(text);
        }),
        { numRuns: 300 },
      );
    });
  }
});
