import { expect } from 'chai';
import { startLocalMonitor, type ClassicTableName } from 'azure-monitor-local';
import { isDeepStrictEqual } from 'node:util';
import { runNode } from './journey/child.ts';
import { makeProject, type Project } from './journey/project.ts';
import { shownRows, startMillis, type ShownRow } from './journey/shown-rows.ts';

const OFFICIAL = '@azure/monitor-opentelemetry-exporter';
const OURS = 'azure-monitor-bridge';
const TABLES = ['requests', 'dependencies', 'exceptions', 'traces', 'customMetrics'] as const;

/** All that differs, and does so on purpose: the row, its column, what the official exporter sends and what we send. */
const DIFFERENCES: readonly Difference[] = [
  [
    'requests GET /orders/:id',
    'customDimensions',
    { 'order.id': '7' },
    { 'http.route': '/orders/:id', 'order.id': '7' },
  ],
  ['dependencies GET /items/7', 'customDimensions', undefined, { 'server.port': '80' }],
  // What happens in a request carries the request's name.
  ['exceptions no such order', 'operation_Name', undefined, 'GET /orders/:id'],
  ['traces stock checked', 'operation_Name', undefined, 'GET /orders/:id'],
  ['exceptions no such order', 'severityLevel', undefined, 3],
  // The stack is sent as frames, so the portal knows where it was thrown.
  ['exceptions no such order', 'problemId', 'RangeError', 'RangeError at find'],
  ['exceptions no such order', 'method', undefined, 'find'],
  ['exceptions no such order', 'outerMethod', undefined, 'find'],
  ['exceptions no such order', 'innermostMethod', undefined, 'find'],
  ['exceptions no such order', 'assembly', undefined, 'at find (/app/orders.js:12:34)'],
  ['exceptions no such order', 'outerAssembly', undefined, 'at find (/app/orders.js:12:34)'],
  ['exceptions no such order', 'innermostAssembly', undefined, 'at find (/app/orders.js:12:34)'],
  [
    'exceptions no such order',
    'details',
    [
      {
        id: '0',
        outerId: '0',
        type: 'RangeError',
        message: 'no such order',
        rawStack: 'RangeError: no such order\n    at find (/app/orders.js:12:34)',
      },
    ],
    [
      {
        id: '0',
        outerId: '0',
        type: 'RangeError',
        message: 'no such order',
        parsedStack: [
          {
            level: 0,
            method: 'find',
            assembly: 'at find (/app/orders.js:12:34)',
            fileName: '/app/orders.js',
            line: 12,
          },
        ],
      },
    ],
  ],
];

type Difference = readonly [row: string, column: string, official: unknown, ours: unknown];

/** A row with its table and name, which tell it from the others. */
interface NamedRow {
  readonly name: string;
  readonly columns: ShownRow;
}

describe('the official exporter and ours, given the same signals', function () {
  this.timeout(180_000);

  const start = startMillis();
  let project: Project;
  let official: NamedRow[];
  let ours: NamedRow[];
  before(async () => {
    project = await makeProject('peers');
    official = await rowsThrough(OFFICIAL);
    ours = await rowsThrough(OURS);
  });
  after(() => project.remove());

  it('fill the same tables, the official one with a metric about the resource besides', () => {
    const expected = [
      'requests GET /orders/:id',
      'dependencies GET /items/7',
      'exceptions no such order',
      'traces stock checked',
      'traces stock is low',
      'customMetrics orders.placed',
      'customMetrics orders.placed',
      'customMetrics orders.weight',
    ];
    expect(ours.map(row => row.name)).to.deep.equal(expected);
    expect(official.map(row => row.name)).to.have.members([...expected, 'customMetrics _OTELRESOURCE_']);
  });

  it('fill the same columns alike, but for those listed', () => {
    const comparable = official.filter(row => row.name !== 'customMetrics _OTELRESOURCE_');
    expect(ours.flatMap((row, index) => differences(comparable[index], row))).to.have.deep.members([...DIFFERENCES]);
  });

  async function rowsThrough(packageName: string): Promise<NamedRow[]> {
    const monitor = await startLocalMonitor();
    const env = {
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString,
      // The official exporter rewrites http to https, and sends statistics about itself unless told not to.
      NODE_EXTRA_CA_CERTS: monitor.caFile,
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
      START_MILLIS: String(start),
    };
    const ended = await runNode(['given-exporters.mjs', packageName], { cwd: project.folder, env });
    const rows = TABLES.flatMap(table => shownRows(monitor, table, start).map(columns => named(table, columns)));
    await monitor.close();
    expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
    return rows;
  }
});

function named(table: ClassicTableName, { sdkVersion, ...columns }: ShownRow): NamedRow {
  return { name: `${table} ${String(columns['name'] ?? columns['message'])}`, columns };
}

function differences(official: NamedRow | undefined, ours: NamedRow): Difference[] {
  const columns = new Set([...Object.keys(official?.columns ?? {}), ...Object.keys(ours.columns)]);
  return [...columns]
    .map(column => [ours.name, column, official?.columns[column], ours.columns[column]] as const)
    .filter(([, , before, after]) => !isDeepStrictEqual(before, after));
}
