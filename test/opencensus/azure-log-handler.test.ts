import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AzureEventHandler, AzureLogHandler } from '../../src/opencensus/azure-log-handler.ts';
import { getLogger, type Logger } from '../../src/opencensus/logger.ts';
import { AlwaysOnSampler } from '../../src/opencensus/sampler.ts';
import { Tracer } from '../../src/opencensus/tracer.ts';
import { runNode, type ChildResult } from '../journey/child.ts';
import { CollectedSpans } from './collected-spans.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

let monitor: LocalMonitor;
before(async () => {
  monitor = await startLocalMonitor();
});
beforeEach(() => monitor.clear());
after(() => monitor.close());

describe('AzureLogHandler', () => {
  it('sends messages as traces', async () => {
    await send('AzureLogHandler traces', logger => {
      logger.setLevel('DEBUG');
      logger.debug('d');
      logger.info('i', { customDimensions: { tries: 3, who: 'me' } });
      logger.warning('w', { custom_dimensions: { tries: 4 } });
      logger.error('e');
      logger.critical('c');
    });
    const rows = monitor.rows('traces').map(row => [row.message, row.severityLevel, row.customDimensions]);
    expect(rows).to.deep.equal([
      ['d', 0, { level: 'DEBUG' }],
      ['i', 1, { tries: '3', who: 'me', level: 'INFO' }],
      ['w', 2, { tries: '4', level: 'WARNING' }],
      ['e', 3, { level: 'ERROR' }],
      ['c', 4, { level: 'CRITICAL' }],
    ]);
    monitor.assertClean();
  });

  it('sends errors as exceptions', async () => {
    await send('AzureLogHandler exceptions', logger => {
      logger.exception(new TypeError('no such thing'), 'Captured.', { customDimensions: { tries: 3 } });
      logger.exception('a text');
    });
    const rows = monitor.rows('exceptions');
    expect(rows.map(row => [row.type, row.outerMessage, row.severityLevel, row.customDimensions])).to.deep.equal([
      ['TypeError', 'no such thing', 3, { tries: '3', level: 'ERROR', 'Logger Message': 'Captured.' }],
      ['string', 'a text', 3, { level: 'ERROR' }],
    ]);
    expect(JSON.stringify(rows[0]?.details)).to.include('azure-log-handler.test.ts');
    expect(monitor.rows('traces')).to.deep.equal([]);
  });

  it('says which span a message belongs to', async () => {
    const tracer = new Tracer({ sampler: new AlwaysOnSampler(), exporter: new CollectedSpans() });
    let spanId = '';
    await send('AzureLogHandler spans', logger => {
      logger.warning('outside');
      tracer.span('work', span => {
        spanId = span.spanId;
        logger.warning('inside');
      });
    });
    const rows = monitor.rows('traces').map(row => [row.message, row.operation_Id, row.operation_ParentId]);
    expect(rows).to.deep.equal([
      ['outside', '', ''],
      ['inside', tracer.spanContext.traceId, spanId],
    ]);
  });

  it('sends a fraction of messages, and says for how many each stands', async () => {
    await send('AzureLogHandler half', logger => logMany(logger), { logging_sampling_rate: 0.5 });
    const rows = monitor.rows('traces');
    expect(rows.length).to.be.within(300, 700);
    expect(new Set(rows.map(row => row.itemCount))).to.deep.equal(new Set([2]));
    monitor.clear();
    await send('AzureLogHandler none', logger => logMany(logger), { loggingSamplingRate: 0 });
    expect(monitor.rows('traces')).to.deep.equal([]);
  });

  it('lets telemetry processors change and drop messages', async () => {
    const handler = new AzureLogHandler({ connectionString: monitor.connectionString, disableOfflineStorage: true });
    handler.addTelemetryProcessor(({ data }) => data.baseType !== 'MessageData' || data.baseData.message !== 'dropped');
    const logger = getLogger('AzureLogHandler processors');
    logger.addHandler(handler);
    logger.warning('dropped');
    logger.warning('kept');
    await handler.forceFlush();
    await handler.shutdown();
    expect(monitor.rows('traces').map(row => row.message)).to.deep.equal(['kept']);
  });

  it('sends what waits at the end of its block', async () => {
    {
      await using handler = new AzureLogHandler({
        connectionString: monitor.connectionString,
        enableLocalStorage: false,
      });
      const logger = getLogger('AzureLogHandler block');
      logger.addHandler(handler);
      logger.warning('in the block');
    }
    expect(monitor.rows('traces').map(row => row.message)).to.deep.equal(['in the block']);
  });

  for (const rate of [-0.1, 1.1, NaN]) {
    it(`refuses the sampling rate ${rate}`, () => {
      expect(() => new AzureLogHandler({ loggingSamplingRate: rate })).to.throw(
        RangeError,
        'Sampling must be in the range: [0,1]',
      );
    });
  }

  async function send(
    name: string,
    work: (logger: Logger) => void,
    options: { loggingSamplingRate?: number; logging_sampling_rate?: number } = {},
  ): Promise<void> {
    const { connectionString } = monitor;
    const handler = new AzureLogHandler({ connectionString, disableOfflineStorage: true, ...options });
    const logger = getLogger(name);
    logger.addHandler(handler);
    work(logger);
    await handler.forceFlush();
    await handler.shutdown();
  }
});

