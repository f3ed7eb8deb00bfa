/*
 * What is compared. Each contender has `openExporter(signal, port)`, an exporter whose requests go to the sink, and
 * `openSerializer(signal)`, the same work without compression and network: a batch becomes the bytes that would be
 * compressed; it gives how many.
 */

/** Each is loaded when it is asked for: a process measures one. */
export const CONTENDERS = {
  'no-op': { openExporter: openNothing, openSerializer: () => () => 0 },
  official: { openExporter: openOfficial, openSerializer: openOfficialSerializer },
  ours: { openExporter: openOurs, openSerializer: openOurSerializer },
  processor: { openSpanProcessor: openOurProcessor },
  ready: { openExporter: openOurDelivery },
  'otlp-http': { openExporter: openOtlp('http'), openSerializer: openOtlpSerializer('Json') },
  'otlp-proto': { openExporter: openOtlp('proto'), openSerializer: openOtlpSerializer('Protobuf') },
};

/** A program starts before it serves: what follows begins that long after the exporter was made. */
export const START_MILLIS = 1500;

/** Resolves when the exporter says that the batch is taken. */
export function exportBatch(exporter, batch) {
  return new Promise((resolve, reject) => {
    exporter.export(batch, ({ code, error }) => {
      if (code === 0) resolve();
      else reject(new Error('the batch was not taken', { cause: error }));
    });
  });
}

const KEY = '11111111-2222-3333-4444-555555555555';
const EXPORTERS = {
  spans: 'AzureMonitorTraceExporter',
  logs: 'AzureMonitorLogExporter',
  metrics: 'AzureMonitorMetricExporter',
};

function openNothing() {
  return { export: (_, done) => done({ code: 0 }), forceFlush: async () => {}, shutdown: async () => {} };
}

const OFFICIAL = '@azure/monitor-opentelemetry-exporter';

/**
 * It compresses only what goes to a host of Azure over https, so it believes it does that; its own HTTP client is handed
 * the address of the sink. Nothing leaves the machine: statistics of its own are off, and what it asks of a
 * configuration service is stopped before it begins.
 */
async function openOfficial(signal, port) {
  Object.assign(process.env, {
    APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    APPLICATIONINSIGHTS_STATSBEAT_DISABLED: 'true',
    APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
  });
  const azure = await import(OFFICIAL);
  const { createDefaultHttpClient } = await import('@azure/core-rest-pipeline');
  const client = createDefaultHttpClient();
  const host = 'https://westeurope-5.in.applicationinsights.azure.com';
  const exporter = new azure[EXPORTERS[signal]]({
    connectionString: `InstrumentationKey=${KEY};IngestionEndpoint=${host}/`,
    httpClient: {
      sendRequest(request) {
        const url = request.url.replace(host, `http://127.0.0.1:${port}`);
        return client.sendRequest(Object.assign(request, { url, allowInsecureConnection: true }));
      },
    },
  });
  const { ConfigurationManager } = await import(officialFile('_configuration/configurationManager.js'));
  ConfigurationManager.getInstance().shutdown();
  return exporter;
}

async function openOfficialSerializer(signal) {
  const { telemetryItemArraySerializer } = await import(officialFile('generated/models/models.js'));
  const toEnvelopes = await officialConversion(signal);
  return batch => Buffer.from(JSON.stringify(telemetryItemArraySerializer(toEnvelopes(batch)))).byteLength;
}

async function officialConversion(signal) {
  if (signal === 'logs') {
    const { logToEnvelope } = await import(officialFile('utils/logUtils.js'));
    return records => records.map(record => logToEnvelope(record, KEY));
  }
  if (signal === 'metrics') {
    const { resourceMetricsToEnvelope } = await import(officialFile('utils/metricUtils.js'));
    return metrics => resourceMetricsToEnvelope(metrics, KEY, false);
  }
  const { readableSpanToEnvelope, spanEventsToEnvelopes } = await import(officialFile('utils/spanUtils.js'));
  return spans => {
    const envelopes = [];
    for (const span of spans) envelopes.push(readableSpanToEnvelope(span, KEY), ...spanEventsToEnvelopes(span, KEY));
    return envelopes;
  };
}

function officialFile(file) {
  return new URL(file, import.meta.resolve(OFFICIAL)).href;
}

function ourOptions(port) {
  return { connectionString: `InstrumentationKey=${KEY};IngestionEndpoint=http://127.0.0.1:${port}/` };
}

async function openOurs(signal, port) {
  const ours = await import('azure-monitor-bridge');
  return new ours[EXPORTERS[signal]](ourOptions(port));
}

/** Instead of an exporter with a BatchSpanProcessor before it. */
async function openOurProcessor(port) {
  const { AzureMonitorSpanProcessor } = await import('azure-monitor-bridge');
  return new AzureMonitorSpanProcessor(ourOptions(port));
}

/** Bundled apart, since what users install shows none of it. */
const OUR_PARTS = './node_modules/azure-monitor-bridge/parts.js';

async function openOurSerializer(signal) {
  const { openSerializer } = await import(OUR_PARTS);
  return openSerializer(signal);
}

/** What would be left of our exporter of spans if the mapping cost nothing: it is done before a batch is exported. */
async function openOurDelivery(_, port) {
  const { openReadyDelivery } = await import(OUR_PARTS);
  const { prepare, send, shutdown } = openReadyDelivery(port);
  return {
    prepare,
    shutdown,
    async export(items, done) {
      const { kind } = await send(items);
      done({ code: kind === 'lost' ? 1 : 0 });
    },
  };
}

const OTLP = {
  spans: { name: 'trace', exporter: 'OTLPTraceExporter', serializer: 'TraceSerializer', path: 'v1/traces' },
  logs: { name: 'logs', exporter: 'OTLPLogExporter', serializer: 'LogsSerializer', path: 'v1/logs' },
  metrics: { name: 'metrics', exporter: 'OTLPMetricExporter', serializer: 'MetricsSerializer', path: 'v1/metrics' },
};

function openOtlp(protocol) {
  return async (signal, port) => {
    const { name, exporter, path } = OTLP[signal];
    const otlp = await import(`@opentelemetry/exporter-${name}-otlp-${protocol}`);
    return new otlp[exporter]({ url: `http://127.0.0.1:${port}/${path}`, compression: 'gzip' });
  };
}

function openOtlpSerializer(format) {
  return async signal => {
    const transformer = await import('@opentelemetry/otlp-transformer');
    const serializer = transformer[`${format}${OTLP[signal].serializer}`];
    return batch => serializer.serializeRequest(batch).byteLength;
  };
}
