import { expect } from 'chai';
import { DEPENDENCY, INSTALL_MILLIS, LINES, REQUEST, sendTraffic, type Traffic } from './traffic.ts';

for (const line of LINES) {
  describe(`traffic of @grpc/grpc-js on ${line.name}`, function () {
    this.timeout(INSTALL_MILLIS);

    let traffic: Traffic;
    before(async () => {
      traffic = await sendTraffic(line, 'grpc.cjs');
    });

    it('fills requests with what the server answered, and repeats nothing', () => {
      const request = { name: 'grpc.shop.Orders/FindOrder', url: '', customDimensions: {} };
      expect(traffic.rows('requests', [...REQUEST, 'customDimensions'])).to.deep.equal([
        { ...request, resultCode: '0', success: 'True' },
        { ...request, resultCode: '5', success: 'False' },
      ]);
    });

    it('fills dependencies with what the client asked', () => {
      const target = `127.0.0.1:${traffic.printed}`;
      const call = { name: 'grpc.shop.Orders/FindOrder', type: 'GRPC', target, data: 'shop.Orders/FindOrder' };
      expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([
        { ...call, resultCode: '0', success: 'True' },
        { ...call, resultCode: '5', success: 'False' },
      ]);
    });
  });
}
