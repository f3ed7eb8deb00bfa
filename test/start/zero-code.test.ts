import { startLocalMonitor, type ClassicTableName, type LocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import { runNode, type ChildResult } from '../journey/child.ts';
import { LINES } from '../journey/opentelemetry-line.ts';
import type { Project } from '../journey/project.ts';
import { makeStartProject } from './start-project.ts';

const FORMATS: readonly [string, readonly string[]][] = [
  ['an ES module', ['--import', 'azure-monitor-bridge/register', 'shop.mjs']],
  ['CommonJS', ['--require', 'azure-monitor-bridge/register', 'shop.cjs']],
];

describe('an Express application that was started with register', function () {
  this.timeout(180_000);

  let monitor: LocalMonitor;
  before(async () => {
    monitor = await startLocalMonitor();
  });
  after(() => monitor.close());

  for (const { line, tree, findNode } of LINES) {
    let project: Project;
    before(async () => {
      project = await makeStartProject(tree);
    });
    after(() => project.remove());

    for (const [format, args] of FORMATS) {
      describe(`as ${format} on ${line}`, () => {
        let ended: ChildResult;
        before(async () => {
          monitor.clear();
          const env = {
            APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString,
            OTEL_SERVICE_NAME: 'shop',
            OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=test,service.instance.id=one,service.version=1.2.3',
          };
          ended = await runNode(args, { cwd: project.folder, env, node: await findNode() });
        });

        it('ends as it would without, and prints nothing', () => {
          expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
        });

        it('yields requests under their routes', () => {
          expect(shown(monitor, 'requests', ['name', 'resultCode', 'cloud_RoleName'])).to.have.deep.members([
            { name: 'GET /orders/:id', resultCode: '200', cloud_RoleName: 'test.shop' },
            { name: 'GET /items', resultCode: '200', cloud_RoleName: 'test.shop' },
          ]);
        });

        it('yields the calls as dependencies', () => {
          const calls = shown(monitor, 'dependencies', ['name', 'type', 'operation_Name', 'application_Version']);
          expect(calls.filter(({ type }) => type === 'Http')).to.have.deep.members([
            { name: 'GET /orders/7', type: 'Http', operation_Name: '', application_Version: '1.2.3' },
            { name: 'GET /items', type: 'Http', operation_Name: 'GET /orders/:id', application_Version: '1.2.3' },
          ]);
        });

        it("yields the logger's line as a trace of its request", () => {
          const [operationId] = new Set(monitor.rows('requests').map(row => row.operation_Id));
          const columns = ['message', 'severityLevel', 'operation_Name', 'operation_Id', 'cloud_RoleInstance'];
          expect(shown(monitor, 'traces', columns)).to.deep.equal([
            {
              message: 'stock is low',
              severityLevel: 2,
              operation_Name: 'GET /orders/:id',
              operation_Id: operationId,
              cloud_RoleInstance: 'one',
            },
          ]);
        });

        it('keeps all of them in one operation', () => {
          const all = (['requests', 'dependencies', 'traces'] as const).flatMap(table => monitor.rows(table));
          expect(new Set(all.map(row => row.operation_Id)).size).to.equal(1);
        });

        it('yields the metrics of the last interval', () => {
          const names = new Set(monitor.rows('customMetrics').map(row => row.name));
          expect([...names]).to.include.members(['http.server.request.duration', 'http.client.request.duration']);
        });

        it('sends nothing that Azure would refuse, cut or find odd', () => {
          monitor.assertClean();
        });
      });
    }
  }
});

function shown(monitor: LocalMonitor, table: ClassicTableName, columns: readonly string[]): Record<string, unknown>[] {
  return monitor.rows(table).map(row => {
    const all = row as unknown as Record<string, unknown>;
    return Object.fromEntries(columns.map(column => [column, all[column]]));
  });
}
