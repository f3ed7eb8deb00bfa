import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { readPinoLine } from '../../src/loggers/pino-line.ts';

describe('readPinoLine', () => {
  const cases: [string, string, object][] = [
    [
      'a line as pino writes it',
      '{"level":30,"time":1700000000000,"pid":1,"hostname":"h","sku":42,"msg":"text"}',
      { severityNumber: 9, severityText: 'info', timestamp: 1_700_000_000_000, body: 'text', attributes: { sku: 42 } },
    ],
    [
      'a time in seconds and the name of a level',
      '{"level":"error","time":1700000000,"msg":"text"}',
      { severityNumber: 17, severityText: 'error', timestamp: 1_700_000_000_000, body: 'text', attributes: {} },
    ],
    [
      'a time as ISO 8601 and a level of the user',
      '{"level":35,"time":"2023-11-14T22:13:20.000Z","msg":"text"}',
      { severityNumber: 9, severityText: undefined, timestamp: 1_700_000_000_000, body: 'text', attributes: {} },
    ],
    ['a time that is none', '{"time":"noon"}', { body: undefined, attributes: { time: 'noon' } }],
    [
      'an error',
      '{"level":50,"err":{"type":"TypeError","message":"no","stack":"TypeError: no\\n    at f (a.js:1:2)","code":7}}',
      {
        severityNumber: 17,
        severityText: 'error',
        body: undefined,
        attributes: {
          err: { code: 7 },
          'exception.type': 'TypeError',
          'exception.message': 'no',
          'exception.stacktrace': 'TypeError: no\n    at f (a.js:1:2)',
        },
      },
    ],
    ['an error that is none', '{"err":"text"}', { body: undefined, attributes: { err: 'text' } }],
    ['a line that is no JSON', 'printed', { body: 'printed' }],
    ['a line that is no object', 'null', { body: 'null' }],
  ];
  for (const [what, line, expected] of cases) {
    it(`reads ${what}`, () => {
      expect(readPinoLine(line)).to.deep.equal(expected);
    });
  }

  it('looks where the logger puts message and error', () => {
    const line = '{"text":"t","e":{"type":"E","message":"no","stack":"E: no"}}';
    expect(readPinoLine(line, { messageKey: 'text', errorKey: 'e' })).to.deep.equal({
      body: 't',
      attributes: { 'exception.type': 'E', 'exception.message': 'no', 'exception.stacktrace': 'E: no' },
    });
  });

  it('takes the span that the line names, unless it is none', () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const spanId = 'b7ad6b7169203331';
    const line = `{"trace_id":"${traceId}","span_id":"${spanId}","trace_flags":"01"}`;
    const context = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1 });
    expect(trace.getSpanContext(readPinoLine(line).context as typeof context)).to.deep.equal({
      traceId,
      spanId,
      traceFlags: 1,
    });
    expect(readPinoLine('{"trace_id":"no"}')).to.deep.equal({ body: undefined, attributes: {} });
  });
});
