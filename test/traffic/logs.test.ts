import { expect } from 'chai';
import { INSTALL_MILLIS, sendTraffic, TRACE, type Traffic } from './traffic.ts';

describe('traffic of winston and pino', function () {
  this.timeout(INSTALL_MILLIS);

  let traffic: Traffic;
  before(async () => {
    traffic = await sendTraffic('logs.cjs');
  });

  it('fills traces with the messages, their levels and what was logged beside them', () => {
    expect(traffic.rows('traces', TRACE)).to.deep.equal([
      { message: 'winston: order placed', severityLevel: 1, customDimensions: { 'order.id': '7' } },
      { message: 'winston: stock is low', severityLevel: 2, customDimensions: {} },
      { message: 'winston: payment failed', severityLevel: 3, customDimensions: { bank: 'down' } },
      { message: 'pino: order placed', severityLevel: 1, customDimensions: { order: '{"id":7}' } },
      { message: 'pino: stock is low', severityLevel: 2, customDimensions: {} },
      { message: 'pino: payment failed', severityLevel: 3, customDimensions: { bank: 'down' } },
    ]);
  });
});
