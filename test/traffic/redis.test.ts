import { expect } from 'chai';
import { isInstalled, startRedis, type DebianServer } from './debian-server.ts';
import { DEPENDENCY, INSTALL_MILLIS, LINES, REQUEST, sendTraffic, type Traffic } from './traffic.ts';

const INSTALLED = await isInstalled('redis-server');

describe(`traffic with Redis${INSTALLED ? '' : ' (skipped: redis-server is not installed)'}`, function () {
  this.timeout(INSTALL_MILLIS);

  let server: DebianServer;
  before(async function () {
    if (!INSTALLED) return this.skip();
    server = await startRedis();
  });
  after(() => server?.stop());

  for (const line of LINES) {
    describe(`of ioredis on ${line.name}`, () => {
      let traffic: Traffic;
      before(async () => {
        traffic = await sendTraffic(line, 'redis.cjs', { REDIS_PORT: String(server.port) });
      });

      it('fills dependencies with its commands, their values left out', () => {
        // What ioredis says to a server by itself differs between versions of the server.
        const asked = traffic.rows('dependencies', DEPENDENCY).filter(({ data }) => data.includes('basket'));
        const call = { type: 'redis', target: `127.0.0.1:${server.port}`, resultCode: '0', success: 'True' };
        expect(asked).to.deep.equal([
          { ...call, name: 'set', data: 'set basket:7 [1 other arguments]' },
          { ...call, name: 'get', data: 'get basket:7' },
          { ...call, name: 'incr', data: 'incr basket:7', resultCode: 'ERR', success: 'False' },
        ]);
      });

      it('fills exceptions with what Redis refused', () => {
        expect(traffic.exceptions().at(-1)).to.deep.equal({
          type: 'ReplyError',
          message: 'ERR value is not an integer or out of range',
          thrownBy: 'parseError (parser.js)',
        });
      });
    });

    describe(`of BullMQ on ${line.name}`, () => {
      let traffic: Traffic;
      before(async () => {
        traffic = await sendTraffic(line, 'bullmq.cjs', { REDIS_PORT: String(server.port) });
      });

      it('fills dependencies with the jobs put into the queue', () => {
        const add = {
          name: 'Queue.add invoices',
          type: 'Queue Message | bullmq',
          target: 'invoices',
          data: '',
          resultCode: '0',
          success: 'True',
        };
        expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([add, add]);
      });

      it('fills requests with the jobs taken out of it', () => {
        const run = { name: 'Worker.run invoices', source: 'invoices', url: '', resultCode: '0' };
        expect(traffic.rows('requests', [...REQUEST, 'source'])).to.deep.equal([
          { ...run, success: 'True' },
          { ...run, success: 'False' },
        ]);
      });

      it('links each job taken out to the one put in, in a trace of its own', () => {
        const added = traffic.rows('dependencies', ['operation_Id', 'id']);
        const taken = traffic.rows('requests', ['operation_Id', 'operation_ParentId', 'customDimensions']);
        const links = taken.map(({ customDimensions }) => JSON.parse(customDimensions['_MS.links'] ?? '[]') as unknown);
        expect(links).to.deep.equal(added.map(link => [link]));
        expect(taken.map(row => row.operation_ParentId)).to.deep.equal(['', '']);
        expect(new Set([...added, ...taken].map(row => row.operation_Id)).size).to.equal(4);
      });

      it('fills exceptions with what a job threw', () => {
        expect(traffic.exceptions()).to.deep.equal([
          {
            type: 'RangeError',
            message: 'no such order',
            thrownBy: 'Worker.printInvoice [as processFn] (bullmq.cjs)',
          },
        ]);
      });
    });
  }
});
