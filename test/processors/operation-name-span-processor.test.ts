import { context, createContextKey, ROOT_CONTEXT, SpanKind, trace, type Context, type Span } from '@opentelemetry/api';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { OperationNameSpanProcessor } from '../../src/index.ts';
import { operationNameOf } from '../../src/processors/operations.ts';
import { mappingContext } from '../mapping/mapping-context.ts';
import { logToEnvelope, spanToEnvelopes } from '../mapping/envelopes.ts';

const HTTP = { 'http.request.method': 'GET', 'url.path': '/cart/7' };
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

/** A tracer and a logger of the SDK, and the operation names of what they have made. */
function trackNames(...processors: SpanProcessor[]) {
  const spans = new InMemorySpanExporter();
  const logs = new InMemoryLogRecordExporter();
  const spanProcessors = [...processors, new SimpleSpanProcessor(spans)];
  const tracer = new BasicTracerProvider({ spanProcessors }).getTracer('test');
  const logger = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logs })] }).getLogger(
    'test',
  );
  const mapping = { ...mappingContext(), operationNameOf };
  return {
    tracer,
    logger,
    names: (): [string, string | undefined][] =>
      [
        ...spans.getFinishedSpans().flatMap(span => spanToEnvelopes(span, mapping)),
        ...logs.getFinishedLogRecords().map(record => logToEnvelope(record, mapping)),
      ].map(({ name, tags }) => [name.slice('Microsoft.ApplicationInsights.'.length), tags['ai.operation.name']]),
  };
}

const inside = (span: Span, parent: Context = ROOT_CONTEXT): Context => trace.setSpan(parent, span);

describe('OperationNameSpanProcessor', () => {
  it('lets calls, exceptions and log rows carry the name of their request', () => {
    const { tracer, logger, names } = trackNames(new OperationNameSpanProcessor());
    const request = tracer.startSpan('GET', { kind: SpanKind.SERVER, attributes: HTTP }, ROOT_CONTEXT);
    const work = tracer.startSpan('price', {}, inside(request));
    const call = tracer.startSpan('SELECT', { kind: SpanKind.CLIENT }, inside(work));
    call.recordException(new Error('no such table'));
    logger.emit({ body: 'trying again', context: inside(call) });
    for (const span of [call, work, request]) span.end();
    expect(names()).to.deep.equal([
      ['RemoteDependency', 'GET /cart/7'],
      ['Exception', 'GET /cart/7'],
      ['RemoteDependency', 'GET /cart/7'],
      ['Request', 'GET /cart/7'],
      ['Message', 'GET /cart/7'],
    ]);
  });

  it('leaves them without a name when it is not registered', () => {
    const { tracer, logger, names } = trackNames();
    const request = tracer.startSpan('GET', { kind: SpanKind.SERVER, attributes: HTTP }, ROOT_CONTEXT);
    tracer.startSpan('SELECT', { kind: SpanKind.CLIENT }, inside(request)).end();
    logger.emit({ body: 'done', context: inside(request) });
    request.end();
    expect(names()).to.deep.equal([
      ['RemoteDependency', undefined],
      ['Request', 'GET /cart/7'],
      ['Message', undefined],
    ]);
  });

  it('names the route, though it is known only when the request ends', () => {
    const { tracer, names } = trackNames(new OperationNameSpanProcessor());
    const request = tracer.startSpan('GET', { kind: SpanKind.SERVER, attributes: HTTP }, ROOT_CONTEXT);
    tracer.startSpan('SELECT', { kind: SpanKind.CLIENT }, inside(request)).end();
    request.setAttribute('http.route', '/cart/:id');
    request.end();
    expect(names()).to.deep.equal([
      ['RemoteDependency', 'GET /cart/:id'],
      ['Request', 'GET /cart/:id'],
    ]);
  });

  it('names the route that a framework has found while the request still goes on', () => {
    const { tracer, names } = trackNames(new OperationNameSpanProcessor());
    const request = tracer.startSpan('GET', { kind: SpanKind.SERVER, attributes: HTTP }, ROOT_CONTEXT);
    const found = { type: 'http', span: request, route: '/cart' };
    const handling = inside(request).setValue(RPC_METADATA, found);
    tracer.startSpan('middleware', {}, handling).end();
    found.route = '/cart/:id';
    tracer.startSpan('SELECT', { kind: SpanKind.CLIENT }, handling).end();
    expect(names()).to.deep.equal([
      ['RemoteDependency', 'GET /cart/:id'],
      ['RemoteDependency', 'GET /cart/:id'],
    ]);
  });

  it('begins a new operation with each request, and with each consumed message', () => {
    const { tracer, names } = trackNames(new OperationNameSpanProcessor());
    const request = tracer.startSpan('GET', { kind: SpanKind.SERVER, attributes: HTTP }, ROOT_CONTEXT);
    const message = tracer.startSpan('orders process', { kind: SpanKind.CONSUMER }, inside(request));
    tracer.startSpan('SELECT', { kind: SpanKind.CLIENT }, inside(message)).end();
    message.end();
    expect(names()).to.deep.equal([
      ['RemoteDependency', 'orders process'],
      ['Request', 'orders process'],
    ]);
  });

  it('knows no operation of work that no request has asked for, nor of one in another process', () => {
    const { tracer, names } = trackNames(new OperationNameSpanProcessor());
    const remote = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
    tracer.startSpan('nightly', {}, ROOT_CONTEXT).end();
    tracer.startSpan('worker', {}, trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true })).end();
    expect(names()).to.deep.equal([
      ['RemoteDependency', undefined],
      ['RemoteDependency', undefined],
    ]);
  });

  it('prefers a name that was given by hand, to the request or to the call', () => {
    const { tracer, names } = trackNames(new OperationNameSpanProcessor());
    const attributes = { ...HTTP, 'ai.operation.name': 'checkout' };
    const request = tracer.startSpan('GET', { kind: SpanKind.SERVER, attributes }, ROOT_CONTEXT);
    tracer.startSpan('SELECT', { kind: SpanKind.CLIENT }, inside(request)).end();
    tracer.startSpan('GET', { attributes: { 'ai.operation.name': 'pay' } }, inside(request)).end();
    request.end();
    expect(names()).to.deep.equal([
      ['RemoteDependency', 'checkout'],
      ['RemoteDependency', 'pay'],
      ['Request', 'checkout'],
    ]);
  });

  it('has nothing to flush and nothing to end', async () => {
    const processor = new OperationNameSpanProcessor();
    await processor.forceFlush();
    await processor.shutdown();
    expect(context.active()).to.equal(ROOT_CONTEXT);
  });
});
