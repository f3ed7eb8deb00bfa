import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Delivery, DeliveryOptions } from '../../src/delivery/delivery.ts';
import { IngestionEndpoint } from '../../src/delivery/ingestion-endpoint.ts';
import type { AccessToken } from '../../src/delivery/token-credential.ts';
import { TokenSource } from '../../src/delivery/token-source.ts';
import type { Answer, PostRequest, Transport } from '../../src/delivery/transport.ts';
import { Bench, items, never } from './delivery-bench.ts';
import { FakeClock, until } from './fake-clock.ts';
import { PlainHttpsAgent } from './plain-https-agent.ts';
import type { Step } from './scripted-server.ts';

const HOUR = 3_600_000;
const HOME = 'westeurope-1.in.applicationinsights.azure.com';
const STAMP = 'westeurope-5.in.applicationinsights.azure.com';
const OTHER = 'dc.services.visualstudio.com';
const to = (host: string, status = 308, headers = {}): Step => ({
  status,
  headers: { location: `https://${host}/v2.1/track`, ...headers },
});

/** Gives tokens `t1`, `t2`, … */
class CountingCredential {
  #count = 0;

  getToken(): Promise<AccessToken> {
    this.#count += 1;
    return Promise.resolve({ token: `t${this.#count}`, expiresOnTimestamp: Date.UTC(2030, 0) });
  }
}

