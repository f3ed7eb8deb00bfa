import { expect } from 'chai';
import { isInstalled, startRedis, type DebianServer } from './debian-server.ts';
import { DEPENDENCY, INSTALL_MILLIS, sendTraffic } from './traffic.ts';

const INSTALLED = await isInstalled('redis-server');

describe(`traffic of ioredis with Redis${INSTALLED ? '' : ' (skipped: redis-server is not installed)'}`, function () {
  this.timeout(INSTALL_MILLIS);

  let server: DebianServer | undefined;
  before(async function () {
    if (!INSTALLED) return this.skip();
    server = await startRedis();
  });
  after(() => server?.stop());

  it('fills dependencies with its commands, their values left out', async () => {
    const traffic = await sendTraffic('redis.cjs', { REDIS_PORT: String(server?.port) });
    // What ioredis says to a server by itself differs between versions of the server.
    const asked = traffic.rows('dependencies', DEPENDENCY).filter(({ data }) => data?.includes('basket') === true);
    const call = { type: 'redis', target: `127.0.0.1:${server?.port}`, resultCode: '0', success: 'True' };
    expect(asked).to.deep.equal([
      { ...call, name: 'set', data: 'set basket:7 [1 other arguments]' },
      { ...call, name: 'get', data: 'get basket:7' },
      { ...call, name: 'incr', data: 'incr basket:7', success: 'False' },
    ]);
  });
});
