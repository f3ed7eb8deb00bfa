/*
 * Writes docs/mapping.md from the tables of the mapping, from what its corpus shows, and from the list of differences:
 * `node --import tsx scripts/mapping-docs.js`. With `--check` it writes nothing, and ends with code 1 when the page is
 * not what it would write.
 *
 * Which column an attribute goes to is not written down anywhere: every attribute of every case of the corpus is left
 * out once, and the columns that change are the ones it goes to.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { COMMON_COLUMNS } from '../local/src/tables.ts';
import { DATABASES } from '../src/mapping/database.ts';
import { FIELD_LIMITS, MAX_EVENTS, MAX_LINKS, MAX_PROPERTIES, TAG_LIMITS } from '../src/mapping/limits.ts';
import { GRPC_STATUS_NAMES, RPC_TYPES } from '../src/mapping/rpc.ts';
import * as semconv from '../src/mapping/semconv.ts';
import { readFamilies, toContext } from '../test/mapping/conformance-case.ts';
import { toLogRecord, toSpan } from '../test/mapping/conformance-input.ts';
import { logToEnvelope, spanToEnvelopes } from '../test/mapping/envelopes.ts';
import { DIFFERENCES, ROW_DIFFERENCES } from './official-differences.js';

const PAGE = fileURLToPath(new URL('../docs/mapping.md', import.meta.url));

/** What of an envelope is a column; properties are all in one. */
const COLUMN_PATH = /^(time|sampleRate|tags\..*|data\.baseData\.(?!properties).*)$/;

const TABLES = {
  RequestData: 'requests',
  RemoteDependencyData: 'dependencies',
  MessageData: 'traces',
  ExceptionData: 'exceptions',
  EventData: 'customEvents',
  AvailabilityData: 'availabilityResults',
  PageViewData: 'pageViews',
  MetricData: 'customMetrics',
};

const page = await format(text(), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
if (process.argv.includes('--check')) {
  const isCurrent = readFileSync(PAGE, 'utf8') === page;
  if (!isCurrent) console.error('docs/mapping.md is not current: run node --import tsx scripts/mapping-docs.js');
  process.exitCode = isCurrent ? 0 : 1;
} else {
  writeFileSync(PAGE, page);
}

function text() {
  return `<!-- Written by scripts/mapping-docs.js: change that script, or the tables that it reads. -->

# Which telemetry goes where

What becomes of spans, log records and metrics in Azure's tables. [conformance/](conformance/) holds every rule as data: input, and the row that is expected of it.

## Tables

| OpenTelemetry | Table |
|---|---|
| span of kind server or consumer | \`requests\` |
| span of kind client, producer or internal | \`dependencies\` |
| span event called \`exception\` | \`exceptions\` |
| any other span event | \`traces\` |
| log record with the type or message of an exception | \`exceptions\` |
| log record with \`microsoft.custom_event.name\`, or marked as an event | \`customEvents\` |
| log record with all that an availability result needs | \`availabilityResults\` |
| any other log record | \`traces\` |
| data point of a metric | \`customMetrics\` |

## Rules

- **Family.** The first of HTTP, databases, messaging, RPC and generative AI of which a span has the attribute decides what it is. DynamoDB over an AWS API is a database, SQS is messaging.
- **Success.** A span status that was set decides. Otherwise an HTTP status of 400 or more is a failure of a request or of an HTTP call, unless the option \`successStatusCodes\` lists it.
- **Names.** A request over HTTP is \`METHOD route\`, or \`METHOD path\` without a route; a call over HTTP \`METHOD path\`; everything else has the name of its span. \`ai.operation.name\` names the operation by hand.
- **Work inside the process.** An internal span is \`InProc\`, also with the method and path of a request, as frameworks give them to their handlers; it is a call when it names the server or the system that it calls.
- **Result codes.** The status of HTTP, of RPC or of the database. A call to a database that failed and does not tell shows \`error.type\`, the first word of Redis's answer, or the type of the exception that was recorded.
- **Targets.** A host, with \`:port\` when that is not the default of the scheme or database; \`host|database\`, \`host/destination\` for messages. \`peer.service\` wins. Never a URL. Work inside the process has none.
- **URLs.** Whole: \`url.full\`, or scheme, host, port, path and query. User info never stays; values of parameters that look like credentials are masked, and \`urlQuery\` can keep or strip the query.
- **Secrets.** Masked in every field and property: what stands behind the name of a secret (\`password\`, \`token\`, \`apiKey\`, \`secret\`, \`credentials\`, \`cookie\` and the like) as an attribute, in JSON, headers, connection strings, commands and XML, also encoded in a query; user info; \`Authorization\` credentials, signed tokens and private keys wherever they are. What has no such name cannot be known for a secret: use \`onEnvelope\` for your own.
- **Properties.** Every attribute that no field of the row shows is in \`customDimensions\`: texts as they are, numbers and booleans as text, lists and maps as JSON, bytes as base64, dates by ISO 8601.
- **Sampling.** \`itemCount\` is 100 / \`microsoft.sample_rate\`. A trace that another process has sampled counts once here: its rate does not travel.
- **Times.** What is no time, before 1970 or more than two hours ahead becomes the time of the export; the original is the property \`original_time\`.

## Attributes

The names of each fact are asked in this order. What a column shows is not repeated in \`customDimensions\`.

${table(['Fact', 'Attributes', 'Columns'], facts())}

Where an attribute is said to decide a column, the column does not hold its value. \`client_IP\` is what Azure finds the place by; unless it is told otherwise it then shows 0.0.0.0.

## Databases

${table(['System', 'Type', 'Port that is not shown'], databases())}

Any other system keeps its own name.

## RPC

${table(
  ['System', 'Type'],
  [...RPC_TYPES].map(([system, type]) => [code(system), code(type)]),
)}

Any other system keeps its own name. The statuses of gRPC become numbers: ${GRPC_STATUS_NAMES.map((name, number) => `\`${name}\` ${number}`).join(', ')}.

