import { context, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { expect } from 'chai';
import http from 'node:http';
import { pack } from '../../src/delivery/body.ts';
import { HttpTransport, type PhaseTimeouts } from '../../src/delivery/http-transport.ts';
import type { Answer } from '../../src/delivery/transport.ts';
import { CONTEXT_MANAGER } from './context-manager.ts';
import { ScriptedServer, type Step } from './scripted-server.ts';

/** Longer than a test. */
const FOREVER: PhaseTimeouts = {
  lookup: 60_000,
  connect: 60_000,
  secureConnect: 60_000,
  send: 60_000,
  response: 60_000,
  request: 60_000,
};

async function postTo(server: ScriptedServer, transport: HttpTransport, token?: string): Promise<Answer> {
  const body = await pack([Buffer.from('{"n":1}')]);
  return transport.post({ url: new URL('v2.1/track', server.url), body, token });
}

describe('HttpTransport', () => {
  let server: ScriptedServer;
  let transport: HttpTransport;
  const start = async (...script: Step[]) => (server = await ScriptedServer.start(script));

  beforeEach(() => (transport = new HttpTransport()));
  afterEach(async () => {
    transport.close();
    await server.close();
  });

  it('posts gzipped JSON and gives back status, headers and body', async () => {
    await start({ status: 206, headers: { 'x-answer': 'yes' }, body: 'text' });
    const { headers, ...answer } = (await postTo(server, transport)) as Answer & { kind: 'response' };
    expect(answer).to.deep.equal({ kind: 'response', statusCode: 206, body: 'text', extent: 'whole' });
    expect(headers).to.include({ 'x-answer': 'yes' });
    expect(server.requests).to.have.length(1);
    const { headers: sent, ...request } = server.requests[0]!;
    expect(request).to.deep.equal({ method: 'POST', path: '/v2.1/track', items: [{ n: 1 }] });
    expect(sent).to.include({ 'content-type': 'application/json', 'content-encoding': 'gzip' });
    expect(sent).not.to.have.any.keys('authorization', 'transfer-encoding');
  });

  it('sends a token as bearer', async () => {
    await start();
    await postTo(server, transport, 'abc');
    expect(server.requests[0]?.headers.authorization).to.equal('Bearer abc');
  });

  it('keeps one connection for requests that follow each other', async () => {
    await start();
    for (let n = 0; n < 3; n += 1) await postTo(server, transport);
    expect([server.requests.length, server.connections]).to.deep.equal([3, 1]);
  });

  it('makes no connection when it is made ready ahead of the first request', async () => {
    await start();
    transport.warmUp();
    transport.warmUp();
    await postTo(server, transport);
    expect([server.requests.length, server.connections]).to.deep.equal([1, 1]);
  });

  it('does not follow a redirect by itself', async () => {
    await start({ status: 308, headers: { location: '/elsewhere' } });
    expect(await postTo(server, transport)).to.include({ statusCode: 308 });
    expect(server.requests).to.have.length(1);
  });

  it('does not retry by itself', async () => {
    await start({ status: 503 });
    expect(await postTo(server, transport)).to.include({ statusCode: 503 });
    expect(server.requests).to.have.length(1);
  });

  it('reads at most 64 KB of an answer', async () => {
    await start({ body: 'x'.repeat(1_000_000) });
    const answer = (await postTo(server, transport)) as Answer & { kind: 'response' };
    expect([answer.extent, answer.body.length]).to.deep.equal(['too_long', 65_536]);
  });

  it('gives back what it has of an answer that breaks off', async () => {
    await start({ status: 500, body: 'half', fault: 'cut' });
    expect(await postTo(server, transport)).to.include({ statusCode: 500, body: 'half', extent: 'cut' });
  });

  it('fails with a code when the connection breaks', async () => {
    await start({ fault: 'reset' }, { fault: 'reset_reading' });
    expect(await postTo(server, transport)).to.include({ kind: 'failure', code: 'ECONNRESET' });
    const second = (await postTo(server, transport)) as Answer & { kind: 'failure' };
    expect(second.code).to.be.oneOf(['ECONNRESET', 'EPIPE']);
  });

  it('takes a fresh connection when a kept one turns out to be closed', async () => {
    await start({}, { fault: 'reset' });
    await postTo(server, transport);
    expect(await postTo(server, transport)).to.include({ kind: 'response', statusCode: 200 });
    expect(server.requests).to.have.length(3);
  });

  it('fails when a fresh connection breaks as well', async () => {
    await start({}, { fault: 'reset' }, { fault: 'reset' });
    await postTo(server, transport);
    expect(await postTo(server, transport)).to.include({ kind: 'failure', code: 'ECONNRESET' });
    expect(server.requests).to.have.length(3);
  });

  it('fails with a code when nobody listens', async () => {
    await start();
    const url = new URL('http://127.0.0.1:1/');
    expect(await transport.post({ url, body: Buffer.from('') })).to.include({ kind: 'failure', code: 'ECONNREFUSED' });
  });

  for (const phase of ['response', 'request'] as const) {
    it(`fails when no answer comes within the time for the ${phase}`, async () => {
      await start({ fault: 'hang' });
      transport = new HttpTransport({ timeouts: { ...FOREVER, [phase]: 50 } });
      expect(await postTo(server, transport)).to.include({ kind: 'failure', code: 'ETIMEDOUT' });
    });
  }

  it('aborts what is under way when it closes, and refuses later requests', async () => {
    await start({ fault: 'hang' });
    const hanging = postTo(server, transport);
    while (server.requests.length === 0) await new Promise(setImmediate);
    transport.close();
    expect(await hanging).to.include({ kind: 'failure', code: 'ERR_ABORTED' });
    expect(await postTo(server, transport)).to.include({ kind: 'failure', code: 'ERR_ABORTED' });
  });

  it("uses the user's agent and leaves it open", async () => {
    await start();
    const agent = new http.Agent({ keepAlive: true });
    await postTo(server, new HttpTransport({ agent }));
    transport = new HttpTransport({ agent });
    await postTo(server, transport);
    transport.close();
    expect([server.requests.length, server.connections]).to.deep.equal([2, 1]);
    agent.destroy();
  });

  it('runs outside of any trace, with tracing suppressed', async () => {
    await start();
    context.setGlobalContextManager(CONTEXT_MANAGER);
    transport = new HttpTransport({ agent: new SpyAgent() });
    const span = trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 });
    await context.with(trace.setSpan(context.active(), span), () => postTo(server, transport));
    context.disable();
    expect(SpyAgent.seen).to.deep.equal([[true, undefined]]);
  });
});

/** Notes in which context connections are made. */
class SpyAgent extends http.Agent {
  static readonly seen: [boolean, unknown][] = [];

  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    SpyAgent.seen.push([isTracingSuppressed(context.active()), trace.getSpan(context.active())]);
    return super.createConnection(...args);
  }
}
