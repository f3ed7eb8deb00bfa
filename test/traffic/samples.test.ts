import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { runNode } from '../journey/child.ts';
import { isInstalled, startMariaDb } from './debian-server.ts';
import { endChild, within } from './patience.ts';
import { DEPENDENCY, REQUEST, trafficOf } from './traffic.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PATIENCE_MILLIS = 60_000;

const INSTALLED = await isInstalled('mariadbd');

describe('the samples with databases', function () {
  this.timeout(2 * PATIENCE_MILLIS);

  let home: string;
  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'azure-monitor-home-'));
  });
  after(() => rm(home, { recursive: true, force: true }));

  it('express-postgresql fills requests, the queries inside them, and exceptions', async () => {
    const traffic = await trafficOf(connectionString => askOrders(environment(connectionString)));

    const { origin } = new URL(traffic.printed);
    const request = { name: 'GET /orders/:id' };
    expect(traffic.rows('requests', REQUEST)).to.deep.equal([
      { ...request, url: `${origin}/orders/7`, resultCode: '200', success: 'True' },
      { ...request, url: `${origin}/orders/8`, resultCode: '404', success: 'False' },
      { ...request, url: `${origin}/orders/seven`, resultCode: '500', success: 'False' },
    ]);

    const queries = traffic
      .rows('dependencies', [...DEPENDENCY, 'operation_Id'])
      .filter(({ data }) => data.startsWith('SELECT'));
    const traces = traffic.rows('requests', ['operation_Id']);
    const query = {
      name: 'pg.query:SELECT shop',
      type: 'postgresql',
      target: queries[0]?.target,
      data: 'SELECT * FROM orders WHERE id = $1',
      resultCode: '0',
      success: 'True',
    };
    expect(query.target).to.match(/^127\.0\.0\.1:\d+\|shop$/);
    expect(queries).to.deep.equal([
      { ...query, ...traces[0] },
      { ...query, ...traces[1] },
      { ...query, ...traces[2], resultCode: '22P02', success: 'False' },
    ]);

    // That of the query, of which pg's instrumentation shows the code alone, and that of the handler.
    expect(traffic.exceptions()).to.deep.equal([
      { type: '22P02', message: "PostgreSQL error of type 'error' occurred (code: 22P02)", thrownBy: '' },
      { type: '22P02', message: 'invalid input syntax for type integer: "seven"', thrownBy: '<no_method> (index.js)' },
    ]);
  });

  it(`mysql fills dependencies with its queries${INSTALLED ? '' : ' (skipped: mariadb-server is not installed)'}`, async function () {
    if (!INSTALLED) return this.skip();
    const server = await startMariaDb();
    try {
      const url = `mysql://root@127.0.0.1:${server.port}/shop`;
      const traffic = await trafficOf(async connectionString => {
        const env = { ...environment(connectionString), DATABASE_URL: url };
        const { stdout, ...ended } = await runNode(['--import', 'tsx', 'samples/mysql.ts'], { cwd: ROOT, env });
        expect(ended).to.deep.equal({ code: 0, signal: null, stderr: '' });
        return stdout;
      });

      expect(traffic.printed).to.equal("[ { tea: 'Keemun Mao Feng' } ]\n");
      const query = { type: 'mysql', target: `127.0.0.1:${server.port}|shop`, resultCode: '0', success: 'True' };
      expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([
        { ...query, name: 'CREATE', data: 'CREATE TEMPORARY TABLE orders (id int, tea text)' },
        { ...query, name: 'INSERT', data: 'INSERT INTO orders VALUES (?, ?)' },
        { ...query, name: 'SELECT', data: 'SELECT tea FROM orders WHERE id = ?' },
      ]);
    } finally {
      await server.stop();
    }
  });

  /** What is stored for later goes where the test's folder goes; in a test, Express does not print errors. */
  function environment(connectionString: string): Record<string, string> {
    const settings = { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString, NODE_ENV: 'test' };
    return { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home, ...settings };
  }
});

/** Starts the service, asks for an order, for one that is not there and for nonsense, and ends it as Ctrl-C does. */
async function askOrders(env: Record<string, string>): Promise<string> {
  const args = ['--import', 'tsx', 'samples/express-postgresql.ts'];
  const options = { cwd: ROOT, env: { ...env, PORT: '0' } };
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    return await within(PATIENCE_MILLIS, 'the orders', async signal => {
      const [url] = (await once(createInterface(child.stdout), 'line', { signal })) as [string];
      for (const order of ['7', '8', 'seven']) await (await fetch(new URL(order, url), { signal })).text();
      const ended = once(child, 'exit', { signal });
      child.kill('SIGINT');
      expect(await ended).to.deep.equal([null, 'SIGINT']);
      return url;
    });
  } finally {
    await endChild(child);
  }
}