## Limits

In UTF-16 code units; no character is cut in two. Cuts are counted in \`exporter.stats().trimmed\`. At most ${MAX_PROPERTIES} properties and as many measurements an item, ${MAX_LINKS} links and ${MAX_EVENTS} events a span.

${table(['Field', 'Limit'], limits())}

## What the official exporter does otherwise

Held against \`@azure/monitor-opentelemetry-exporter\` ${officialVersion()}, case by case of the corpus: \`node scripts/compare-with-official.js\` prints every field that differs and for which of these reasons.

${table(
  ['Where', 'The official exporter', 'This library', 'Why'],
  [...DIFFERENCES, ...ROW_DIFFERENCES].map(({ area, official, ours, why }) => [area, official, ours, why]),
)}
`;
}

function table(head, rows) {
  const line = cells => `| ${cells.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(name) {
  return `\`${name}\``;
}

function databases() {
  return [...DATABASES].map(([system, { type = system, defaultPort = '' }]) => [code(system), code(type), defaultPort]);
}

function limits() {
  const fields = Object.entries(FIELD_LIMITS).map(([field, limit]) => [words(field), limit]);
  return [...fields, ...Object.entries(TAG_LIMITS).map(([tag, limit]) => [code(tag), limit])];
}

function officialVersion() {
  const peers = new URL('../test/peers/package.json', import.meta.url);
  return JSON.parse(readFileSync(peers, 'utf8')).dependencies['@azure/monitor-opentelemetry-exporter'];
}

/** One row for each fact that the mapping knows. */
function facts() {
  const columns = columnsOfAttributes();
  const lists = Object.entries(semconv).flatMap(([name, value]) => {
    if (Array.isArray(value)) return [[name, value.flatMap(({ names }) => names)]];
    if ('names' in value) return [[name, value.names]];
    return Object.entries(value).map(([part, { names }]) => [`${name}_${part}`, names]);
  });
  return lists.map(([fact, names]) => {
    const found = names.flatMap(name => [...(columns.get(name) ?? [])]);
    if (found.length === 0) throw new Error(`no case of the corpus shows what ${String(fact)} does`);
    const sorted = [...new Set(found)].sort((one, other) => one.localeCompare(other));
    const shown = sorted.filter(column => !column.startsWith('decides '));
    const decided = sorted.filter(column => column.startsWith('decides '));
    return [words(fact), names.map(code).join(', '), (shown.length > 0 ? shown : decided).join(', ')];
  });
}

