import { SpanKind, SpanStatusCode, type Attributes } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
  type AzureMonitorExporterOptions,
} from '../../src/index.ts';
import { linesOf } from '../delivery/diag-lines.ts';
import { ScriptedServer } from '../delivery/scripted-server.ts';

const KEY = '5ec4e700-0000-4000-8000-0000000a4ce7';
const MAGIC_BYTES = Buffer.from([0x1f, 0x8b]);

/** Gives a secret that nobody else has, and remembers it. */
class Secrets {
  readonly all: string[] = [];

  next(): string {
    const secret = `zq${this.all.length + 10}hunter${this.all.length + 10}zq`;
    this.all.push(secret);
    return secret;
  }
}

describe('secrets in every field of telemetry', () => {
  let server: ScriptedServer;
  let storageDirectory: string;
  let secrets: Secrets;
  let isWell: boolean;
  beforeEach(async () => {
    secrets = new Secrets();
    isWell = false;
    storageDirectory = await mkdtemp(path.join(tmpdir(), 'secrets-'));
    // A proxy on the way may repeat in its error page what it was sent.
    server = await ScriptedServer.start([], () => (isWell ? {} : { status: 503, body: `token=${secrets.next()}` }));
  });
  afterEach(async () => {
    await server.close();
    await rm(storageDirectory, { recursive: true });
  });

  const url = (): string => `https://ada:${secrets.next()}@api.example/a?n=1&access_token=${secrets.next()}&m=2`;
  const json = (): string =>
    JSON.stringify({ user: 'ada', password: secrets.next(), list: [{ apiKey: secrets.next() }] });
  const header = (): string => `authorization: Basic ${secrets.next()}`;
  const attributes = (): Attributes => ({
    password: secrets.next(),
    'db.connection_string': `Server=db;User Id=ada;Password=${secrets.next()};Encrypt=true`,
    'http.request.header.authorization': [`Bearer ${secrets.next()}`],
    'http.request.header.cookie': [`session=${secrets.next()}`],
    'http.response.header.set_cookie': [`session=${secrets.next()}; HttpOnly`],
    'http.request.header.x-api-key': [secrets.next()],
    'app.body': json(),
    'app.callback': url(),
    'app.list': [url(), header()],
  });

  it('are found neither on the wire, nor on disk, nor in the log', async () => {
    const options = {
      connectionString: `InstrumentationKey=${KEY};IngestionEndpoint=${server.url}`,
      storageDirectory,
      // Shown over TLS alone, which this server does not speak.
      credential: { getToken: async () => ({ token: secrets.next(), expiresOnTimestamp: Date.now() + 3_600_000 }) },
    };
    let onDisk = '';
    const lines = await linesOf(async () => {
      await Promise.all(makeTelemetry(options).map(provider => provider.shutdown()));
      onDisk = await contentOf(storageDirectory);
      isWell = true;
      await Promise.all(makeTelemetry(options).map(provider => provider.shutdown()));
    });
    const onWire = JSON.stringify(server.requests);
    const said = lines.join('\n');
    expect(secrets.all.length).to.be.at.least(50);
    const found = (text: string): string[] => secrets.all.filter(secret => text.includes(secret));
    expect({ onWire: found(onWire), onDisk: found(onDisk), said: found(said) }).to.deep.equal({
      onWire: [],
      onDisk: [],
      said: [],
    });
    for (const text of [onWire, onDisk]) {
      for (const shown of ['kept-1', 'kept-2', 'kept-3', 'kept-4', 'kept-5', 'REDACTED'])
        expect(text).to.include(shown);
    }
    expect(said).to.include('HTTP 503').and.not.to.include(KEY);
  });

  function makeTelemetry(options: AzureMonitorExporterOptions) {
    const resource = resourceFromAttributes({
      'service.name': 'kept-1',
      'process.command_line': `mysql --user ada --password ${secrets.next()} shop`,
      'process.command_args': ['mysql', `--password=${secrets.next()}`],
      'app.broker': `amqp://ada:${secrets.next()}@mq.example:5672/v`,
    });
    const traces = new BasicTracerProvider({
      resource,
      spanProcessors: [new BatchSpanProcessor(new AzureMonitorTraceExporter(options))],
    });
    const tracer = traces.getTracer(`scope ${url()}`, '1', {});
    const request = tracer.startSpan(`GET ${url()}`, {
      kind: SpanKind.SERVER,
      attributes: {
        ...attributes(),
        'http.request.method': 'GET',
        'url.scheme': 'https',
        'url.path': `/a;jsessionid=${secrets.next()}`,
        'url.query': `n=1&sig=${secrets.next()}`,
        'http.route': `/a/${url()}`,
        'user_agent.original': `curl ${header()}`,
      },
    });
    request.addEvent(`kept-2 ${url()}`, attributes());
    request.recordException({
      name: 'Error',
      message: `kept-3 ${url()}`,
      stack: `Error: ${header()}\n    at a (${url()}:1:2)`,
    });
    request.setStatus({ code: SpanStatusCode.ERROR, message: `failed: ${url()}` });
    request.addLink({ context: request.spanContext(), attributes: attributes() });
    request.end();
    tracer
      .startSpan('POST', { kind: SpanKind.CLIENT, attributes: { 'http.request.method': 'POST', 'url.full': url() } })
      .end();
    const query = `SET PASSWORD = '${secrets.next()}'; mysql://ada:${secrets.next()}@db.example/shop`;
    const database = { 'db.system.name': 'mysql', 'db.query.text': query, 'db.namespace': url() };
    tracer.startSpan('query', { kind: SpanKind.CLIENT, attributes: database }).end();
    const messaging = { 'messaging.system': 'rabbitmq', 'messaging.destination.name': url(), 'server.address': url() };
    tracer.startSpan('send', { kind: SpanKind.PRODUCER, attributes: messaging }).end();

    const logs = new LoggerProvider({
      resource,
      processors: [new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter(options) })],
    });
    const logger = logs.getLogger('test');
    logger.emit({ body: `kept-4 ${url()} ${json()} ${header()}`, attributes: attributes() });
    logger.emit({ body: { user: 'ada', password: secrets.next(), nested: { token: secrets.next() } } });
    const exception = {
      'exception.type': 'Error',
      'exception.message': url(),
      'exception.stacktrace': `Error: ${url()}\n    at a`,
    };
    logger.emit({ severityNumber: SeverityNumber.ERROR, body: 'failed', attributes: exception });
    logger.emit({ eventName: `signed in ${url()}`, attributes: attributes() });

    const exporter = new AzureMonitorMetricExporter(options);
    const metrics = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter })] });
    metrics.getMeter('test').createCounter('kept-5').add(1, attributes());
    return [traces, logs, metrics];
  }
});

/** What can be read in all files below a folder. */
async function contentOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  const texts = files.map(async ({ name, parentPath }) => {
    const content = await readFile(path.join(parentPath, name));
    const start = content.indexOf(MAGIC_BYTES);
    return `${path.join(parentPath, name)}\n${content.toString('latin1', 0, start)}\n${gunzipSync(content.subarray(start)).toString()}`;
  });
  return (await Promise.all(texts)).join('\n');
}
