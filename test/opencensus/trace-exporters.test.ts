import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { AzureExporter } from '../../src/opencensus/azure-exporter.ts';
import { FileExporter } from '../../src/opencensus/file-exporter.ts';
import { Link } from '../../src/opencensus/link.ts';
import { PrintExporter } from '../../src/opencensus/print-exporter.ts';
import { AlwaysOffSampler, AlwaysOnSampler } from '../../src/opencensus/sampler.ts';
import { SpanContext } from '../../src/opencensus/span-context.ts';
import { SpanKind } from '../../src/opencensus/span-kind.ts';
import { CanonicalCode, Status } from '../../src/opencensus/span-status.ts';
import { MessageEvent, MessageEventType } from '../../src/opencensus/time-event.ts';
import { Tracer } from '../../src/opencensus/tracer.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const TIME = String.raw`'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z'`;

const sampler = new AlwaysOnSampler();
const spanContext = new SpanContext({ traceId: TRACE_ID });

describe('PrintExporter', () => {
  it('prints a span as OpenCensus does', () => {
    const [line] = printed(() => new Tracer({ sampler, spanContext }).span('test', () => undefined));
    expect(line).to.match(
      new RegExp(
        String.raw`^\[SpanData\(name='test', context=SpanContext\(trace_id=${TRACE_ID}, span_id=None, ` +
          String.raw`trace_options=TraceOptions\(enabled=True\), tracestate=None\), span_id='[0-9a-f]{16}', ` +
          String.raw`parent_span_id=None, attributes=BoundedDict\(\{\}, maxlen=32\), start_time=${TIME}, end_time=${TIME}, ` +
          String.raw`child_span_count=0, stack_trace=None, annotations=BoundedList\(\[\], maxlen=32\), ` +
          String.raw`message_events=BoundedList\(\[\], maxlen=128\), links=BoundedList\(\[\], maxlen=32\), status=None, ` +
          String.raw`same_process_as_parent_span=None, span_kind=0\)\]$`,
      ),
    );
  });

  it('prints a line for each span, the inner one first', () => {
    const tracer = new Tracer({ sampler, exporter: new PrintExporter() });
    const lines = printed(() => tracer.span('outer', () => tracer.span('inner', () => undefined)));
    expect(lines.map(line => /name='(\w+)'/.exec(line)?.[1])).to.deep.equal(['inner', 'outer']);
  });
});

describe('FileExporter', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'azure-monitor-file-exporter-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('writes the JSON of OpenCensus, of the last span', async () => {
    const fileName = path.join(folder, 'last.json');
    const exporter = new FileExporter({ fileName });
    const tracer = new Tracer({ sampler, spanContext, exporter });
    tracer.span('first', () => undefined);
    tracer.span('work', span => {
      span.addAttribute('text', `${'ä'.repeat(63)}xä`);
      span.addAttribute('whole', 3);
      span.addAttribute('part', 0.5);
      span.addAttribute('yes', true);
      span.addAnnotation('cache miss', { key: 'a' });
      span.addMessageEvent(new MessageEvent(new Date(0), 'm1', MessageEventType.SENT, 10));
      span.addLink(new Link(TRACE_ID, SPAN_ID));
      span.setStatus(new Status(CanonicalCode.NOT_FOUND, 'no such file'));
      span.sameProcessAsParentSpan = false;
    });
    await exporter.forceFlush();
    const text = await readFile(fileName, 'utf8');
    const ids = text.replaceAll(/"spanId":"[0-9a-f]{16}"/g, '"spanId":"#"');
    expect(JSON.parse(ids.replaceAll(new RegExp(TIME.replaceAll("'", '"'), 'g'), '"@"'))).to.deep.equal({
      traceId: TRACE_ID,
      spans: [
        {
          displayName: { value: 'work', truncated_byte_count: 0 },
          spanId: '#',
          startTime: '@',
          endTime: '@',
          childSpanCount: 0,
          kind: 0,
          attributes: {
            attributeMap: {
              text: { string_value: { value: `${'ä'.repeat(63)}x`, truncated_byte_count: 1 } },
              whole: { int_value: 3 },
              part: { double_value: 0.5 },
              yes: { bool_value: true },
            },
          },
          timeEvents: {
            timeEvent: [
              {
                time: '@',
                annotation: {
                  description: { value: 'cache miss', truncated_byte_count: 0 },
                  attributes: { attributeMap: { key: { string_value: { value: 'a', truncated_byte_count: 0 } } } },
                },
              },
              {
                time: '@',
                message_event: { id: 'm1', type: 1, uncompressed_size_bytes: 10, compressed_size_bytes: 10 },
              },
            ],
          },
          links: { link: [{ trace_id: TRACE_ID, span_id: SPAN_ID, type: 0 }] },
          status: { code: 5, message: 'no such file' },
          sameProcessAsParentSpan: false,
        },
      ],
    });
  });

  it('appends when told to, in the order of the ends', async () => {
    const fileName = path.join(folder, 'all.json');
    const exporter = new FileExporter({ fileName, fileMode: 'a' });
    const tracer = new Tracer({ sampler, exporter });
    for (const name of ['a', 'b', 'c']) tracer.span(name, () => undefined);
    await exporter.forceFlush();
    const names = [...(await readFile(fileName, 'utf8')).matchAll(/"displayName":\{"value":"(\w)"/g)];
    expect(names.map(([, name]) => name)).to.deep.equal(['a', 'b', 'c']);
  });
});

