import { expect } from 'chai';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { DEPENDENCY, INSTALL_MILLIS, sendTraffic } from './traffic.ts';

const DATABASE = path.resolve(import.meta.dirname, '../../samples/shop/database.ts');

describe('traffic of pg with PostgreSQL', function () {
  this.timeout(INSTALL_MILLIS);

  let database: ChildProcess;
  let url: string;
  before(async () => {
    database = fork(DATABASE, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    [{ url }] = (await once(database, 'message')) as [{ url: string }];
  });
  after(async () => {
    database.kill('SIGKILL');
    await once(database, 'exit');
  });

  it('fills dependencies with its queries, their values left out', async () => {
    const traffic = await sendTraffic('pg.cjs', { DATABASE_URL: url });
    const call = { type: 'postgresql', target: `${new URL(url).host}|shop`, resultCode: '0', success: 'True' };
    expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([
      { ...call, name: 'pg.connect', data: '' },
      { ...call, name: 'pg.query:CREATE shop', data: 'CREATE TABLE orders (id int, note text)' },
      { ...call, name: 'pg.query:SELECT shop', data: 'SELECT id FROM orders WHERE note = $1' },
      { ...call, name: 'pg.query:SELECT shop', data: 'SELECT id FROM refunds', success: 'False' },
    ]);
  });
});
