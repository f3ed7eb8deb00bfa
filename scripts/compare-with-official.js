/*
 * Holds the conformance corpus against what the official exporter sends for it, and prints every field that differs:
 * `node scripts/compare-with-official.js [--all]`. Ends with code 1 when a difference is none of those that
 * docs/mapping.md lists, or one of those was not seen; `--all` prints the listed ones too.
 *
 * The official exporter is the one of test/peers and runs on Node.js 24, which is fetched from npm where this is an
 * older one. It sends to a client that only listens; nothing leaves this process.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const PEERS = new URL('../test/peers/', import.meta.url);
const LINE = '24';

if (Number(process.versions.node.split('.')[0]) < Number(LINE)) runAgainOnNewerNode();
else await compareAll();

function runAgainOnNewerNode() {
  const lineScript = fileURLToPath(new URL('node-line.js', import.meta.url));
  const node = execFileSync(process.execPath, [lineScript, LINE], { encoding: 'utf8' }).trim();
  const { status } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

async function compareAll() {
  const { readFamilies } = await import('../test/mapping/conformance-case.ts');
  const official = await openOfficialExporters();
  const tally = { cases: 0, fields: 0, unlisted: 0, rules: new Set() };
  for (const signal of ['spans', 'logs', 'metrics']) {
    for (const { name, cases } of readFamilies(signal)) {
      for (const each of cases) {
        const { failed, envelopes } = await official.send(signal, each.input);
        tally.cases += 1;
        await report(tally, `${signal}, ${name.replaceAll('-', ' ')}: ${each.title}`, signal, each, envelopes, failed);
      }
    }
  }
  const { DIFFERENCES, ROW_DIFFERENCES } = await import('./official-differences.js');
  const unseen = [...DIFFERENCES, ...ROW_DIFFERENCES].filter(rule => !tally.rules.has(rule));
  for (const { area, official } of unseen) console.log(`NOT SEEN  ${area}: the official exporter ${official}`);
  console.log(
    `${tally.cases} cases, ${tally.fields} fields that differ for ${tally.rules.size} reasons, ${tally.unlisted} not listed`,
  );
  // The official exporter keeps timers of its own.
  process.exit(tally.unlisted + unseen.length === 0 ? 0 : 1);
}

/** The three official exporters, with a client that takes what they send. */
async function openOfficialExporters() {
  if (!existsSync(new URL('node_modules', PEERS)))
    execFileSync('npm', ['ci', '--ignore-scripts'], {
      cwd: PEERS,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  Object.assign(process.env, {
    APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
  });
  const { toLogRecord, toResourceMetrics, toSpan } = await import('../test/mapping/conformance-input.ts');
  const azure = createRequire(new URL('package.json', PEERS))('@azure/monitor-opentelemetry-exporter');
  let sent = [];
  const options = {
    connectionString: 'InstrumentationKey=11111111-2222-3333-4444-555555555555;IngestionEndpoint=https://127.0.0.1/',
    disableOfflineStorage: true,
    httpClient: listener(body => sent.push(...JSON.parse(body))),
  };
  const exporters = {
    spans: [new azure.AzureMonitorTraceExporter(options), input => [toSpan(input)]],
    logs: [new azure.AzureMonitorLogExporter(options), input => [toLogRecord(input)]],
    metrics: [new azure.AzureMonitorMetricExporter(options), toResourceMetrics],
  };
  return {
    async send(signal, input) {
      sent = [];
      const [exporter, convert] = exporters[signal];
      const code = await new Promise(resolve => {
        Promise.resolve(exporter.export(convert(input), result => resolve(result.code))).catch(() => resolve(1));
      });
      return { failed: code !== 0, envelopes: sent.filter(each => metricNameOf(each) !== '_OTELRESOURCE_') };
    },
  };
}

function listener(onBody) {
  const headers = { get: () => undefined, has: () => false, toJSON: () => ({}), [Symbol.iterator]: () => [].values() };
  const bodyAsText = JSON.stringify({ itemsReceived: 1, itemsAccepted: 1, errors: [] });
  return {
    async sendRequest(request) {
      onBody(request.body);
      return { request, status: 200, headers, bodyAsText };
    },
  };
}

function metricNameOf(envelope) {
  return envelope.data.baseData.metrics?.[0]?.name;
}

async function report(tally, title, signal, { input, expected }, envelopes, failed) {
  const { DIFFERENCES, ROW_DIFFERENCES } = await import('./official-differences.js');
  const say = (reason, text) => {
    if (reason === undefined) tally.unlisted += 1;
    else tally.rules.add(reason);
    tally.fields += 1;
    if (reason === undefined || process.argv.includes('--all'))
      console.log(`${reason === undefined ? 'NOT LISTED' : 'listed'}  ${title}\n    ${text}`);
  };
  if (envelopes.length !== expected.length) {
    const counts = { signal, failed, officialCount: envelopes.length, count: expected.length };
    const reason = ROW_DIFFERENCES.find(({ when }) => when(counts));
    return say(reason, `rows: ${envelopes.length} → ${expected.length}`);
  }
  for (const [index, envelope] of envelopes.entries()) {
    for (const difference of differencesOf(envelope, expected[index], signal, input, index)) {
      const { at, official, ours } = difference;
      const reason = DIFFERENCES.find(rule => rule.at.test(at) && (rule.when?.(difference) ?? true));
      say(reason, `${at}: ${short(official)} → ${short(ours)}`);
    }
  }
}

function* differencesOf(envelope, expected, signal, input, index) {
  const officialRow = Object.fromEntries(leavesOf(envelope));
  const row = Object.fromEntries(leavesOf(expected));
  const attributes = (index === 0 ? input.attributes : input.events?.[index - 1]?.attributes) ?? {};
  const context = {
    signal,
    row,
    officialRow,
    attributes,
    body: input.body,
    kind: index === 0 ? input.kind : undefined,
  };
  for (const at of new Set([...Object.keys(officialRow), ...Object.keys(row)])) {
    const official = officialRow[at];
    const ours = row[at];
    if (official !== ours && !(at.endsWith('.duration') && isSameSpan(official, ours)))
      yield { at, official, ours, ...context };
  }
}

/** Every value that is no object or list, as text, by its path. */
function* leavesOf(value, at = '') {
  const isStructure = typeof value === 'object' && value !== null;
  const entries = isStructure ? Object.entries(value) : [];
  if (entries.length === 0) yield [at, isStructure ? '{}' : String(value)];
  for (const [key, member] of entries) {
    const step = Array.isArray(value) ? `[${key}]` : `.${key}`;
    yield* leavesOf(member, at === '' ? key : at + step);
  }
}

/** 1.5 s is written with one digit by the one, with seven by the other. */
function isSameSpan(official, ours) {
  return official !== undefined && ours !== undefined && official.replace(/0*$/, '') === ours.replace(/0*$/, '');
}

function short(text) {
  return text === undefined ? '(nothing)' : JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text);
}
