import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import path from 'node:path';
import { startLocalMonitor, type Arrival, type LocalMonitor } from '../src/index.ts';
import { item, message, request } from './sample-items.ts';
import { post } from './sender.ts';

const INDEX = new URL('../src/index.ts', import.meta.url).href;

describe('startLocalMonitor', () => {
  let monitor: LocalMonitor;
  beforeEach(async () => {
    monitor = await startLocalMonitor();
  });
  afterEach(() => monitor.close());

  it('gives a connection string for its own address', () => {
    expect(monitor.url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(monitor.connectionString).to.equal(
      `InstrumentationKey=10ca1000-0000-4000-8000-000000000000;IngestionEndpoint=${monitor.url}/`,
    );
  });

  for (const host of ['127.0.0.1', 'localhost']) {
    it(`answers HTTPS for ${host} on the same port to those who trust its certificate`, async () => {
      const status = await new Promise((resolve, reject) => {
        const { port } = new URL(monitor.url);
        get({ host, port, ca: readFileSync(monitor.caFile), agent: false }, response => {
          response.resume().on('end', () => resolve(response.statusCode));
        }).on('error', reject);
      });
      expect(status).to.equal(200);
    });
  }

  it('keeps its certificate where only this user can read it', () => {
    expect(statSync(monitor.caFile).mode & 0o777).to.equal(0o600);
    expect(statSync(path.dirname(monitor.caFile)).mode & 0o777).to.equal(0o700);
    expect(readFileSync(monitor.caFile, 'utf8'))
      .to.match(/^-----BEGIN CERTIFICATE-----/)
      .and.not.contain('PRIVATE');
  });

  it('resolves a wait with the rows that arrive later', async () => {
    const waiting = monitor.waitFor('requests', ({ name }) => name === 'GET /b');
    await post(monitor.url, [
      request({ name: 'GET /a' }),
      request({ name: 'GET /b', id: '1' }),
      request({ name: 'GET /b', id: '2' }),
    ]);
    expect((await waiting).map(({ id }) => id)).to.deep.equal(['1', '2']);
  });

  it('resolves a wait with the rows that are there', async () => {
    await post(monitor.url, [request({ id: '1' }), request({ id: '2' })]);
    const found = await monitor.waitFor('AppRequests', ({ Name }) => Name === 'GET /orders', { timeoutMillis: 1 });
    expect(found.map(({ Id }) => Id)).to.deep.equal(['1', '2']);
  });

  it('waits for as many rows as asked', async () => {
    const waiting = monitor.waitFor('requests', () => true, { count: 3 });
    await post(monitor.url, [request({ id: '1' }), request({ id: '2' })]);
    await post(monitor.url, [request({ id: '3' })]);
    expect((await waiting).map(({ id }) => id)).to.deep.equal(['1', '2', '3']);
  });

  it('rejects a wait in vain with what arrived instead', async () => {
    await post(monitor.url, [request({ name: 'GET /a' }), message('hello')]);
    const waiting = monitor.waitFor('requests', ({ name }) => name === 'GET /b', { timeoutMillis: 10 });
    const text = await waiting.then(String, String);
    expect(text).to.contain('No row matched within 10 ms. Arrived: requests 1, traces 1. The last of requests:\n');
    expect(text).to.contain("name: 'GET /a'");
  });

  it('rejects a wait when nothing arrives at all', async () => {
    const waiting = monitor.waitFor('traces', () => true, { timeoutMillis: 10 });
    expect(await waiting.then(String, String)).to.equal(
      'Error: No row matched within 10 ms. No row has arrived in any table.',
    );
  });

  it('rejects a wait whose predicate throws, and still answers the sender', async () => {
    const waiting = monitor.waitFor('requests', () => {
      throw new Error('a mistake in the test');
    });
    const failure = waiting.then(String, String);
    expect((await post(monitor.url, [request()])).status).to.equal(200);
    expect(await failure).to.equal('Error: a mistake in the test');
  });

  it('rejects what still waits when it is closed', async () => {
    const failure = monitor.waitFor('requests', () => true).then(String, String);
    await monitor.close();
    expect(await failure).to.equal('Error: The local monitor was closed while a test waited for rows');
  });

  it('tells listeners of each row until they unsubscribe', async () => {
    const seen: string[] = [];
    const unsubscribe = monitor.onRow(({ table, row }: Arrival) => seen.push(`${table} ${row.cloud_RoleName}`));
    await post(monitor.url, [request(), message('hello')]);
    unsubscribe();
    await post(monitor.url, [request()]);
    expect(seen).to.deep.equal(['requests shop', 'traces shop']);
  });

  it('answers the next requests as asked, and then as before', async () => {
    monitor.failNext({ status: 429, retryAfterSeconds: 7, times: 2 });
    monitor.failNext({ status: 500 });
    const replies = [];
    for (let turn = 0; turn < 4; turn += 1) replies.push(await post(monitor.url, [request()]));
    expect(replies.map(({ status, headers }) => [status, headers['retry-after']])).to.deep.equal([
      [429, '7'],
      [429, '7'],
      [500, undefined],
      [200, undefined],
    ]);
    expect(monitor.rows('requests')).to.have.lengthOf(1);
  });

  it('does not use up a fault on what is no track request', async () => {
    monitor.failNext({ status: 503 });
    expect((await post(monitor.url, '', { method: 'GET', path: '/' })).status).to.equal(200);
    expect((await post(monitor.url, [request()])).status).to.equal(503);
  });

  it('forgets everything when cleared', async () => {
    monitor.failNext({ status: 503, times: 2 });
    await post(monitor.url, [request()]);
    await post(monitor.url, [request()]);
    await post(monitor.url, [request(), 7]);
    monitor.failNext({ status: 503 });
    monitor.clear();
    expect(monitor.rows('requests')).to.deep.equal([]);
    expect(monitor.counts().requests).to.deep.equal({ rows: 0, bytes: 0, evicted: 0 });
    monitor.assertClean();
    expect((await post(monitor.url, [request()])).status).to.equal(200);
  });

  it('throws for a table that does not exist', () => {
    expect(() => monitor.rows('constructor' as 'requests')).to.throw(TypeError, 'No table is named "constructor"');
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(monitor.url).port);
    const failure = await startLocalMonitor({ port }).catch((error: NodeJS.ErrnoException) => error);
    expect(failure).to.include({
      code: 'EADDRINUSE',
      message: `Port ${port} of 127.0.0.1 is taken. End the other program, or choose another port; 0 takes a free one.`,
    });
  });

  it('runs beside other monitors without sharing anything', async () => {
    const other = await startLocalMonitor();
    await post(other.url, [request()]);
    expect([monitor.rows('requests').length, other.rows('requests').length]).to.deep.equal([0, 1]);
    await other.close();
  });

  it('ends open connections, frees the port and deletes its file when closed', async () => {
    const port = Number(new URL(monitor.url).port);
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const ended = once(silent, 'close');
    await Promise.all([monitor.close(), monitor.close()]);
    await ended;
    expect(existsSync(path.dirname(monitor.caFile))).to.equal(false);
    const next = await startLocalMonitor({ port });
    await next.close();
  });

  it('lets the process end by itself once closed', async () => {
    const script = `
      import { startLocalMonitor } from ${JSON.stringify(INDEX)};
      const monitor = await startLocalMonitor();
      monitor.failNext([{ hang: 'after-body' }, { delayMillis: 600_000 }]);
      const sent = [1, 2].map(() => fetch(monitor.url + '/v2.1/track', { method: 'POST', body: '{}' }).catch(() => {}));
      while (monitor.received().requests < 2) await new Promise(resolve => setTimeout(resolve, 1));
      await monitor.close();
      await Promise.all(sent);
      console.log('closed');`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    child.stdout.setEncoding('utf8');
    const output: string[] = [];
    child.stdout.on('data', (text: string) => output.push(text));
    await once(child, 'close');
    expect({ code: child.exitCode, output: output.join('') }).to.deep.equal({ code: 0, output: 'closed\n' });
  });

  it('deletes its file when the process exits without closing it', async () => {
    const script = `
      import { startLocalMonitor } from ${JSON.stringify(INDEX)};
      process.stdout.write((await startLocalMonitor()).caFile, () => process.exit(0));`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    child.stdout.setEncoding('utf8');
    const output: string[] = [];
    child.stdout.on('data', (text: string) => output.push(text));
    await once(child, 'close');
    expect(output.join('')).to.match(/ca\.pem$/);
    expect(existsSync(path.dirname(output.join('')))).to.equal(false);
  });

  it('keeps its rows readable after it was closed', async () => {
    await post(monitor.url, [item('EventData', { name: 'order placed' })]);
    await monitor.close();
    expect(monitor.rows('customEvents').map(({ name }) => name)).to.deep.equal(['order placed']);
  });
});
