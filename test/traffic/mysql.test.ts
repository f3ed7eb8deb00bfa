import { expect } from 'chai';
import { isInstalled, startMariaDb, type DebianServer } from './debian-server.ts';
import { DEPENDENCY, INSTALL_MILLIS, LINES, sendTraffic } from './traffic.ts';

const INSTALLED = await isInstalled('mariadbd');

describe(`traffic of mysql2 with MariaDB${INSTALLED ? '' : ' (skipped: mariadb-server is not installed)'}`, function () {
  this.timeout(INSTALL_MILLIS);

  let server: DebianServer;
  before(async function () {
    if (!INSTALLED) return this.skip();
    server = await startMariaDb();
  });
  after(() => server?.stop());

  for (const line of LINES) {
    it(`fills dependencies with its queries on ${line.name}, their values left out`, async () => {
      const traffic = await sendTraffic(line, 'mysql.cjs', { DATABASE_PORT: String(server.port) });
      const call = { type: 'mysql', target: `127.0.0.1:${server.port}|shop`, resultCode: '0', success: 'True' };
      expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([
        { ...call, name: 'CREATE', data: 'CREATE TABLE IF NOT EXISTS orders (id int, note text)' },
        { ...call, name: 'SELECT', data: 'SELECT id FROM orders WHERE note = ?' },
        { ...call, name: 'SELECT', data: 'SELECT id FROM refunds', success: 'False' },
      ]);
    });
  }
});
