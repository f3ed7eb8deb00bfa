import { ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
  type LogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, type Sampler } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { ApplicationInsightsSampler, TraceBasedLogProcessor } from '../../src/index.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

function inSpan(sampler: Sampler): Context {
  const idGenerator = { generateTraceId: () => TRACE, generateSpanId: () => '00f067aa0ba902b7' };
  const tracer = new BasicTracerProvider({ sampler, idGenerator }).getTracer('test');
  return trace.setSpan(ROOT_CONTEXT, tracer.startSpan('work', {}, ROOT_CONTEXT));
}

/** The records that came through, as body and attributes. */
function emit(context: Context): [unknown, unknown][] {
  const exporter = new InMemoryLogRecordExporter();
  const processors: LogRecordProcessor[] = [new TraceBasedLogProcessor(new SimpleLogRecordProcessor({ exporter }))];
  new LoggerProvider({ processors }).getLogger('test').emit({ body: 'a', attributes: { key: 1 }, context });
  return exporter.getFinishedLogRecords().map(({ body, attributes }) => [body, attributes]);
}

describe('TraceBasedLogProcessor', () => {
  it('drops the records of a trace that was not sampled', () => {
    expect(emit(inSpan(new ApplicationInsightsSampler(0.33)))).to.deep.equal([]);
  });

  it('hands on the records of a sampled trace, with its sample rate', () => {
    const context = inSpan(new ApplicationInsightsSampler(0.34));
    expect(emit(context)).to.deep.equal([['a', { key: 1, 'microsoft.sample_rate': 34 }]]);
  });

  it('hands on the records of a trace of which all are kept', () => {
    expect(emit(inSpan(new ApplicationInsightsSampler(1)))).to.deep.equal([['a', { key: 1 }]]);
  });

  it('hands on the records of a trace that another process has sampled', () => {
    const remote = { traceId: TRACE, spanId: '00f067aa0ba902b7', traceFlags: 1, isRemote: true };
    expect(emit(trace.setSpanContext(ROOT_CONTEXT, remote))).to.deep.equal([['a', { key: 1 }]]);
  });

  it('hands on records outside of any trace', () => {
    expect(emit(ROOT_CONTEXT)).to.deep.equal([['a', { key: 1 }]]);
  });

  it('flushes and ends what is behind it', async () => {
    const calls: string[] = [];
    const processor = new TraceBasedLogProcessor({
      onEmit: () => calls.push('emit'),
      forceFlush: async () => void calls.push('flush'),
      shutdown: async () => void calls.push('shutdown'),
    });
    await processor.forceFlush();
    await processor.shutdown();
    expect(calls).to.deep.equal(['flush', 'shutdown']);
  });
});
