import { expect } from 'chai';
import { INSTALL_MILLIS, LINES, sendTraffic, type Traffic } from './traffic.ts';

for (const line of LINES) {
  describe(`traffic of winston and pino on ${line.name}`, function () {
    this.timeout(INSTALL_MILLIS);

    let traffic: Traffic;
    before(async () => {
      traffic = await sendTraffic(line, 'logs.cjs');
    });

    it('fills traces with the messages, their levels and what was logged beside them', () => {
      const columns = ['message', 'severityLevel', 'customDimensions'] as const;
      expect(traffic.rows('traces', columns)).to.deep.equal([
        { message: 'winston: order placed', severityLevel: 1, customDimensions: { 'order.id': '7' } },
        { message: 'winston: stock is low', severityLevel: 2, customDimensions: {} },
        { message: 'winston: payment failed', severityLevel: 3, customDimensions: { bank: 'down' } },
        { message: 'pino: order placed', severityLevel: 1, customDimensions: { order: '{"id":7}' } },
        { message: 'pino: stock is low', severityLevel: 2, customDimensions: {} },
        { message: 'pino: payment failed', severityLevel: 3, customDimensions: { bank: 'down' } },
      ]);
    });

    it('fills exceptions with the errors that were logged', () => {
      const refund = { type: 'RangeError', message: 'not that much', thrownBy: 'bankError (logs.cjs)' };
      expect(traffic.exceptions()).to.deep.equal([refund, refund]);
      const rows = traffic.rows('exceptions', ['severityLevel', 'customDimensions']);
      expect(rows.map(row => [row.severityLevel, row.customDimensions['Logger Message']])).to.deep.equal([
        // winston adds the error's message to its own.
        [3, 'winston: refund failed not that much'],
        [3, 'pino: refund failed'],
      ]);
    });
  });
}
