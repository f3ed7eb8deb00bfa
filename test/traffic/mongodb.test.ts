import { expect } from 'chai';
import { DEPENDENCY, INSTALL_MILLIS, LINES, sendTraffic } from './traffic.ts';

describe("traffic of MongoDB's client with a stub of the database", function () {
  this.timeout(INSTALL_MILLIS);

  for (const line of LINES) {
    it(`fills dependencies with its commands on ${line.name}, their values left out`, async () => {
      const traffic = await sendTraffic(line, 'mongodb.cjs');
      const call = { type: 'mongodb', target: `127.0.0.1:${traffic.printed}|shop`, resultCode: '0', success: 'True' };
      expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([
        { ...call, name: 'ping $cmd', data: '{"ping":"?"}' },
        { ...call, name: 'insert orders', data: '{"_id":"?","note":"?"}' },
        { ...call, name: 'find orders', data: '{"find":"?","filter":{"note":"?"},"limit":"?","singleBatch":"?"}' },
        { ...call, name: 'count $cmd', data: '{"count":"?"}', success: 'False' },
      ]);
    });
  }
});
