import { expect } from 'chai';
import { DEPENDENCY, INSTALL_MILLIS, REQUEST, sendTraffic, type Traffic } from './traffic.ts';

describe('traffic of Fastify', function () {
  this.timeout(INSTALL_MILLIS);

  let traffic: Traffic;
  before(async () => {
    traffic = await sendTraffic('fastify.cjs');
  });

  it('fills requests with what Fastify answered, by its routes', () => {
    const url = `http://127.0.0.1:${traffic.printed}`;
    expect(traffic.rows('requests', REQUEST)).to.deep.equal([
      { name: 'GET /orders/:id', url: `${url}/orders/7`, resultCode: '200', success: 'True' },
      { name: 'GET /stock', url: `${url}/stock`, resultCode: '500', success: 'False' },
    ]);
  });

  it('fills dependencies with what runs inside a request', () => {
    const inside = traffic.rows('dependencies', DEPENDENCY).filter(({ type }) => type === 'InProc');
    const handler = {
      type: 'InProc',
      target: '',
      name: 'handler - fastify -> @fastify/otel',
      data: '',
      resultCode: '0',
    };
    expect(inside).to.deep.equal([
      { ...handler, success: 'True' },
      { ...handler, success: 'False' },
    ]);
  });
});