describe('IngestionEndpoint', () => {
  let bench: Bench;
  let delivery: Delivery;
  let agent: PlainHttpsAgent;
  const start = async (script: Step[], options: Partial<DeliveryOptions> = {}): Promise<void> => {
    bench = await Bench.start(script);
    agent = new PlainHttpsAgent(bench.server.port);
    delivery = bench.open({ ingestionEndpoint: `https://${HOME}/`, agent, ...options });
  };
  const send = () => delivery.send(items(0, 1), 'traces');
  /** Host and token of each request. */
  const asked = (): (string | undefined)[][] =>
    bench.server.requests.map(({ headers }) => [headers.host, headers.authorization]);
  const hosts = (): (string | undefined)[] => bench.server.requests.map(({ headers }) => headers.host);

  afterEach(async () => {
    await bench.close();
    agent.destroy();
  });

  describe('redirected', () => {
    it('posts the same body to where it is sent', async () => {
      await start([to(STAMP, 307)]);
      expect(await send()).to.deep.equal({ kind: 'sent' });
      expect(bench.server.requests.map(({ method, items: [item] }) => [method, item])).to.deep.equal([
        ['POST', { n: 0, filler: '' }],
        ['POST', { n: 0, filler: '' }],
      ]);
      expect(hosts()).to.deep.equal([HOME, STAMP]);
    });

    it('resolves a location without a host against the one it came from', async () => {
      await start([to(STAMP), { status: 308, headers: { location: '../v2/track' } }]);
      await send();
      expect(bench.server.requests.map(({ headers, path }) => [headers.host, path])).to.deep.equal([
        [HOME, '/v2.1/track'],
        [STAMP, '/v2.1/track'],
        [STAMP, '/v2/track'],
      ]);
    });

    it('goes straight to the new address of a permanent redirect for a day', async () => {
      await start([to(STAMP)]);
      await send();
      bench.clock.advance(24 * HOUR - 1);
      await send();
      bench.clock.advance(1);
      await send();
      expect(hosts()).to.deep.equal([HOME, STAMP, STAMP, HOME]);
    });

    it('asks the configured address again after a temporary redirect', async () => {
      await start([to(STAMP, 307)]);
      await send();
      await send();
      expect(hosts()).to.deep.equal([HOME, STAMP, HOME]);
    });

    it('remembers either for as long as it says', async () => {
      await start([to(STAMP, 307, { 'cache-control': 'max-age=60' })]);
      await send();
      await send();
      bench.clock.advance(60_000);
      await send();
      expect(hosts()).to.deep.equal([HOME, STAMP, STAMP, HOME]);
    });

    it('asks the configured address again after one failure of the new one', async () => {
      await start([to(STAMP), {}, { status: 503 }]);
      await send();
      await send();
      bench.clock.advance(1000);
      await until(() => delivery.stats().memoryItems === 0);
      expect(hosts()).to.deep.equal([HOME, STAMP, STAMP, HOME]);
    });

    it('follows five times and no more, and keeps the batch', async () => {
      await start(Array.from({ length: 6 }, () => to(STAMP, 307)));
      expect(await send()).to.deep.equal({ kind: 'held' });
      expect(hosts()).to.deep.equal([HOME, STAMP, STAMP, STAMP, STAMP, STAMP]);
      expect(delivery.stats().gate).to.deep.include({ cause: 'misdirected', reason: 'more than 5 redirects' });
    });

    it('does not go to a stranger, and keeps the batch', async () => {
      await start([to('evil.example')], { credential: new CountingCredential() });
      expect(await send()).to.deep.equal({ kind: 'held' });
      expect(hosts()).to.deep.equal([HOME]);
      expect(delivery.stats().gate.reason).to.equal('a redirect to https://evil.example, which is not trusted');
    });
  });

  describe('with a credential', () => {
    it('shows the token to the configured host and to those of its cloud', async () => {
      await start([to(STAMP, 307), to(OTHER, 307)], { credential: new CountingCredential() });
      await send();
      expect(asked()).to.deep.equal([
        [HOME, 'Bearer t1'],
        [STAMP, 'Bearer t1'],
        [OTHER, 'Bearer t1'],
      ]);
    });

    it('never shows the token over http', async () => {
      await start([{ status: 401 }]);
      delivery = bench.open({ credential: new CountingCredential() });
      await send();
      expect(asked()).to.deep.equal([[`127.0.0.1:${bench.server.port}`, undefined]]);
    });

    for (const status of [401, 403]) {
      it(`gets a new token, once, after a ${status}`, async () => {
        await start([{ status }], { credential: new CountingCredential() });
        expect(await send()).to.deep.equal({ kind: 'sent' });
        expect(asked()).to.deep.equal([
          [HOME, 'Bearer t1'],
          [HOME, 'Bearer t2'],
        ]);
      });

      it(`waits a minute after two ${status}, then longer, up to half an hour`, async () => {
        await start(
          Array.from({ length: 20 }, () => ({ status })),
          { credential: new CountingCredential() },
        );
        delivery = bench.open(
          { ingestionEndpoint: `https://${HOME}/`, agent, credential: new CountingCredential() },
          { random: () => 1 },
        );
        expect(await send()).to.deep.equal({ kind: 'held' });
        const waits: (number | undefined)[] = [];
        for (let failure = 1; failure <= 10; failure += 1) {
          await until(() => delivery.stats().gate.state === 'closed');
          const { cause, reopensInMillis } = delivery.stats().gate;
          waits.push(reopensInMillis);
          expect([cause, bench.server.requests.length]).to.deep.equal(['unauthorized', 2 * failure]);
          bench.clock.advance(reopensInMillis ?? 0);
        }
        expect(waits.slice(0, 5)).to.deep.equal([120_000, 120_000, 120_000, 180_000, 270_000]);
        expect(waits.at(-1)).to.equal(1_800_000);
      });
    }

    it('keeps the batch while the credential fails, and sends it when it recovers', async () => {
      const counting = new CountingCredential();
      let isFailing = true;
      const credential = {
        getToken: () => (isFailing ? Promise.reject(new Error('no identity here')) : counting.getToken()),
      };
      await start([], { credential });
      expect(await send()).to.deep.equal({ kind: 'held' });
      expect(delivery.stats().gate).to.deep.include({
        cause: 'credential',
        reason: 'The credential failed: Error: no identity here',
        reopensInMillis: 1000,
      });
      isFailing = false;
      bench.clock.advance(1000);
      await until(() => delivery.stats().accepted === 1);
      expect(asked()).to.deep.equal([[HOME, 'Bearer t1']]);
    });

    it('keeps the batch when the credential hangs', async () => {
      let isAsked = false;
      const getToken = (): Promise<null> => {
        isAsked = true;
        return never();
      };
      await start([], { credential: { getToken } });
      const sending = send();
      await until(() => isAsked);
      bench.clock.advance(10_000);
      expect(await sending).to.deep.equal({ kind: 'held' });
      await until(() => delivery.stats().gate.state === 'closed');
      expect(delivery.stats().gate.reason).to.equal('The credential gave no answer within 10 s');
    });
  });

  it('gives all requests for one body 30 s together', async () => {
    await start([]);
    const clock = new FakeClock();
    const timeouts: (number | undefined)[] = [];
    const transport = fakeTransport(request => {
      timeouts.push(request.timeoutMillis);
      clock.advance(8000);
      return redirectTo('/again');
    });
    const endpoint = new IngestionEndpoint({ url: new URL(`https://${HOME}/`), transport, tokens: undefined, clock });
    await endpoint.send(Buffer.from(''), 1);
    expect(timeouts).to.deep.equal([30_000, 22_000, 14_000, 6000, 1, 1]);
  });

  it('shows neither body nor token to a stranger, whatever the locations', async () => {
    await start([]);
    const marks = ['https:', 'http:', '//', '/', '\\', '@', ':', '.', '?', '#', '%2e', '\t', '。', '443', '8443', '..'];
    const names = [
      'evil.example',
      'monitor.azure.com',
      '.monitor.azure.com',
      OTHER,
      STAMP,
      'user',
      '127.0.0.1',
      '[::1]',
    ];
    const piece = fc.constantFrom(...marks, ...names);
    const location = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''));
    const trusted =
      /^https:\/\/([a-z0-9-]+\.)+(in\.applicationinsights\.azure\.com|monitor\.azure\.com|services\.visualstudio\.com)\//;
    await fc.assert(
      fc.asyncProperty(fc.array(location, { minLength: 1, maxLength: 4 }), async locations => {
        const asks: PostRequest[] = [];
        const transport = fakeTransport(request => {
          asks.push(request);
          return redirectTo(locations[asks.length - 1]);
        });
        const clock = new FakeClock();
        const tokens = new TokenSource(new CountingCredential(), 'scope', clock);
        await new IngestionEndpoint({ url: new URL(`https://${HOME}/`), transport, tokens, clock }).send(
          Buffer.from(''),
          1,
        );
        for (const { url } of asks) expect(url.href).to.match(trusted);
      }),
      { numRuns: 10_000 },
    );
  });
});

function fakeTransport(answer: (request: PostRequest) => Answer): Transport {
  return { post: request => Promise.resolve(answer(request)), close: () => undefined };
}

function redirectTo(location: string | undefined): Answer {
  const headers = location === undefined ? {} : { location };
  return { kind: 'response', statusCode: 307, headers, body: '', extent: 'whole' };
}
