import { expect } from 'chai';
import http from 'node:http';
import type net from 'node:net';
import tls from 'node:tls';
import type { Delivered, Delivery } from '../../src/delivery/delivery.ts';
import { HttpTransport } from '../../src/delivery/http-transport.ts';
import { until } from './fake-clock.ts';
import { Bench, items } from './delivery-bench.ts';
import type { RecordedRequest, Step } from './scripted-server.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const HELD: Delivered = { kind: 'held' };

const four = (): Buffer[] => items(0, 4);
const answer = (accepted: number, ...errors: unknown[]) => ({ itemsReceived: 4, itemsAccepted: accepted, errors });
const error = (index: unknown, statusCode: unknown, message: unknown = 'why') => ({ index, statusCode, message });

describe('the protocol', () => {
  let bench: Bench;
  let delivery: Delivery;
  const start = async (script: Step[], decide?: (request: RecordedRequest) => Step): Promise<void> => {
    bench = await Bench.start(script, decide);
    delivery = bench.open();
  };
  const empty = (): boolean => delivery.stats().memoryItems === 0;

  afterEach(() => bench.close());

  describe('keeps a body that may be taken later, and sends it again', () => {
    const rows: [what: string, step: Step, reason: RegExp, waitMillis: number][] = [
      ['408', { status: 408 }, /^HTTP 408$/, SECOND],
      ['429', { status: 429 }, /^HTTP 429$/, SECOND],
      ['429 with seconds', { status: 429, headers: { 'retry-after': '120' } }, /^HTTP 429$/, 2 * MINUTE],
      [
        '429 with a date',
        { status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' } },
        /^HTTP 429$/,
        30 * SECOND,
      ],
      ['429 with milliseconds', { status: 429, headers: { 'x-ms-retry-after-ms': '2500' } }, /^HTTP 429$/, 2500],
      ['429 with a wait of years', { status: 429, headers: { 'retry-after': '99999999' } }, /^HTTP 429$/, 24 * HOUR],
      ['402, the quota', { status: 402 }, /^HTTP 402$/, HOUR],
      ['439, the quota of old', { status: 439 }, /^HTTP 439$/, HOUR],
      ['439 with seconds', { status: 439, headers: { 'retry-after': '600' } }, /^HTTP 439$/, 10 * MINUTE],
      ['500', { status: 500 }, /^HTTP 500$/, SECOND],
      ['500 whose body is cut', { status: 500, body: 'half', fault: 'cut' }, /^HTTP 500$/, SECOND],
      ['502 with a page', { status: 502, body: '<html>' }, /^HTTP 502$/, SECOND],
      ['503', { status: 503 }, /^HTTP 503$/, SECOND],
      ['503 with seconds', { status: 503, headers: { 'retry-after': '7' } }, /^HTTP 503$/, 7 * SECOND],
      ['504', { status: 504 }, /^HTTP 504$/, SECOND],
      ['401 without a credential', { status: 401 }, /^HTTP 401$/, MINUTE],
      ['403 without a credential', { status: 403 }, /^HTTP 403$/, MINUTE],
      ['404, not the service', { status: 404 }, /^HTTP 404$/, 10 * MINUTE],
      ['301', { status: 301, headers: { location: '/other' } }, /^HTTP 301$/, SECOND],
      ['302', { status: 302, headers: { location: '/other' } }, /^HTTP 302$/, SECOND],
      ['303', { status: 303, headers: { location: '/other' } }, /^HTTP 303$/, SECOND],
      ['307 without a location', { status: 307 }, /^a redirect without a location$/, SECOND],
      [
        '308 to a stranger',
        { status: 308, headers: { location: 'https://evil.example/v2.1/track' } },
        /^a redirect to https:\/\/evil\.example, which is not trusted$/,
        SECOND,
      ],
      ['200 with a page', { body: '<html>Sign in</html>' }, /^HTTP 200 whose body is not an answer/, SECOND],
      ['200 with other JSON', { body: { ok: true } }, /^HTTP 200 whose body is not an answer/, SECOND],
      ['200 whose body is cut', { body: '{"items', fault: 'cut' }, /^HTTP 200 that does not say/, SECOND],
      ['206 whose body is cut', { status: 206, body: '{"items', fault: 'cut' }, /^HTTP 206 that does not say/, SECOND],
      ['206 with a page', { status: 206, body: '<html>' }, /^HTTP 206 that does not say/, SECOND],
      ['206 without a body', { status: 206 }, /^HTTP 206 that does not say/, SECOND],
      [
        '400 for an unknown key',
        { status: 400, body: answer(0, error(0, 400, 'Invalid instrumentation key')) },
        /^HTTP 400 Invalid instrumentation key$/,
        HOUR,
      ],
      ['a connection that breaks after the body', { fault: 'reset' }, /^ECONNRESET: /, SECOND],
      ['a connection that breaks before the body', { fault: 'reset_reading' }, /^(ECONNRESET|EPIPE): /, SECOND],
    ];
    for (const [what, step, reason, waitMillis] of rows) {
      it(what, async () => {
        await start([step]);
        expect(await delivery.send(four(), 'traces')).to.deep.equal(HELD);
        const { gate, memoryItems } = delivery.stats();
        expect([gate.state, gate.reopensInMillis, memoryItems]).to.deep.equal(['closed', waitMillis, 4]);
        expect(gate.reason).to.match(reason);
        const asked = bench.requests.length;
        bench.clock.advance(waitMillis - 1);
        expect(bench.requests).to.have.length(asked);
        bench.clock.advance(1);
        await until(empty);
        expect(bench.requests.at(-1)).to.deep.equal([0, 1, 2, 3]);
        expect(delivery.stats()).to.deep.include({ accepted: 4, rejected: {}, dropped: {}, gate: { state: 'open' } });
      });
    }

    it('no answer in time', async () => {
      await start([{ fault: 'hang' }]);
      const phases = { lookup: 50, connect: 50, secureConnect: 50, send: 50, response: 50, request: 100 };
      delivery = bench.open({ tokenScope: 'unshared' }, { transport: new HttpTransport({ timeouts: phases }) });
      expect(await delivery.send(four(), 'traces')).to.deep.equal(HELD);
      expect(delivery.stats().gate.reason).to.match(/^ETIMEDOUT: /);
    });

    const codes: [code: string, cause: string][] = [
      ['ECONNREFUSED', 'network'],
      ['EHOSTUNREACH', 'network'],
      ['ENETUNREACH', 'network'],
      ['ENETDOWN', 'network'],
      ['EMFILE', 'network'],
      ['ECONNABORTED', 'network'],
      ['EPROTO', 'network'],
      ['EPIPE', 'network'],
      ['ENOTFOUND', 'name_resolution'],
      ['EAI_AGAIN', 'name_resolution'],
    ];
    for (const [code, cause] of codes) {
      it(`a connection that fails with ${code}`, async () => {
        await start([]);
        const agent = new FailingAgent(code);
        delivery = bench.open({ agent });
        expect(await delivery.send(four(), 'traces')).to.deep.equal(HELD);
        expect(delivery.stats().gate).to.deep.include({ state: 'closed', cause, reopensInMillis: SECOND });
        agent.isFailing = false;
        bench.clock.advance(SECOND);
        await until(empty);
        expect(bench.requests).to.deep.equal([[0, 1, 2, 3]]);
      });
    }

    it('a certificate that is not trusted, naming who issued it', async () => {
      await start([]);
      const impostor = tls.createServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }).listen(0, '127.0.0.1');
      await until(() => impostor.listening);
      const { port } = impostor.address() as net.AddressInfo;
      delivery = bench.open({ ingestionEndpoint: `https://127.0.0.1:${port}/` });
      expect(await delivery.send(four(), 'traces')).to.deep.equal(HELD);
      const { gate } = delivery.stats();
      expect(gate).to.deep.include({ state: 'closed', cause: 'tls' });
      // Newer lines of Node.js add a hint of their own to the message.
      expect(gate)
        .to.have.property('reason')
        .that.matches(/^DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate(; if .*)?; issued by "Test Proxy CA"$/);
      impostor.close();
    });
  });

  describe('drops a body that will never be taken', () => {
    for (const status of [405, 410, 411, 415, 431, 501, 505]) {
      it(`${status}`, async () => {
        await start([{ status }]);
        expect(await delivery.send(four(), 'traces')).to.deep.equal({
          kind: 'lost',
          reason: `4 of 4 items lost: HTTP ${status}`,
        });
        expect(delivery.stats()).to.deep.include({
          memoryItems: 0,
          rejected: { [status]: 4 },
          gate: { state: 'open' },
        });
        expect(bench.requests).to.deep.equal([[0, 1, 2, 3]]);
      });
    }
  });

  describe('takes for a success', () => {
    const rows: [what: string, step: Step][] = [
      ['200 with the counts', { body: answer(4) }],
      ['200 without errors', { body: { itemsReceived: 4, itemsAccepted: 4 } }],
      ['200 without a body', { body: ' ' }],
      ['202', { status: 202, body: 'whatever' }],
      ['204', { status: 204 }],
      ['206 without errors', { status: 206, body: answer(4) }],
      [
        '206 whose errors are items sampled out',
        { status: 206, body: answer(3, error(1, 206, 'Telemetry sampled out.')) },
      ],
    ];
    for (const [what, step] of rows) {
      it(what, async () => {
        await start([step]);
        expect(await delivery.send(four(), 'traces')).to.deep.equal({ kind: 'sent' });
        expect(delivery.stats()).to.deep.include({ accepted: 4, memoryItems: 0, gate: { state: 'open' } });
      });
    }

    it('200 that asks for a pause, and pauses', async () => {
      await start([{ headers: { 'retry-after': '60' } }]);
      expect(await delivery.send(four(), 'traces')).to.deep.equal({ kind: 'sent' });
      expect(delivery.stats().gate).to.deep.include({ state: 'closed', reopensInMillis: MINUTE });
    });
  });

  describe('reads an answer item by item', () => {
    it('sends the retryable items of a 206 again, and drops the others', async () => {
      const errors = [401, 402, 403, 408, 429, 439, 500, 502, 503, 504].map((status, index) => error(index, status));
      const refused = [error(10, 400, 'bad time'), error(11, 404, 'gone'), error(12, 400, 'bad time')];
      await start([{ status: 206, body: { itemsReceived: 14, itemsAccepted: 1, errors: [...refused, ...errors] } }]);
      expect(await delivery.send(items(0, 14), 'traces')).to.deep.equal({
        kind: 'lost',
        reason: '2 of 14 items lost: HTTP 400 bad time; 1 of 14 items lost: HTTP 404 gone',
      });
      expect(delivery.stats()).to.deep.include({ accepted: 1, memoryItems: 10, rejected: { 400: 2, 404: 1 } });
      bench.clock.advance(SECOND);
      await until(empty);
      expect(bench.requests[1]).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(delivery.stats()).to.deep.include({ accepted: 11, gate: { state: 'open' } });
    });

    it('treats a 200 whose counts disagree as a 206', async () => {
      await start([{ body: answer(2, error(1, 500), error(3, 400)) }]);
      await delivery.send(four(), 'traces');
      bench.clock.advance(SECOND);
      await until(empty);
      expect(bench.requests).to.deep.equal([[0, 1, 2, 3], [1]]);
      expect(delivery.stats()).to.deep.include({ accepted: 3, rejected: { 400: 1 } });
    });

    it('waits longer each time nothing of a body is taken', async () => {
      const none = { status: 206, body: answer(0, ...[0, 1, 2, 3].map(index => error(index, 500))) };
      await start([none, none, none, none]);
      delivery = bench.open({ memoryMaxBytes: 1_000_000 }, { random: () => 1 });
      await delivery.send(four(), 'traces');
      for (const seconds of [2, 2, 2, 3]) {
        await until(() => delivery.stats().gate.state === 'closed');
        expect(delivery.stats().gate.reopensInMillis).to.equal(seconds * SECOND);
        bench.clock.advance(seconds * SECOND);
      }
    });

    const malformed: [what: string, errors: unknown][] = [
      ['no list', 'errors'],
      ['an error that is null', [null]],
      ['no index', [{ statusCode: 500, message: 'x' }]],
      ['an index that is text', [error('1', 500)]],
      ['an index between two items', [error(1.5, 500)]],
      ['a negative index', [error(-1, 500)]],
      ['an index past the end', [error(4, 500)]],
      ['one index twice', [error(1, 500), error(1, 400)]],
      ['no status', [{ index: 1, message: 'x' }]],
      ['a status that is text', [error(1, '500')]],
    ];
    for (const [what, errors] of malformed) {
      it(`sends the whole body once more, and no more, when a 206 has ${what}`, async () => {
        const step = { status: 206, body: { itemsReceived: 4, itemsAccepted: 3, errors } };
        await start([step, step]);
        expect(await delivery.send(four(), 'traces')).to.deep.equal(HELD);
        bench.clock.advance(SECOND);
        await until(empty);
        expect(bench.requests).to.deep.equal([
          [0, 1, 2, 3],
          [0, 1, 2, 3],
        ]);
        expect(delivery.stats()).to.deep.include({ accepted: 0, rejected: { 206: 4 } });
      });
    }

    it('does not mind an error without a message', async () => {
      await start([{ status: 206, body: answer(3, { index: 2, statusCode: 400 }) }]);
      expect(await delivery.send(four(), 'traces')).to.deep.equal({
        kind: 'lost',
        reason: '1 of 4 items lost: HTTP 400',
      });
      expect(delivery.stats()).to.deep.include({ accepted: 3, rejected: { 400: 1 } });
    });

    it('asks again in halves when the errors are more than it reads', async () => {
      const flood = { status: 206, body: `{"errors":[${'{"index":0},'.repeat(10_000)}` };
      await start([flood]);
      expect(await delivery.send(four(), 'traces')).to.deep.equal({ kind: 'sent' });
      const [whole, ...halves] = bench.requests; // Both halves are under way at once.
      expect(whole).to.deep.equal([0, 1, 2, 3]);
      expect(halves).to.have.deep.members([
        [0, 1],
        [2, 3],
      ]);
    });
  });

  describe('divides a body that is refused as a whole', () => {
    it('drops what a 400 names, and sends the others at once', async () => {
      await start([{ status: 400, body: answer(0, error(2, 400, 'bad time')) }]);
      expect(await delivery.send(four(), 'traces')).to.deep.equal({
        kind: 'lost',
        reason: '1 of 4 items lost: HTTP 400 bad time',
      });
      expect(bench.requests).to.deep.equal([
        [0, 1, 2, 3],
        [0, 1, 3],
      ]);
    });

    it('finds the item that a 400 does not name', async () => {
      await start([], request => (numbersOf(request).includes(37) ? { status: 400 } : {}));
      expect(await delivery.send(items(0, 64), 'traces')).to.deep.equal({
        kind: 'lost',
        reason: '1 of 64 items lost: HTTP 400',
      });
      expect(delivery.stats()).to.deep.include({ accepted: 63, rejected: { 400: 1 } });
      expect(bench.requests).to.have.length(13);
    });

    it('gives up on what is still refused after so many divisions', async () => {
      await start([], () => ({ status: 400, body: '<html>' }));
      await delivery.send(items(0, 512), 'traces');
      expect(delivery.stats()).to.deep.include({ accepted: 0, rejected: { 400: 512 } });
      expect(bench.requests).to.have.length(49);
    });

    it('halves what a 413 calls too large, and keeps to the size that worked', async () => {
      await start([], request => (request.items.length > 10 ? { status: 413 } : {}));
      expect(await delivery.send(items(0, 64), 'traces')).to.deep.equal({ kind: 'sent' });
      // 8 parts of 8, and on the way there two refusals at most for each of the sizes 64, 32 and 16.
      expect(bench.requests.length).to.be.at.most(8 + 6);
      const asked = bench.requests.length;
      await delivery.send(items(0, 64), 'logs');
      expect(bench.server.requests.slice(asked).every(request => request.items.length <= 10)).to.equal(true);
      expect(delivery.stats()).to.deep.include({ accepted: 128, rejected: {}, dropped: {} });
    });

    it('drops one item that alone is too large', async () => {
      await start([], request => (numbersOf(request).includes(2) ? { status: 413 } : {}));
      expect(await delivery.send(four(), 'traces')).to.deep.equal({
        kind: 'lost',
        reason: '1 of 4 items lost: HTTP 413',
      });
      expect(delivery.stats()).to.deep.include({ accepted: 3, rejected: {}, dropped: { too_large: 1 } });
    });
  });
});

function numbersOf({ items: carried }: RecordedRequest): number[] {
  return carried.map(item => (item as { n: number }).n);
}

/** Fails to connect, until told otherwise. */
class FailingAgent extends http.Agent {
  isFailing = true;
  readonly #code: string;

  constructor(code: string) {
    super({ keepAlive: true });
    this.#code = code;
  }

  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    if (!this.isFailing) return super.createConnection(...args);
    throw Object.assign(new Error(`connect ${this.#code}`), { code: this.#code });
  }
}
