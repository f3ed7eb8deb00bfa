import { expect } from 'chai';
import { prepareSamples, type SamplePrograms } from './sample-programs.ts';

const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z`;

/** The line of a span, as on the page. */
const SPAN = new RegExp(
  String.raw`\[SpanData\(name='test', context=SpanContext\(trace_id=(?<traceId>[0-9a-f]{32}), span_id=None, ` +
    String.raw`trace_options=TraceOptions\(enabled=True\), tracestate=None\), span_id='(?<spanId>[0-9a-f]{16})', ` +
    String.raw`parent_span_id=None, attributes=BoundedDict\(\{\}, maxlen=32\), start_time='(?<start>${TIME})', ` +
    String.raw`end_time='(?<end>${TIME})', child_span_count=0, stack_trace=None, ` +
    String.raw`annotations=BoundedList\(\[\], maxlen=32\), message_events=BoundedList\(\[\], maxlen=128\), ` +
    String.raw`links=BoundedList\(\[\], maxlen=32\), status=None, same_process_as_parent_span=None, span_kind=0\)\]$`,
);

describe('the samples of tracing', function () {
  this.timeout(60_000);

  let samples: SamplePrograms;
  before(async () => {
    samples = await prepareSamples();
  });
  after(() => samples.close());

  it('trace-print prints each value, then its span', async () => {
    const { stdout, ...ended } = await samples.run('trace-print.ts', '4\n25\n');
    expect(ended).to.deep.equal({ code: 0, signal: null, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.map(line => line.replace(SPAN, '#'))).to.deep.equal([
      'Enter a value: 4',
      '#',
      'Enter a value: 25',
      '#',
      'Enter a value: #',
      '',
    ]);
    const spans = [...stdout.matchAll(new RegExp(SPAN, 'gm'))].map(({ groups = {} }) => groups);
    expect(new Set(spans.map(span => span['traceId'])).size).to.equal(1);
    expect(new Set(spans.map(span => span['spanId'])).size).to.equal(3);
    const times = spans.flatMap(span => [String(span['start']), String(span['end'])]);
    expect(times).to.deep.equal([...times].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('trace-azure prints the values only and sends a dependency for each prompt', async () => {
    const { stdout, ...ended } = await samples.run('trace-azure.ts', '4\n25\n', {
      APPLICATIONINSIGHTS_CONNECTION_STRING: samples.monitor.connectionString,
    });
    expect(ended).to.deep.equal({ code: 0, signal: null, stderr: '' });
    expect(stdout).to.equal('Enter a value: 4\nEnter a value: 25\nEnter a value: ');
    const rows = samples.monitor.rows('dependencies');
    expect(
      rows.map(({ name, type, success, resultCode, operation_ParentId, cloud_RoleName }) => {
        return { name, type, success, resultCode, operation_ParentId, cloud_RoleName };
      }),
    ).to.deep.equal(
      Array.from({ length: 3 }, () => ({
        name: 'test',
        type: 'InProc',
        success: 'True',
        resultCode: '0',
        operation_ParentId: '',
        cloud_RoleName: 'trace-azure.ts',
      })),
    );
    expect(new Set(rows.map(row => row.operation_Id)).size).to.equal(1);
    expect(new Set(rows.map(row => row.id)).size).to.equal(3);
    samples.monitor.assertClean();
  });

  it('trace-azure says what to set when it does not know where to send', async () => {
    const { code, stdout, stderr } = await samples.run('trace-azure.ts', '4\n');
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.match(/^Set APPLICATIONINSIGHTS_CONNECTION_STRING to the connection string/);
  });
});
