import { expect } from 'chai';
import type { ClassicTableName, LocalMonitor } from 'azure-monitor-local';
import type { ChildResult } from './journey/child.ts';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { LINES } from './journey/opentelemetry-line.ts';
import { makeLoggerProject } from './loggers/logger-project.ts';

const IN_SPAN = { operation_Id: '0af7651916cd43dd8448eb211c80319c', operation_ParentId: 'b7ad6b7169203331' };
const IN_NO_SPAN = { operation_Id: '', operation_ParentId: '' };

for (const { line, tree, findNode } of LINES) {
  describe(`events on ${line}`, function () {
    this.timeout(180_000);

    let project: MonitoredProject;
    let monitor: LocalMonitor;
    before(async () => {
      project = await monitored(await makeLoggerProject(tree), await findNode());
      monitor = project.monitor;
    });
    after(() => project.close());

    for (const provider of ['none', 'registered']) {
      describe(`with ${provider === 'none' ? 'no provider registered' : 'a provider registered'}`, () => {
        let ended: ChildResult;
        before(async () => {
          monitor.clear();
          ended = await project.run(['events.mjs', provider], { OTEL_SERVICE_NAME: 'shop' });
        });

        it('end with the program, which prints nothing', () => {
          expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
          monitor.assertClean();
        });

        it('come from the role of the provider', () => {
          const roles = new Set(monitor.rows('customEvents').map(row => row.cloud_RoleName));
          expect([...roles]).to.deep.equal([provider === 'none' ? 'shop' : 'registered']);
        });

        it('fill customEvents', () => {
          expect(rowsOf('customEvents', 'name', 'customMeasurements')).to.deep.equal([
            {
              ...IN_SPAN,
              name: 'checkout',
              customDimensions: { cart: 'c7', items: '[1,2]', at: '1970-01-01T00:00:00.000Z' },
              customMeasurements: { amount: 12.5, items: 2 },
            },
            { ...IN_NO_SPAN, name: 'plain', customDimensions: {}, customMeasurements: {} },
            {
              ...IN_NO_SPAN,
              name: 'bad',
              customDimensions: { 'microsoft.custom_measurements': '{"amount":"NaN"}' },
              customMeasurements: {},
            },
          ]);
        });

        it('fill availabilityResults', () => {
          const columns = ['name', 'duration', 'success', 'location', 'message', 'customMeasurements'];
          expect(rowsOf('availabilityResults', ...columns)).to.deep.equal([
            {
              ...IN_NO_SPAN,
              name: 'front page',
              duration: 1250,
              success: '0',
              location: 'here',
              message: 'no answer',
              customDimensions: { step: 'login' },
              customMeasurements: { tries: 3 },
            },
            {
              ...IN_NO_SPAN,
              name: 'back page',
              duration: 20,
              success: '1',
              location: '',
              message: '',
              customDimensions: {},
              customMeasurements: {},
            },
          ]);
        });

        it('fill exceptions with stacks and causes', () => {
          const columns = [
            'outerType',
            'outerMessage',
            'innermostType',
            'innermostMessage',
            'outerMethod',
            'severityLevel',
          ];
          expect(rowsOf('exceptions', ...columns)).to.deep.equal([
            {
              ...IN_SPAN,
              outerType: 'RangeError',
              outerMessage: 'no such order',
              innermostType: 'TypeError',
              innermostMessage: 'not a number',
              outerMethod: 'find',
              severityLevel: 3,
              customDimensions: { order: '7' },
            },
            {
              ...IN_NO_SPAN,
              outerType: 'string',
              outerMessage: 'a text',
              innermostType: 'string',
              innermostMessage: 'a text',
              outerMethod: '',
              severityLevel: 3,
              customDimensions: {},
            },
            {
              ...IN_NO_SPAN,
              outerType: 'AggregateError',
              outerMessage: 'all failed',
              innermostType: 'Error',
              innermostMessage: 'second',
              outerMethod: '<no_method>',
              severityLevel: 3,
              customDimensions: {},
            },
          ]);
        });

        it('fill pageViews', () => {
          expect(rowsOf('pageViews', 'name', 'url', 'customMeasurements')).to.deep.equal([
            {
              ...IN_NO_SPAN,
              name: 'cart',
              url: 'https://shop.example/cart',
              customDimensions: { theme: 'dark' },
              customMeasurements: { loadMillis: 90 },
            },
            { ...IN_NO_SPAN, name: 'about', url: '', customDimensions: {}, customMeasurements: {} },
          ]);
        });
      });
    }

    function rowsOf(table: ClassicTableName, ...columns: string[]): unknown[] {
      const shown = [...columns, 'operation_Id', 'operation_ParentId', 'customDimensions'];
      return monitor
        .rows(table)
        .map(row =>
          Object.fromEntries(shown.map(column => [column, (row as unknown as Record<string, unknown>)[column]])),
        );
    }
  });
}
