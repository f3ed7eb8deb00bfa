import { expect } from 'chai';
import type { LocalMonitor } from 'azure-monitor-local';
import type { ChildResult } from '../journey/child.ts';
import { monitored, type MonitoredProject } from '../journey/monitored-project.ts';
import { LINES } from '../journey/opentelemetry-line.ts';
import { makeLoggerProject } from './logger-project.ts';

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const MORE = { sku: '42', at: '1970-01-01T00:00:00.000Z', lot: '{"tags":["a","b"]}' };

/** Message, severity level, whether it belongs to the span, dimensions. */
const TRACES = [
  ['winston', 2, SPAN, { ...MORE, count: '7' }],
  ['winston: object', 3, undefined, {}],
  ['pino', 2, SPAN, { ...MORE, secret: 'REDACTED' }],
  ['pino: child', 4, undefined, { module: 'db' }],
  ['pino: alone', 3, undefined, {}],
  ['bunyan', 2, SPAN, { ...MORE, name: 'app' }],
  ['log4js of orders', 2, SPAN, { ...MORE, category: 'orders', tenant: 't1' }],
  ['console: debug, for the other', 0, undefined, {}],
  ['console of orders', 2, SPAN, MORE],
  ["{ only: 'an object' }", 2, undefined, { only: 'an object' }],
];

/** Severity level, message, type and message of the cause, function, dimensions. */
const CAUSE = ['TypeError', 'not a number'];
const EXCEPTIONS = [
  [3, 'no such order', ...CAUSE, 'find', { step: '1', 'Logger Message': 'winston: saving failed' }],
  [3, 'no such order', ...CAUSE, 'find', { 'Logger Message': 'winston: no such order' }],
  [3, 'no such order', ...CAUSE, 'find', {}],
  [
    3,
    'no such order: not a number', // As pino writes an error with a cause.
    ...CAUSE,
    'find',
    { step: '1', err: '{"level":"error"}', 'Logger Message': 'pino: saving failed' },
  ],
  [3, 'no such order', ...CAUSE, 'find', { step: '1', name: 'app', 'Logger Message': 'bunyan: saving failed' }],
  [4, 'no such order', 'RangeError', 'no such order', 'find', { name: 'app' }], // Bunyan writes no cause.
  [
    3,
    'no such order',
    ...CAUSE,
    'find',
    { step: '1', category: 'orders', tenant: 't1', 'Logger Message': 'log4js: saving failed' },
  ],
  [4, 'no such order', ...CAUSE, 'find', { category: 'orders', tenant: 't1' }],
  [3, 'no such order', ...CAUSE, 'find', { 'Logger Message': 'console: saving failed no such order' }],
];

const PRINTED = ['@opentelemetry/api: a message of its own logger', 'console: debug, for the other', 'quiet', ''];

for (const { line, tree, findNode } of LINES) {
  describe(`loggers on ${line}`, function () {
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
          ended = await run(['loggers.mjs', provider]);
        });

        it('end with the program, and print nothing but what the console is told', () => {
          expect(ended).to.deep.include({ code: 0, signal: null, stdout: PRINTED.join('\n') });
          expect(ended.stderr).to.match(/^console of orders [^]*\{ only: 'an object' \}\nafter all\n$/);
          monitor.assertClean();
        });

        it('come from the role of the provider', () => {
          const roles = new Set(monitor.rows('traces').map(row => row.cloud_RoleName));
          expect([...roles]).to.deep.equal([provider === 'none' ? 'shop' : 'registered']);
        });

        it('fill traces from their level on, each once, with the span and all fields', () => {
          const rows = monitor
            .rows('traces')
            .map(({ message, severityLevel, operation_Id: traceId, operation_ParentId: spanId, customDimensions }) => [
              message,
              severityLevel,
              traceId === '' ? undefined : { traceId, spanId },
              customDimensions,
            ]);
          expect(rows).to.have.deep.members(TRACES); // The loggers send side by side.
        });

        it('fill exceptions with errors, their stacks and causes', () => {
          const rows = monitor
            .rows('exceptions')
            .map(row => [
              row.severityLevel,
              row.outerMessage,
              row.innermostType,
              row.innermostMessage,
              row.outerMethod,
              row.customDimensions,
            ]);
          expect(rows).to.have.deep.members(EXCEPTIONS);
        });
      });
    }

    it('send from a worker of pino, with the span, all at the end', async () => {
      monitor.clear();
      expect(await run(['pino-worker.mjs'])).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
      expect(
        monitor.rows('traces').map(row => [row.message, row.severityLevel, row.operation_Id, row.customDimensions]),
      ).to.deep.equal([
        ['in the span', 2, SPAN.traceId, { sku: '42' }],
        ['outside', 2, '', {}],
      ]);
      expect(monitor.rows('exceptions').map(row => [row.outerMessage, row.customDimensions])).to.deep.equal([
        ['no such order', { 'Logger Message': 'saving failed' }],
      ]);
      expect(monitor.rows('traces')[0]?.timestamp.getTime()).to.be.closeTo(Date.now(), 60_000);
    });

    for (const provider of ['none', 'registered']) {
      for (const sending of ['all', 'only-correlation']) {
        it(`send once beside instrumentations (provider: ${provider}, instrumentations: ${sending})`, async () => {
          monitor.clear();
          expect(await run(['instrumented.cjs', provider, sending])).to.deep.equal({
            code: 0,
            signal: null,
            stdout: '',
            stderr: '',
          });
          const rows = monitor.rows('traces').toSorted((a, b) => a.message.localeCompare(b.message));
          expect(rows.map(row => [row.message, row.severityLevel, row.operation_Id])).to.deep.equal([
            ['bunyan once', 2, SPAN.traceId],
            ['pino once', 2, SPAN.traceId],
            ['winston once', 2, SPAN.traceId],
          ]);
        });
      }
    }

    function run(args: readonly string[]): Promise<ChildResult> {
      return project.run(args, { OTEL_SERVICE_NAME: 'shop' });
    }
  });
}
