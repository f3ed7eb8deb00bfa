import { expect } from 'chai';
import { redactProperty, redactText, type RedactionOptions } from '../../src/mapping/redaction.ts';

const MASK: RedactionOptions = { urlQuery: 'redact-values' };
const STRIP: RedactionOptions = { urlQuery: 'strip' };
const KEEP: RedactionOptions = { urlQuery: 'keep' };

describe('redactText', () => {
  const userInfo: [string, string][] = [
    ['https://ada:hunter2@api.example/a', 'https://api.example/a'],
    ['https://token@api.example', 'https://api.example'],
    ['GET https://a:b@x.example and amqp://c:d@y.example:5672/v', 'GET https://x.example and amqp://y.example:5672/v'],
    ['{"url":"https://a:b@x.example/"}', '{"url":"https://x.example/"}'],
    ['mongodb://a:b@h1:27017,h2:27017/db', 'mongodb://h1:27017,h2:27017/db'],
    ['https://a:b@c@x.example/', 'https://x.example/'],
    ['postgres://ada:p/ss@db.example/shop', 'postgres://db.example/shop'],
    ['redis://:p#ss@cache.example:6379', 'redis://cache.example:6379'],
    ['https://a:p://x@y.example/', 'https://y.example/'],
    ['see http://x.example/,https://a:b@y.example/', 'see http://x.example/,https://y.example/'],
    [`https://ada:${'p'.repeat(5000)}@api.example/a`, 'https://api.example/a'],
  ];
  for (const [text, expected] of userInfo) {
    it(`takes the user info out of ${text.slice(0, 60)}, whatever the query is to become`, () => {
      for (const options of [MASK, STRIP, KEEP]) expect(redactText(text, options)).to.equal(expected);
    });
  }

  const untouched = [
    'https://api.example/a?b=c',
    'https://api.example:8443/users/ada@example.com',
    'https://[::1]:8080/a',
    'ada@example.com wrote to http://x.example/',
    'SELECT * FROM users WHERE password = $1 AND token = ?',
    'INSERT INTO users (password, token) VALUES (%s, %s)',
    'UPDATE t SET password=%s, n=1',
    'code=5 key=7 se=3',
    'a == b, c => d, password=',
    'the bearer of bad news',
  ];
  for (const text of untouched) {
    it(`leaves ${text} as it is`, () => {
      expect(redactText(text, MASK)).to.equal(text);
    });
  }

  const queries: [string, string, string][] = [
    [
      'https://x.example/a?id=7&token=abc#top',
      'https://x.example/a?id=7&token=REDACTED#top',
      'https://x.example/a#top',
    ],
    [
      'https://s.example/c/b?sv=2024&se=2030&sr=b&sp=r&sig=aB%2F%3D',
      'https://s.example/c/b?sv=REDACTED&se=REDACTED&sr=REDACTED&sp=REDACTED&sig=REDACTED',
      'https://s.example/c/b',
    ],
    [
      'https://b.example/k?X-Amz-Signature=ab&X-Goog-Credential=cd&x=1',
      'https://b.example/k?X-Amz-Signature=REDACTED&X-Goog-Credential=REDACTED&x=1',
      'https://b.example/k',
    ],
    [
      'https://x.example/a?access-token=a&clientSecret=b&apiKey=c&subscription-key=d&n=1',
      'https://x.example/a?access-token=REDACTED&clientSecret=REDACTED&apiKey=REDACTED&subscription-key=REDACTED&n=1',
      'https://x.example/a',
    ],
    [
      'https://x.example/a?token[]=a&token%5B%5D=b&n=1',
      'https://x.example/a?token[]=REDACTED&token%5B%5D=REDACTED&n=1',
      'https://x.example/a',
    ],
    ['/login?code=1&state=2 failed', '/login?code=REDACTED&state=2 failed', '/login?code=REDACTED&state=2 failed'],
  ];
  for (const [text, masked, stripped] of queries) {
    it(`masks, strips or keeps the query of ${text}`, () => {
      expect(redactText(text, MASK)).to.equal(masked);
      expect(redactText(text, STRIP)).to.equal(stripped);
      expect(redactText(text, KEEP)).to.equal(text);
    });
  }

  const pairs: [string, string][] = [
    ['Server=db;User Id=ada;Password=hunter2;Encrypt=true', 'Server=db;User Id=ada;Password=REDACTED;Encrypt=true'],
    ['Server=db;Pwd = "a;b c";Encrypt=true', 'Server=db;Pwd =REDACTED;Encrypt=true'],
    [
      'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=aGVsbG8=;EndpointSuffix=core.windows.net',
      'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=REDACTED;EndpointSuffix=core.windows.net',
    ],
    [
      'Endpoint=sb://bus.example/;SharedAccessKeyName=Root;SharedAccessKey=a+b/c=',
      'Endpoint=sb://bus.example/;SharedAccessKeyName=Root;SharedAccessKey=REDACTED',
    ],
    ['cache.example:6380,password=abc,ssl=True', 'cache.example:6380,password=REDACTED'],
    ['DB_PASSWORD=abc npm start', 'DB_PASSWORD=REDACTED npm start'],
    ['jdbc:sqlserver://db;user=a;password=b&c', 'jdbc:sqlserver://db;user=a;password=REDACTED'],
    ["SET password = 'x y'", 'SET password =REDACTED'],
    ['spring.datasource.password=abc', 'spring.datasource.password=REDACTED'],
    ['user[password]=abc', 'user[password]=REDACTED'],
    ['Authorization: Bearer eyJhbGciOiJub25lIn0.e30.x-_== refused', 'Authorization: Bearer REDACTED refused'],
  ];
  for (const [text, expected] of pairs) {
    it(`masks the secret in ${text}, whatever a query is to become`, () => {
      for (const options of [MASK, STRIP, KEEP]) expect(redactText(text, options)).to.equal(expected);
    });
  }
});