describe('AzureEventHandler', () => {
  it('sends messages as custom events with their measurements', async () => {
    const handler = new AzureEventHandler({ connectionString: monitor.connectionString, disableOfflineStorage: true });
    const logger = getLogger('AzureEventHandler');
    logger.setLevel('INFO');
    logger.addHandler(handler);
    logger.info('checkout', { customDimensions: { cart: 'c7' }, customMeasurements: { items: 3 } });
    await handler.forceFlush();
    await handler.shutdown();
    expect(
      monitor.rows('customEvents').map(row => [row.name, row.customDimensions, row.customMeasurements]),
    ).to.deep.equal([['checkout', { cart: 'c7' }, { items: 3 }]]);
    monitor.assertClean();
  });
});

describe('the samples of logging', function () {
  this.timeout(60_000);

  let home: string;
  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'azure-monitor-home-'));
  });
  after(() => rm(home, { recursive: true, force: true }));

  it('logs-print prints each value to stderr', async () => {
    expect(await run('logs-print.ts', '4\n25\n')).to.deep.equal({
      code: 0,
      signal: null,
      stdout: 'Enter a value: Enter a value: Enter a value: ',
      stderr: '4\n25\n',
    });
  });

  it('logs-azure sends the values in place of printing them', async () => {
    const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
    expect(await run('logs-azure.ts', '4\n25\n', env)).to.deep.equal({
      code: 0,
      signal: null,
      stdout: 'Enter a value: Enter a value: Enter a value: ',
      stderr: '',
    });
    const rows = monitor.rows('traces').map(row => [row.message, row.severityLevel, row.cloud_RoleName]);
    expect(rows).to.deep.equal([
      ['4', 2, 'logs-azure.ts'],
      ['25', 2, 'logs-azure.ts'],
    ]);
    monitor.assertClean();
  });

  it('logs-azure says what to set when it does not know where to send', async () => {
    const { code, stdout, stderr } = await run('logs-azure.ts', '4\n');
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.match(/^Set APPLICATIONINSIGHTS_CONNECTION_STRING to the connection string/);
  });

  function run(sample: string, input: string, env: Record<string, string> = {}): Promise<ChildResult> {
    const args = ['--import', 'tsx', path.join('samples', sample)];
    return runNode(args, { cwd: ROOT, input, env: { ...env, HOME: home, TMPDIR: home } });
  }
});

function logMany(logger: Logger): void {
  for (let i = 0; i < 1000; i++) logger.warning('text');
}
