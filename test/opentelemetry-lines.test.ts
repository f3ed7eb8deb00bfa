import { expect } from 'chai';
import type { LocalMonitor } from 'azure-monitor-local';
import type { ChildResult } from './journey/child.ts';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { LINES } from './journey/opentelemetry-line.ts';
import { makeProject } from './journey/project.ts';
import { shownRows, startMillis } from './journey/shown-rows.ts';

const ORIGIN = {
  application_Version: '1.2.3',
  cloud_RoleName: 'orders',
  cloud_RoleInstance: 'orders-1',
  client_IP: '0.0.0.0',
  sdkVersion: 'azure-monitor-bridge:0.1.0',
  iKey: '10ca1000-0000-4000-8000-000000000000',
};
const TRACE = { operation_Id: '0af7651916cd43dd8448eb211c80319c' };
const IN_REQUEST = { ...TRACE, operation_ParentId: 'b7ad6b7169203331' };
const OF_REQUEST = { ...IN_REQUEST, operation_Name: 'GET /orders/:id' };

for (const { line, tree, findNode } of LINES) {
  describe(`an app with NodeSDK on ${line}`, function () {
    this.timeout(180_000);

    const start = startMillis();
    let project: MonitoredProject;
    let monitor: LocalMonitor;
    let ended: ChildResult;
    before(async () => {
      project = await monitored(await makeProject(tree), await findNode());
      monitor = project.monitor;
      ended = await project.run(['node-sdk.mjs'], {
        OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.2.3,service.instance.id=orders-1',
        START_MILLIS: String(start),
      });
    });
    after(() => project.close());

    it('ends by itself and prints nothing', () => {
      expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
    });

    it('fills requests', () => {
      expect(shownRows(monitor, 'requests', start)).to.deep.equal([
        {
          ...ORIGIN,
          ...TRACE,
          operation_Name: 'GET /orders/:id',
          itemType: 'request',
          itemCount: 1,
          millis: 0,
          id: 'b7ad6b7169203331',
          name: 'GET /orders/:id',
          url: 'http://shop.example/orders/7',
          resultCode: '500',
          success: 'False',
          duration: 750,
          performanceBucket: '500ms-1sec',
          customDimensions: { 'http.route': '/orders/:id', 'order.id': '7' },
        },
      ]);
    });

    it('fills dependencies with the call inside the request', () => {
      expect(shownRows(monitor, 'dependencies', start)).to.deep.equal([
        {
          ...ORIGIN,
          ...IN_REQUEST,
          itemType: 'dependency',
          itemCount: 1,
          millis: 125,
          id: 'b7ad6b7169203332',
          name: 'GET /items/7',
          type: 'Http',
          target: 'stock.example',
          data: 'http://stock.example/items/7',
          resultCode: '200',
          success: 'True',
          duration: 125,
          performanceBucket: '<250ms',
          customDimensions: { 'server.port': '80' },
        },
      ]);
    });

    it('fills exceptions with the recorded one', () => {
      expect(shownRows(monitor, 'exceptions', start)).to.deep.equal([
        {
          ...ORIGIN,
          ...OF_REQUEST,
          itemType: 'exception',
          itemCount: 1,
          millis: 500,
          type: 'RangeError',
          message: 'no such order',
          problemId: 'RangeError at find',
          severityLevel: 3,
          method: 'find',
          assembly: 'at find (/app/orders.js:12:34)',
          outerType: 'RangeError',
          outerMessage: 'no such order',
          outerMethod: 'find',
          outerAssembly: 'at find (/app/orders.js:12:34)',
          innermostType: 'RangeError',
          innermostMessage: 'no such order',
          innermostMethod: 'find',
          innermostAssembly: 'at find (/app/orders.js:12:34)',
          details: [
            {
              id: '0',
              outerId: '0',
              type: 'RangeError',
              message: 'no such order',
              parsedStack: [
                {
                  level: 0,
                  method: 'find',
                  assembly: 'at find (/app/orders.js:12:34)',
                  fileName: '/app/orders.js',
                  line: 12,
                },
              ],
            },
          ],
        },
      ]);
    });

    it('fills traces with the span event and the log message', () => {
      expect(shownRows(monitor, 'traces', start)).to.deep.equal([
        {
          ...ORIGIN,
          ...OF_REQUEST,
          itemType: 'trace',
          itemCount: 1,
          millis: 375,
          message: 'stock checked',
          customDimensions: { left: '3' },
        },
        {
          ...ORIGIN,
          ...IN_REQUEST,
          itemType: 'trace',
          itemCount: 1,
          millis: 625,
          message: 'stock is low',
          severityLevel: 2,
          customDimensions: { 'order.id': '7' },
        },
      ]);
    });

    it('fills customMetrics with what came since the collection before', () => {
      const metric = { ...ORIGIN, itemType: 'customMetric' };
      const placed = { ...metric, name: 'orders.placed', customDimensions: { region: 'eu' }, valueCount: 1 };
      expect(shownRows(monitor, 'customMetrics', start)).to.deep.equal([
        { ...placed, value: 3, valueSum: 3, valueMin: 3, valueMax: 3 },
        { ...placed, value: 4, valueSum: 4, valueMin: 4, valueMax: 4 },
        { ...metric, name: 'orders.weight', value: 15, valueSum: 15, valueCount: 3, valueMin: 2, valueMax: 10 },
      ]);
    });

    it('sends nothing that Azure would refuse, cut or find odd', () => {
      monitor.assertClean();
    });
  });
}
