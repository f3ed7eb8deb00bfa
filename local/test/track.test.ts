import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { startLocalMonitor, type LocalMonitor } from '../src/index.ts';
import { message, request } from './sample-items.ts';
import { post } from './sender.ts';

describe('the ingestion protocol', () => {
  let monitor: LocalMonitor;
  before(async () => {
    monitor = await startLocalMonitor({ maxBodyBytes: 20_000, maxInflatedBytes: 100_000 });
  });
  afterEach(() => monitor.clear());
  after(() => monitor.close());

  const names = (): string[] => monitor.rows('requests').map(({ name }) => name);

  for (const path of ['/v2.1/track', '/v2/track', '/track', '//v2.1/track', '/v2.1/track?x=1']) {
    it(`takes telemetry at ${path}`, async () => {
      const { status, text } = await post(monitor.url, [request()], { path });
      expect({ status, text }).to.deep.equal({
        status: 200,
        text: '{"itemsReceived":1,"itemsAccepted":1,"errors":[]}',
      });
      expect(names()).to.deep.equal(['GET /orders']);
    });
  }

  const bodies: [string, string | Buffer, object][] = [
    ['a JSON array', JSON.stringify([request({ name: 'a' }), request({ name: 'b' })]), {}],
    ['one object a line', `${JSON.stringify(request({ name: 'a' }))}\n${JSON.stringify(request({ name: 'b' }))}\n`, {}],
    [
      'lines that end as on Windows',
      [request({ name: 'a' }), request({ name: 'b' })].map(line => JSON.stringify(line)).join('\r\n'),
      {},
    ],
    [
      'gzip',
      gzipSync(JSON.stringify([request({ name: 'a' }), request({ name: 'b' })])),
      { 'content-encoding': 'gzip', 'content-type': 'application/x-json-stream' },
    ],
    [
      'a body that says it is not encoded',
      JSON.stringify([request({ name: 'a' }), request({ name: 'b' })]),
      { 'content-encoding': 'identity' },
    ],
  ];
  for (const [what, body, headers] of bodies) {
    it(`reads ${what}`, async () => {
      expect((await post(monitor.url, body, { headers })).status).to.equal(200);
      expect(names()).to.deep.equal(['a', 'b']);
    });
  }

  it('reads one object that is spread over lines', async () => {
    expect((await post(monitor.url, JSON.stringify(request(), undefined, 2))).status).to.equal(200);
    expect(names()).to.deep.equal(['GET /orders']);
  });

  it('takes the good items of a request and names the others by index', async () => {
    const { status, text } = await post(monitor.url, [request(), 7, message(''), request()]);
    expect(status).to.equal(206);
    expect(JSON.parse(text)).to.deep.equal({
      itemsReceived: 4,
      itemsAccepted: 2,
      errors: [
        { index: 1, statusCode: 400, message: "Field 'item': expected a JSON object" },
        {
          index: 2,
          statusCode: 400,
          message:
            "109: Field 'message' on type 'MessageData' is required but missing or empty. Expected: string, Actual: ",
        },
      ],
    });
    expect(names()).to.deep.equal(['GET /orders', 'GET /orders']);
  });

  it('keeps the lines around one that is not JSON', async () => {
    const { status, text } = await post(
      monitor.url,
      `${JSON.stringify(request())}\n{"broken\n${JSON.stringify(request())}`,
    );
    expect(status).to.equal(206);
    expect(JSON.parse(text)).to.deep.equal({
      itemsReceived: 3,
      itemsAccepted: 2,
      errors: [{ index: 1, statusCode: 400, message: "Field 'item': expected a JSON object" }],
    });
  });

  it('answers 400 when no item is good', async () => {
    const { status, text } = await post(monitor.url, [message('')]);
    expect(status).to.equal(400);
    expect(JSON.parse(text)).to.deep.equal({
      itemsReceived: 1,
      itemsAccepted: 0,
      errors: [
        {
          index: 0,
          statusCode: 400,
          message:
            "109: Field 'message' on type 'MessageData' is required but missing or empty. Expected: string, Actual: ",
        },
      ],
    });
  });

  const unreadable: [string, string | Buffer, object, string][] = [
    ['an empty body', '', {}, 'the body is empty'],
    ['an empty list', '[]', {}, 'the list is empty'],
    ['a broken array', '[{"a":1},', {}, 'the body is not a JSON array'],
    ['text', 'hello', {}, 'the body is not JSON'],
    ['bytes that are not UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), {}, 'the body is not UTF-8'],
    ['gzip that is none', 'hello', { 'content-encoding': 'gzip' }, 'gzip: incorrect header check'],
    [
      'gzip that is cut',
      gzipSync('[{"a":1}]').subarray(0, 20),
      { 'content-encoding': 'gzip' },
      'gzip: unexpected end of file',
    ],
    ['an unknown encoding', 'hello', { 'content-encoding': 'br' }, 'content-encoding: expected gzip or identity'],
  ];
  for (const [what, body, headers, reason] of unreadable) {
    it(`answers 400 to ${what}`, async () => {
      const { status, text } = await post(monitor.url, body, { headers });
      expect(status).to.equal(400);
      expect(JSON.parse(text)).to.deep.equal({
        itemsReceived: 0,
        itemsAccepted: 0,
        errors: [{ index: 0, statusCode: 400, message: reason }],
      });
    });
  }

  it('answers 413 to a body that is too large, after reading it to its end', async () => {
    const { status, text } = await post(monitor.url, [message('x'.repeat(30_000))]);
    expect(status).to.equal(413);
    expect(JSON.parse(text)).to.deep.equal({
      itemsReceived: 0,
      itemsAccepted: 0,
      errors: [{ index: 0, statusCode: 413, message: 'The body is larger than 20000 bytes' }],
    });
  });

  it('answers 413 to a small body that unpacks to a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    expect(bomb.length).to.be.below(20_000);
    const { status, text } = await post(monitor.url, bomb, { headers: { 'content-encoding': 'gzip' } });
    expect(status).to.equal(413);
    expect(JSON.parse(text).errors[0].message).to.equal('The body is larger than 100000 bytes');
  });

  it('ends a connection that sends without end', async () => {
    let failure: NodeJS.ErrnoException | undefined;
    await post(monitor.url, Buffer.alloc(20_000_000)).catch((error: NodeJS.ErrnoException) => (failure = error));
    expect(failure?.code).to.be.oneOf(['ECONNRESET', 'EPIPE']);
    expect((await post(monitor.url, [request()])).status).to.equal(200);
  });

  const others: [string, string, number, string | undefined][] = [
    ['GET', '/', 200, undefined],
    ['HEAD', '/', 200, undefined],
    ['DELETE', '/', 405, 'GET, HEAD'],
    ['GET', '/v2.1/track', 405, 'POST'],
    ['PUT', '/v2/track', 405, 'POST'],
    ['POST', '/v3/track', 404, undefined],
    ['GET', '/favicon.ico', 404, undefined],
  ];
  for (const [method, path, expected, allow] of others) {
    it(`answers ${expected} to ${method} ${path}`, async () => {
      const { status, headers } = await post(monitor.url, '', { method, path });
      expect({ status, allow: headers.allow }).to.deep.equal({ status: expected, allow });
    });
  }
});