describe('AzureExporter', () => {
  let monitor: LocalMonitor;
  let exporter: AzureExporter;
  before(async () => {
    monitor = await startLocalMonitor();
  });
  beforeEach(() => {
    monitor.clear();
    exporter = new AzureExporter({ connection_string: monitor.connectionString, disableOfflineStorage: true });
  });
  afterEach(() => exporter.shutdown());
  after(() => monitor.close());

  it('sends spans as dependencies and requests of one trace', async () => {
    const tracer = new Tracer({ sampler, exporter, spanContext });
    tracer.span('request', { spanKind: SpanKind.SERVER }, () => {
      tracer.span('work', span => span.addAttribute('tries', 3));
    });
    tracer.span('next', () => undefined);
    await exporter.forceFlush();
    const [request] = monitor.rows('requests');
    const rows = monitor.rows('dependencies');
    expect([request?.name, request?.operation_Id, request?.operation_ParentId, request?.resultCode]).to.deep.equal([
      'request',
      TRACE_ID,
      '',
      '0',
    ]);
    expect(
      rows.map(row => [
        row.name,
        row.type,
        row.success,
        row.operation_Id,
        row.operation_ParentId,
        row.customDimensions,
      ]),
    ).to.deep.equal([
      ['work', 'InProc', 'True', TRACE_ID, request?.id, { tries: '3' }],
      ['next', 'InProc', 'True', TRACE_ID, '', {}],
    ]);
    monitor.assertClean();
  });

  it("shows OpenCensus's status code as the result code", async () => {
    const tracer = new Tracer({ sampler, exporter });
    tracer.span('work', { spanKind: SpanKind.CLIENT }, span => span.setStatus(new Status(CanonicalCode.UNAVAILABLE)));
    tracer.span('call', { spanKind: SpanKind.CLIENT }, span => {
      span.addAttribute('http.method', 'GET');
      span.addAttribute('http.url', 'http://shop.example/cart');
      span.addAttribute('http.status_code', 503);
      span.setStatus(new Status(CanonicalCode.UNAVAILABLE));
    });
    await exporter.forceFlush();
    const rows = monitor.rows('dependencies').map(({ name, resultCode, success, customDimensions }) => {
      return { name, resultCode, success, customDimensions };
    });
    expect(rows).to.deep.equal([
      { name: 'work', resultCode: '14', success: 'False', customDimensions: {} },
      { name: 'GET /cart', resultCode: '503', success: 'False', customDimensions: {} },
    ]);
  });

  it('keeps the traces of several tracers apart', async () => {
    const tracers = [1, 2].map(() => new Tracer({ sampler, exporter }));
    for (const tracer of tracers) tracer.span('work', () => undefined);
    await exporter.forceFlush();
    expect(monitor.rows('dependencies').map(row => row.operation_Id)).to.deep.equal(
      tracers.map(tracer => tracer.spanContext.traceId),
    );
  });

  it('lets telemetry processors change and drop what it sends', async () => {
    const tracer = new Tracer({ sampler, exporter });
    exporter.addTelemetryProcessor(envelope => {
      envelope.tags['ai.cloud.role'] = 'prompter';
    });
    exporter.addTelemetryProcessor(({ data }) => data.baseType !== 'RequestData');
    tracer.span('dropped', { spanKind: SpanKind.SERVER }, () => undefined);
    tracer.span('kept', () => undefined);
    await exporter.forceFlush();
    expect(monitor.rows('requests')).to.deep.equal([]);
    expect(monitor.rows('dependencies').map(row => [row.name, row.cloud_RoleName])).to.deep.equal([
      ['kept', 'prompter'],
    ]);
  });

  it('sends what waits at the end of its block', async () => {
    {
      await using ofBlock = new AzureExporter({
        connectionString: monitor.connectionString,
        enableLocalStorage: false,
      });
      new Tracer({ sampler, exporter: ofBlock }).span('work', () => undefined);
    }
    expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
  });

  it('sends nothing of a trace that is not sampled', async () => {
    new Tracer({ sampler: new AlwaysOffSampler(), exporter }).span('work', () => undefined);
    await exporter.forceFlush();
    expect(monitor.received().ids).to.deep.equal([]);
  });

  it('refuses sizes below 1', () => {
    expect(() => new AzureExporter({ max_batch_size: 0 })).to.throw(
      RangeError,
      'maxBatchSize: expected a whole number above 0, found 0',
    );
    expect(() => new AzureExporter({ queueCapacity: 1.5 })).to.throw(
      RangeError,
      'queueCapacity: expected a whole number above 0, found 1.5',
    );
  });
});

/** What `work` prints to stdout by `console.log`. */
function printed(work: () => void): string[] {
  const lines: string[] = [];
  const log = mock.method(console, 'log', (line: unknown) => lines.push(String(line)));
  try {
    work();
  } finally {
    log.mock.restore();
  }
  return lines;
}
