import { expect } from 'chai';
import { redactProperty, redactText, type RedactionOptions } from '../../src/mapping/redaction.ts';

const MASK: RedactionOptions = { urlQuery: 'redact-values' };
const STRIP: RedactionOptions = { urlQuery: 'strip' };
const KEEP: RedactionOptions = { urlQuery: 'keep' };

/** Of several lines, with signs but no secret. */
const LONG_TEXT = 'item: 7, state=open\n'.repeat(20);

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
    ['//ada:hunter2@db.example/shop', '//db.example/shop'],
    ['//:hunter2@db.example/shop', '//db.example/shop'],
    ['see //ada:p/ss@db.example:5432', 'see //db.example:5432'],
    ['jdbc:oracle:thin:scott/tiger@//db.example:1521/shop', 'jdbc:oracle:thin:@//db.example:1521/shop'],
    ['jdbc:oracle:thin:scott/tiger@db.example:1521:shop', 'jdbc:oracle:thin:@db.example:1521:shop'],
    ['jdbc:oracle:oci:scott/tiger@shop', 'jdbc:oracle:oci:@shop'],
    ['could not open scott/tiger@//db.example/shop', 'could not open @//db.example/shop'],
    ['scott/tiger@db.example:1521/shop', '@db.example:1521/shop'],
    ['ada:p@ss@tcp(db.example:3306)/shop', '@tcp(db.example:3306)/shop'],
    ['/login?to=https%3A%2F%2Fada%3Ahunter2%40api.example%2Fa&n=1', '/login?to=https%3A%2F%2Fapi.example%2Fa&n=1'],
    [
      '/login?to=https%253A%252F%252Fada%253Ap%25252Fss%2540api.example%252Fa',
      '/login?to=https%253A%252F%252Fapi.example%252Fa',
    ],
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
    'a basic understanding of basic things',
    'Unexpected token } in JSON at position 7',
    'Unexpected token: identifier',
    "Unexpected token: '=>'",
    'Invalid token: abcd123',
    'token count: 12, session: 7, code: 200',
    'password: must be at least 8 characters long',
    'invalid password: expected 8 characters',
    'x-csrf-token: missing',
    'author: ada, authority: shop, authentication: none',
    'SELECT * FROM users WHERE password = @p0 AND secret = :1',
    '{"password":null,"token":"","code":200,"key":"a","session":"b","author":"c","max_tokens":5}',
    'GET /secret-service:8080/a',
    'uses: actions/checkout@v4',
    'registry.example/shop/cart@sha256:0123456789abcdef',
    'npm install @shop/cart@1.2.3',
    '//ada@example.com',
    'a // b: c@d',
    'mailto:ada@example.com',
    'at 12:30:00 on 2026-11-22 --verbose --token-count 5 --password-file /run/p',
    '<secret-list><item>1</item></secret-list>',
    '/a;version=1/b',
    "access-control-allow-credentials: 'true'",
    'if (password === undefined || token == null) return',
    'mutation Login($password: String!) { login(password: $password) { token } }',
    'UPDATE users SET password = :password, token = @NewToken WHERE id = :id',
    'mysql --password=${DB_PASSWORD} shop',
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
    [
      'https://x.example/a?jwt=a&auth=b&credential=c&client_assertion=d&SAMLResponse=e&session=f&sas=g&bearer=h&n=1',
      'https://x.example/a?jwt=REDACTED&auth=REDACTED&credential=REDACTED&client_assertion=REDACTED&SAMLResponse=REDACTED&session=REDACTED&sas=REDACTED&bearer=REDACTED&n=1',
      'https://x.example/a',
    ],
    [
      'https://x.example/?to=https%3A%2F%2Fy.example%2F%3Ftoken%3Dabc%26n%3D1&m=2',
      'https://x.example/?to=https%3A%2F%2Fy.example%2F%3Ftoken%3DREDACTED%26n%3D1&m=2',
      'https://x.example/',
    ],
    [
      '/c?st=1&skoid=2&sktid=3&n=4',
      '/c?st=REDACTED&skoid=REDACTED&sktid=REDACTED&n=4',
      '/c?st=REDACTED&skoid=REDACTED&sktid=REDACTED&n=4',
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
    ['Server=db;Pwd = "a;b c";Encrypt=true', 'Server=db;Pwd = "REDACTED";Encrypt=true'],
    [`Server=db;Pwd='a''b;c';Encrypt=true`, `Server=db;Pwd='REDACTED';Encrypt=true`],
    [
      'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=aGVsbG8=;EndpointSuffix=core.windows.net',
      'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=REDACTED;EndpointSuffix=core.windows.net',
    ],
    [
      'Endpoint=sb://bus.example/;SharedAccessKeyName=Root;SharedAccessKey=a+b/c=',
      'Endpoint=sb://bus.example/;SharedAccessKeyName=Root;SharedAccessKey=REDACTED',
    ],
    ['cache.example:6380,password=abc,ssl=True', 'cache.example:6380,password=REDACTED'],
    ['Server=db;Password=)a,b;Encrypt=true', 'Server=db;Password=REDACTED;Encrypt=true'],
    ['Server=db;Password=$ecret1;Encrypt=true', 'Server=db;Password=REDACTED;Encrypt=true'],
    ['DB_PASSWORD=abc npm start', 'DB_PASSWORD=REDACTED npm start'],
    ['jdbc:sqlserver://db;user=a;password=b&c', 'jdbc:sqlserver://db;user=a;password=REDACTED'],
    ["SET password = 'x y'", "SET password = 'REDACTED'"],
    ['spring.datasource.password=abc', 'spring.datasource.password=REDACTED'],
    ['user[password]=abc', 'user[password]=REDACTED'],
    ['{"user":"ada","password":"hunter2","n":1}', '{"user":"ada","password":"REDACTED","n":1}'],
    ['{"password" : "a\\"b\\\\", "n": 1}', '{"password" : "REDACTED", "n": 1}'],
    ['{"password":12345,"n":1}', '{"password":REDACTED,"n":1}'],
    ['{"password":["a","b"],"n":1}', '{"password":REDACTED,"n":1}'],
    ['{"body":"{\\"token\\":\\"abc\\",\\"n\\":1}"}', '{"body":"{\\"token\\":\\"REDACTED\\",\\"n\\":1}"}'],
    ["{ password: 'hunter2', n: 1 }", "{ password: 'REDACTED', n: 1 }"],
    ['{"body":"\\"password\\":\\"abc\\"","n":1}', '{"body":"\\"password\\":\\"REDACTED\\"","n":1}'],
    ['Server=db;Pwd="""a"";b";Encrypt=true', 'Server=db;Pwd="REDACTED";Encrypt=true'],
    ['{"password":"cut here', '{"password":"REDACTED'],
    ['/?filter=%7B%22password%22%3A%22a%20b%22%7D', '/?filter=%7B%22password%22%3A%22REDACTED%22%7D'],
    ['"password"=>"hunter2"', '"password"=>"REDACTED"'],
    ['password: hunter2', 'password: REDACTED'],
    ["{ token: 'abcd' }", "{ token: 'REDACTED' }"],
    ['Invalid token: abcd1234', 'Invalid token: REDACTED'],
    ['password1: hunter2', 'password1: REDACTED'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMII=\n-----END RSA PRIVATE KEY-----', 'REDACTED RSA PRIVATE KEY-----'],
    ['x-api-key: abc\naccept: b', 'x-api-key: REDACTED\naccept: b'],
    ['X-Ms-Authorization: abc', 'X-Ms-Authorization: REDACTED'],
    ['x-csrf-token: abc', 'x-csrf-token: REDACTED'],
    ['authorization: Basic YTpi refused', 'authorization: Basic REDACTED refused'],
    ['Authorization: Digest username="a", response="b"\nHost: c', 'Authorization: REDACTED\nHost: c'],
    ['Cookie: a=b; c=d\nHost: e', 'Cookie: REDACTED\nHost: e'],
    ['mysql --password hunter2 --user ada', 'mysql --password REDACTED --user ada'],
    ['mysql --password=hunter2 --user ada', 'mysql --password=REDACTED --user ada'],
    ['keytool -storepass changeit -list', 'keytool -storepass REDACTED -list'],
    ['["shop","--api-key","abc","-v"]', '["shop","--api-key","REDACTED","-v"]'],
    ['gh auth login --token abc', 'gh auth login --token REDACTED'],
    ['/a/b;jsessionid=abc?n=1', '/a/b;jsessionid=REDACTED?n=1'],
    ['<wsse:Password Type="Text">hunter2</wsse:Password>', '<wsse:Password Type="Text">REDACTED</wsse:Password>'],
    ['sent Basic YWRhOmh1bnRlcjI= along', 'sent Basic REDACTED along'],
    ['got eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln back', 'got REDACTED back'],
    ['Authorization: Bearer eyJhbGciOiJub25lIn0.e30.x-_== refused', 'Authorization: Bearer REDACTED refused'],
  ];
  for (const [text, expected] of pairs) {
    it(`masks the secret in ${text}, whatever a query is to become`, () => {
      for (const options of [MASK, STRIP, KEEP]) expect(redactText(text, options)).to.equal(expected);
    });

    it(`masks it behind a long text too: ${text}`, () => {
      expect(redactText(LONG_TEXT + text, MASK)).to.equal(LONG_TEXT + expected);
    });
  }

  const names =
    'pwd sig signature PHPSESSID clientAssertion SAMLResponse bearer jwt credentials ConnectionString clientSecret to-k_en p-w-d';
  for (const name of names.split(' '))
    it(`knows ${name} in a long text`, () => {
      expect(redactText(`${LONG_TEXT}"${name}"="abcd1234"`, MASK)).to.equal(`${LONG_TEXT}"${name}"="REDACTED"`);
    });

  it('knows what is a secret in a query only, in a long text', () => {
    const text = 'https://x.example/?sv=2024&se=7&code=1&n=2';
    const masked = 'https://x.example/?sv=REDACTED&se=REDACTED&code=REDACTED&n=2';
    expect(redactText(LONG_TEXT + text, MASK)).to.equal(LONG_TEXT + masked);
  });
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
    'token',
    'app.authToken',
    'github_token',
    'bearer_token',
    'credential',
    'enduser.credentials',
    'user.passphrase',
    'user.pwd',
    'DB_PASS',
    'jwt',
    'http.request.header.x-ms-authorization',
    'http.request.header.x-csrf-token',
    'http.request.header.x_goog_api_key',
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
    'session.id',
    'messaging.message.conversation_id',
    'gen_ai.token.type',
    'gen_ai.server.time_per_output_token',
    'llm.max_token',
    'nextPageToken',
    'http.response.header.access-control-allow-credentials',
    'authority',
    'authentication.method',
    'auth',
    'db.index.key',
    'partition_key',
    'code.function.signature',
    'aws.credential.source',
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