/** HTTP_STATUS_CODE and httpStatusCode as words. */
function words(name) {
  return name
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** The columns that each attribute goes to. */
function columnsOfAttributes() {
  const columns = new Map();
  for (const { input, context, map } of cases()) {
    for (const [name, without] of inputsWithoutOne(input)) {
      const before = map(input, toContext(context));
      const after = map(without, toContext(context));
      const value = valueOf(input, name);
      for (const column of changedColumns(before, after, value)) {
        columns.set(name, (columns.get(name) ?? new Set()).add(column));
      }
    }
  }
  return columns;
}

function* cases() {
  const signals = {
    spans: (input, context) => spanToEnvelopes(toSpan(input), context),
    logs: (input, context) => [logToEnvelope(toLogRecord(input), context)],
  };
  for (const [signal, map] of Object.entries(signals))
    for (const family of readFamilies(signal)) for (const each of family.cases) yield { ...each, map };
}

/** The input again for each of its attributes, without that one. */
function* inputsWithoutOne(input) {
  for (const part of ['attributes', 'resource'])
    for (const name of Object.keys(input[part] ?? {})) yield [name, { ...input, [part]: without(input[part], name) }];
  for (const part of ['links', 'events'])
    for (const name of new Set((input[part] ?? []).flatMap(({ attributes = {} }) => Object.keys(attributes))))
      yield [
        name,
        { ...input, [part]: input[part].map(each => ({ ...each, attributes: without(each.attributes ?? {}, name) })) },
      ];
}

function without(attributes, name) {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== name));
}

function valueOf({ attributes, resource, links = [], events = [] }, name) {
  const bags = [attributes, resource, ...[...links, ...events].map(each => each.attributes)];
  return String(bags.find(bag => bag?.[name] !== undefined)?.[name]);
}

/** The columns in which a row differs from the one without the attribute. */
function* changedColumns(before, after, value) {
  for (const [index, envelope] of before.entries()) {
    const { baseType } = envelope.data;
    const isSameTable = after[index]?.data.baseType === baseType;
    if (!isSameTable) yield `decides the table \`${TABLES[baseType]}\``;
    const otherFields = isSameTable ? Object.fromEntries(leavesOf(after[index])) : {};
    for (const [path, field] of leavesOf(envelope)) {
      if (!COLUMN_PATH.test(path) || field === otherFields[path]) continue;
      const isShown = field.includes(value);
      // In another table every column is another one.
      if (isShown ? isSameTable || field === value : isSameTable)
        yield (isShown ? '' : 'decides ') + code(columnOf(path, TABLES[baseType]));
    }
  }
}

function* leavesOf(value, path = '') {
  if (typeof value !== 'object' || value === null) return yield [path, String(value)];
  for (const [key, member] of Object.entries(value)) yield* leavesOf(member, path === '' ? key : `${path}.${key}`);
}

/** The column of a field: with its table, unless every table has it. */
function columnOf(path, tableName) {
  if (path.startsWith('tags.')) return columnOfTag(path.slice('tags.'.length));
  if (path === 'sampleRate') return 'itemCount';
  if (path === 'time') return 'timestamp';
  const [field, , part] = path.slice('data.baseData.'.length).split('.');
  if (field === 'measurements') return 'customMeasurements';
  const renamed = { responseCode: 'resultCode', runLocation: 'location', exceptions: exceptionColumn(part) };
  return `${tableName}.${renamed[field] ?? field}`;
}

function exceptionColumn(part) {
  return { typeName: 'type', message: 'message' }[part] ?? 'details';
}

function columnOfTag(tag) {
  if (tag === 'ai.location.ip') return 'client_IP';
  const column = COMMON_COLUMNS.find(({ from }) => from === `tag.${tag}`);
  return column?.classic ?? tag;
}