describe('redactProperty', () => {
  const secretKeys = [
    'db.connection_string',
    'db.password',
    'app.clientSecret',
    'http.request.header.authorization',
    'http.request.header.proxy_authorization',
    'http.response.header.set-cookie',
    'rpc.grpc.request.metadata.x-api-key',
    'Authorization',
    'cookie',
    'access_token',
    'auth.refreshToken',
    'app.apiKey',
    'AccountKey',
  ];
  for (const key of secretKeys) {
    it(`masks ${key} whole`, () => {
      expect(redactProperty(key, '["anything"]', KEEP)).to.equal('REDACTED');
    });
  }
  for (const key of [
    'gen_ai.usage.input_tokens',
    'http.request.header.accept',
    'cookies.count',
    'author',
    'PWD',
    'token',
  ]) {
    it(`leaves ${key} as it is`, () => {
      expect(redactProperty(key, 'anything', MASK)).to.equal('anything');
    });
  }
  it('takes user info from a host', () => {
    expect(redactProperty('server.address', 'ada:hunter2@api.example', KEEP)).to.equal('api.example');
    expect(redactProperty('http.host', 'ada:hunter2@[::1]:8080', MASK)).to.equal('[::1]:8080');
    expect(redactProperty('peer.service', 'orders@eu', MASK)).to.equal('orders@eu');
  });
  it('knows url.query for a query', () => {
    expect(redactProperty('url.query', 'sig=ab&x=1', MASK)).to.equal('sig=REDACTED&x=1');
    expect(redactProperty('url.query', '?sig=ab&x=1', MASK)).to.equal('?sig=REDACTED&x=1');
    expect(redactProperty('url.query', 'sig=ab&x=1', STRIP)).to.equal('');
    expect(redactProperty('url.query', 'sig=ab&x=1', KEEP)).to.equal('sig=ab&x=1');
  });
  it('knows http.target for a path with a query', () => {
    expect(redactProperty('http.target', '/a?sig=ab&x=1', MASK)).to.equal('/a?sig=REDACTED&x=1');
    expect(redactProperty('http.target', '/a?sig=ab&x=1', STRIP)).to.equal('/a');
  });
});
