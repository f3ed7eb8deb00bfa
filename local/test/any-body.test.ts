import { expect } from 'chai';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { startLocalMonitor, type LocalMonitor } from '../src/index.ts';
import { request } from './sample-items.ts';
import { post, type Reply } from './sender.ts';

const FIELDS = [
  'id',
  'name',
  'duration',
  'success',
  'responseCode',
  'message',
  'exceptions',
  'metrics',
  'value',
  'properties',
  'measurements',
  'severityLevel',
  'categoryName',
  'counterName',
  '__proto__',
];

/** Values that resemble telemetry closely enough to get past the first checks. */
const almostItem = fc.record(
  {
    time: fc.oneof(fc.constant('2026-11-22T10:00:00Z'), fc.jsonValue()),
    iKey: fc.oneof(fc.uuid(), fc.jsonValue()),
    sampleRate: fc.oneof(fc.double(), fc.jsonValue()),
    tags: fc.oneof(
      fc.dictionary(fc.constantFrom('ai.cloud.role', 'ai.operation.id', '__proto__'), fc.jsonValue()),
      fc.jsonValue(),
    ),
    data: fc.record({
      baseType: fc.constantFrom(
        'RequestData',
        'RemoteDependencyData',
        'MessageData',
        'ExceptionData',
        'EventData',
        'MetricData',
        'PerformanceCounterData',
        'AvailabilityData',
        'PageViewData',
        'constructor',
      ),
      baseData: fc.dictionary(
        fc.constantFrom(...FIELDS),
        fc.oneof(
          fc.jsonValue(),
          fc.constantFrom(
            '00:00:01',
            true,
            'x',
            1,
            [{ name: '\\a(b)\\c', value: 1 }],
            [{ typeName: 'E', message: 'm' }],
          ),
          fc.dictionary(fc.string(), fc.jsonValue()),
        ),
      ),
    }),
  },
  { requiredKeys: [] },
);

interface TrackResponse {
  readonly itemsReceived: number;
  readonly itemsAccepted: number;
  readonly errors: readonly { readonly index: number; readonly statusCode: number; readonly message: string }[];
}

function expectWellFormed({ status, text }: Reply): void {
  const { itemsReceived, itemsAccepted, errors: refused } = JSON.parse(text) as TrackResponse;
  expect(status).to.be.oneOf([200, 206, 400]);
  if (itemsReceived === 0) return;
  expect(itemsAccepted + refused.length).to.equal(itemsReceived);
  expect(status === 200).to.equal(refused.length === 0);
  expect(status === 400).to.equal(itemsAccepted === 0);
  for (const { index, statusCode, message } of refused) {
    expect(index).to.be.within(0, itemsReceived - 1);
    expect(statusCode).to.equal(400);
    expect(message).to.be.a('string').and.not.equal('');
  }
}

describe('any body at all', () => {
  let monitor: LocalMonitor;
  before(async () => {
    monitor = await startLocalMonitor({ maxRowsPerTable: 10 });
  });
  after(async () => {
    expect((await post(monitor.url, [request()])).status).to.equal(200);
    await monitor.close();
  });

  it('gets a well-formed answer when it is a list of JSON', async () => {
    const list = fc.array(fc.oneof(almostItem, fc.jsonValue()), { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(list, async items => expectWellFormed(await post(monitor.url, items))));
  });

  it('gets a well-formed answer when it is JSON', async () => {
    await fc.assert(fc.asyncProperty(fc.json(), async text => expectWellFormed(await post(monitor.url, text))));
  });

  it('gets a well-formed answer when it is lines of JSON and of text', async () => {
    const lines = fc.array(
      fc.oneof(
        fc.json(),
        fc.string(),
        almostItem.map(whole => JSON.stringify(whole)),
      ),
    );
    await fc.assert(fc.asyncProperty(lines, async text => expectWellFormed(await post(monitor.url, text.join('\n')))));
  });

  it('gets a well-formed answer when it is bytes, said to be gzip or not', async () => {
    const bodies = fc.oneof(
      fc.uint8Array().map(bytes => Buffer.from(bytes)),
      fc.uint8Array().map(bytes => gzipSync(bytes)),
      fc.json().map(text => gzipSync(text)),
    );
    const encodings = fc.constantFrom<object>({}, { 'content-encoding': 'gzip' });
    await fc.assert(
      fc.asyncProperty(bodies, encodings, async (body, headers) => {
        expectWellFormed(await post(monitor.url, body, { headers }));
      }),
    );
  });

  it('gets a well-formed answer when it is nested a million times', async () => {
    const depth = 1_000_000;
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expectWellFormed(await post(monitor.url, nested));
    expectWellFormed(
      await post(
        monitor.url,
        `[{"data":{"baseType":"EventData","baseData":{"name":"x","properties":{"a":${nested}}}}}]`,
      ),
    );
  });
});
