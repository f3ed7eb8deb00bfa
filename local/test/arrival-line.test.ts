import { expect } from 'chai';
import fc from 'fast-check';
import { arrivalLine, countLines, plain } from '../src/arrival-line.ts';
import { startLocalMonitor } from '../src/index.ts';
import { item, request } from './sample-items.ts';
import { post } from './sender.ts';

describe('arrivalLine', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['a request', request(), 'requests             GET /orders | 250 ms | ok 200'],
    [
      'a failed request',
      request({ success: false, responseCode: '500' }),
      'requests             GET /orders | 250 ms | failed 500',
    ],
    [
      'a dependency',
      item('RemoteDependencyData', { name: 'SELECT', target: 'db|shop', duration: '00:00:01.5', resultCode: '0' }),
      'dependencies         SELECT (db|shop) | 1500 ms | ok 0',
    ],
    ['a message', item('MessageData', { message: 'low', severityLevel: 2 }), 'traces               low | Warning'],
    [
      'an exception',
      item('ExceptionData', { exceptions: [{ typeName: 'Error', message: 'no' }], severityLevel: 'Error' }),
      'exceptions           Error: no | Error',
    ],
    ['an event', item('EventData', { name: 'placed' }), 'customEvents         placed'],
    [
      'a metric',
      item('MetricData', { metrics: [{ name: 'stock', value: 9, count: 3 }] }),
      'customMetrics        stock | 9 / 3',
    ],
    [
      'a counter',
      item('MetricData', { metrics: [{ name: '\\Memory\\Available Bytes', value: 1024 }] }),
      'performanceCounters  Memory Available Bytes | 1024',
    ],
    [
      'an availability result',
      item('AvailabilityData', { id: '1', name: 'front', runLocation: 'here', duration: '00:00:01', success: false }),
      'availabilityResults  front (here) | 1000 ms | failed',
    ],
    ['a page view', item('PageViewData', { name: 'cart' }), 'pageViews            cart'],
  ];
  for (const [what, whole, expected] of cases) {
    it(`prints ${what}`, async () => {
      const monitor = await startLocalMonitor();
      const lines: string[] = [];
      monitor.onRow(arrival => lines.push(arrivalLine(arrival)));
      await post(monitor.url, [{ ...whole, time: '2026-11-22T10:11:12.345Z' }]);
      await monitor.close();
      const [time, table, ...rest] = lines.join('\n').split(/ {2,}/);
      const operation = rest.pop();
      expect([time, operation]).to.deep.equal(['10:11:12.345', '4bf92f3577b34da6a3ce929d0e0e4736']);
      expect(`${table?.padEnd(19)}  ${rest.join(' | ')}`).to.equal(expected);
    });
  }

  it('cuts long names', async () => {
    const monitor = await startLocalMonitor();
    const lines: string[] = [];
    monitor.onRow(arrival => lines.push(arrivalLine(arrival)));
    await post(monitor.url, [request({ name: 'x'.repeat(1000) })]);
    await monitor.close();
    expect(lines[0]).to.contain(`  ${'x'.repeat(59)}…  `);
  });
});

describe('plain', () => {
  it('shows escape sequences, line ends and turning marks as spaces', () => {
    expect(plain('a\u001b[31mb\u009bc\r\nd\u2028e\u202Ef\u200Bg')).to.equal('a [31mb c  d e f g');
  });

  it('leaves no control character in any text', () => {
    const anything = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(anything, text => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/.test(plain(text))),
    );
  });
});

describe('countLines', () => {
  const none = { rows: 0, bytes: 0, evicted: 0 };
  const empty = {
    requests: none,
    dependencies: none,
    traces: none,
    exceptions: none,
    customEvents: none,
    customMetrics: none,
    performanceCounters: none,
    availabilityResults: none,
    pageViews: none,
  };

  it('lists the tables that hold something, and what had to leave them', () => {
    const counts = {
      ...empty,
      requests: { rows: 3, bytes: 1, evicted: 0 },
      traces: { rows: 50_000, bytes: 1, evicted: 7 },
    };
    expect(countLines(counts)).to.deep.equal([
      'requests                  3',
      'traces                50000  (and 7 older, no longer kept)',
    ]);
  });

  it('says so when nothing arrived', () => expect(countLines(empty)).to.deep.equal(['Nothing arrived.']));
});
