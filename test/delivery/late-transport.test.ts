import { expect } from 'chai';
import { pack } from '../../src/delivery/body.ts';
import { LateTransport } from '../../src/delivery/late-transport.ts';
import type { Answer, WarmableTransport } from '../../src/delivery/transport.ts';
import { FakeClock, settled } from './fake-clock.ts';
import { ScriptedServer } from './scripted-server.ts';

/** As many connections as one transport makes at a time. */
const MAX_SOCKETS = 2;

describe('LateTransport', () => {
  let server: ScriptedServer;
  let transport: LateTransport;
  beforeEach(async () => {
    server = await ScriptedServer.start([]);
    transport = new LateTransport({});
  });
  afterEach(async () => {
    transport.close();
    await server.close();
  });

  it('makes one transport of requests that come at the same time', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post()));
    expect(answers.map(answer => answer.kind === 'response' && answer.statusCode)).to.deep.equal(Array(5).fill(200));
    expect(server.connections).to.be.at.most(MAX_SOCKETS);
  });

  it('answers requests after it was closed as its transport does', async () => {
    transport.close();
    const { kind, code } = (await post()) as Answer & { kind: 'failure' };
    expect({ kind, code }).to.deep.equal({ kind: 'failure', code: 'ERR_ABORTED' });
    expect(server.connections).to.equal(0);
  });

  it('ends what is under way when it is closed', async () => {
    await post();
    const ended = post();
    transport.close();
    expect(await ended).to.include({ kind: 'failure', code: 'ERR_ABORTED' });
  });

  async function post(to = transport): Promise<Answer> {
    const body = await pack([Buffer.from('{"n":1}')]);
    return to.post({ url: new URL('v2.1/track', server.url), body });
  }

  describe('before its first request', () => {
    const ANSWER: Answer = { kind: 'failure', code: 'EXAMPLE', message: '' };
    let clock: FakeClock;
    let calls: string[];
    const load = (): Promise<WarmableTransport> => {
      calls.push('load');
      const call = (name: string) => (): void => void calls.push(name);
      return Promise.resolve({ warmUp: call('warmUp'), close: call('close'), post: () => Promise.resolve(ANSWER) });
    };
    beforeEach(() => {
      clock = new FakeClock();
      calls = [];
      transport.close();
      transport = new LateTransport({}, { clock, load });
    });

    it('loads what it needs a second after it was made, and holds nothing open for it', async () => {
      clock.advance(999);
      expect([calls, clock.held]).to.deep.equal([[], 0]);
      clock.advance(1);
      await settled();
      expect([calls, clock.pending]).to.deep.equal([['load', 'warmUp'], 0]);
      expect(await post()).to.equal(ANSWER);
      expect(calls).to.deep.equal(['load', 'warmUp']);
    });

    it('loads nothing a second time when the first request came earlier', async () => {
      expect(await post()).to.equal(ANSWER);
      expect([calls, clock.pending]).to.deep.equal([['load'], 0]);
    });

    it('loads nothing once it is closed', () => {
      transport.close();
      expect([calls, clock.pending]).to.deep.equal([[], 0]);
    });

    it('leaves it to the first request to tell what cannot be loaded', async () => {
      transport = new LateTransport({}, { clock, load: () => Promise.reject(new Error('not installed')) });
      clock.advance(1000);
      await settled();
      const error: unknown = await post().catch((reason: unknown) => reason);
      expect(String(error)).to.equal('Error: not installed');
    });
  });
});
