import { expect } from 'chai';
import { DEPENDENCY, INSTALL_MILLIS, LINES, REQUEST, sendTraffic, type Traffic } from './traffic.ts';

for (const line of LINES) {
  describe(`traffic of Fastify on ${line.name}`, function () {
    this.timeout(INSTALL_MILLIS);

    let traffic: Traffic;
    before(async () => {
      traffic = await sendTraffic(line, 'fastify.cjs');
    });

    it('fills requests with what Fastify answered, by its routes', () => {
      const url = `http://127.0.0.1:${traffic.printed}`;
      expect(traffic.rows('requests', REQUEST)).to.deep.equal([
        { name: 'GET /orders/:id', url: `${url}/orders/7`, resultCode: '200', success: 'True' },
        { name: 'GET /stock', url: `${url}/stock`, resultCode: '500', success: 'False' },
      ]);
    });

    it('fills dependencies with what asked and with what ran inside a request', () => {
      const target = `127.0.0.1:${traffic.printed}`;
      const call = { type: 'Http', target };
      const inside = { type: 'InProc', target: '', data: '', resultCode: '0' };
      expect(traffic.rows('dependencies', DEPENDENCY)).to.have.deep.members([
        { ...call, name: 'GET /orders/7', data: `http://${target}/orders/7`, resultCode: '200', success: 'True' },
        { ...inside, name: 'request', success: 'True' },
        { ...inside, name: 'handler - findOrder', success: 'True' },
        { ...call, name: 'GET /stock', data: `http://${target}/stock`, resultCode: '500', success: 'False' },
        { ...inside, name: 'request', success: 'False' },
        { ...inside, name: 'handler - refuse', success: 'False' },
      ]);
    });

    it('fills exceptions with what a handler threw, once for the handler and once for the request', () => {
      const thrown = { type: 'RangeError', message: 'out of stock', thrownBy: 'Object.refuse (fastify.cjs)' };
      expect(traffic.exceptions()).to.deep.equal([thrown, thrown]);
    });
  });
}
