import { expect } from 'chai';
import { DEPENDENCY, INSTALL_MILLIS, LINES, REQUEST, sendTraffic, type Traffic } from './traffic.ts';

for (const line of LINES) {
  describe(`traffic of Express, node:http and undici on ${line.name}`, function () {
    this.timeout(INSTALL_MILLIS);

    let traffic: Traffic;
    let target: string;
    let nobody: string;
    before(async () => {
      traffic = await sendTraffic(line, 'express.cjs');
      const ports = JSON.parse(traffic.printed) as { port: number; nobody: number };
      [target, nobody] = [`127.0.0.1:${ports.port}`, `127.0.0.1:${ports.nobody}`];
    });

    it('fills requests with what Express answered, by its routes', () => {
      const url = `http://${target}`;
      expect(traffic.rows('requests', REQUEST)).to.deep.equal([
        {
          name: 'GET /orders/:id',
          url: `${url}/orders/7?expand=items&token=REDACTED`,
          resultCode: '200',
          success: 'True',
        },
        { name: 'GET /nowhere', url: `${url}/nowhere`, resultCode: '404', success: 'False' },
        { name: 'GET /orders/:id', url: `${url}/orders/8`, resultCode: '200', success: 'True' },
        { name: 'GET /stock', url: `${url}/stock`, resultCode: '500', success: 'False' },
      ]);
    });

    it('fills dependencies with what node:http and fetch asked, a refused connection included', () => {
      const call = { type: 'Http', target };
      expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([
        {
          ...call,
          name: 'GET /orders/7',
          data: `http://${target}/orders/7?expand=items&token=REDACTED`,
          resultCode: '200',
          success: 'True',
        },
        { ...call, name: 'GET /nowhere', data: `http://${target}/nowhere`, resultCode: '404', success: 'False' },
        { ...call, name: 'GET /orders/8', data: `http://${target}/orders/8`, resultCode: '200', success: 'True' },
        { ...call, name: 'GET /stock', data: `http://${target}/stock`, resultCode: '500', success: 'False' },
        {
          ...call,
          name: 'GET /closed',
          target: nobody,
          data: `http://${nobody}/closed`,
          resultCode: '0',
          success: 'False',
        },
      ]);
    });

    it('fills exceptions with the refused connection', () => {
      expect(traffic.exceptions()).to.deep.equal([
        {
          type: 'ECONNREFUSED',
          message: `connect ECONNREFUSED ${nobody}`,
          thrownBy: 'TCPConnectWrap.afterConnect [as oncomplete] (node:net)',
        },
      ]);
    });
  });
}
