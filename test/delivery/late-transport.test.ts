import { expect } from 'chai';
import { pack } from '../../src/delivery/body.ts';
import { LateTransport } from '../../src/delivery/late-transport.ts';
import type { Answer } from '../../src/delivery/transport.ts';
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

  async function post(): Promise<Answer> {
    const body = await pack([Buffer.from('{"n":1}')]);
    return transport.post({ url: new URL('v2.1/track', server.url), body });
  }
});
