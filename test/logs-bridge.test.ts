import { expect } from 'chai';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { nodeForOpenTelemetry3, runNode } from './journey/child.ts';
import type { Project } from './journey/project.ts';
import { makeLoggerProject } from './loggers/logger-project.ts';

/** The three steps by their first letters: bridge, provider, logger. */
const IN_EACH_ORDER = { bpl: 1, blp: 1, pbl: 1, plb: 1, lbp: 1, lpb: 1 };
const IN_NO_ORDER = { bpl: 0, blp: 0, pbl: 0, plb: 0, lbp: 0, lpb: 0 };

/** Loggers of a copy that the library cannot find, asked for before there was a provider or a bridge, stay silent. */
const ONLY_WHEN_ASKED_LATER = { bpl: 1, blp: 0, pbl: 1, plb: 0, lbp: 0, lpb: 0 };

describe('bridgeLegacyLogs', function () {
  this.timeout(180_000);

  let project: Project;
  let node: string;
  before(async () => {
    project = await makeLoggerProject('otel3', { apiLogs: true });
    node = await nodeForOpenTelemetry3();
    await cp(
      path.join(project.folder, 'node_modules/@opentelemetry/api-logs'),
      path.join(project.folder, 'another-api-logs'),
      { recursive: true },
    );
  });
  after(() => project.remove());

  for (const format of ['esm', 'commonjs']) {
    it(`brings each record to the one provider there is, in whatever order, as ${format}`, async () => {
      expect(await countRecords(format)).to.deep.equal({
        'api-logs from api-logs': IN_EACH_ORDER,
        'api-logs from api': format === 'esm' ? IN_EACH_ORDER : ONLY_WHEN_ASKED_LATER,
        'api-logs from api as CommonJS': IN_EACH_ORDER,
        'api from api': IN_EACH_ORDER,
        'api from api-logs': IN_EACH_ORDER,
        'api from another api-logs': ONLY_WHEN_ASKED_LATER,
        'another api-logs from api': format === 'esm' ? IN_EACH_ORDER : ONLY_WHEN_ASKED_LATER,
      });
    });
  }

  it('is what brings them from one API to the other', async () => {
    expect(await countRecords('none')).to.deep.equal({
      'api-logs from api-logs': IN_EACH_ORDER,
      'api-logs from api': IN_NO_ORDER,
      'api-logs from api as CommonJS': IN_NO_ORDER,
      'api from api': IN_EACH_ORDER,
      'api from api-logs': IN_NO_ORDER,
      'api from another api-logs': IN_NO_ORDER,
      'another api-logs from api': IN_NO_ORDER,
    });
  });

  it('can be asked for twice, and taken back', async () => {
    expect(await run(['logs-bridge-undo.mjs'])).to.deep.equal({
      'each of two users must take it back, and does so once': [
        'app 1 https://schema.example: two users',
        'app 1 https://schema.example: one user',
      ],
      'nothing is left when it is taken back': [false, false],
      'what was registered meanwhile stays when it is taken back': true,
      'of two providers each keeps the loggers of its API': [['old 1 undefined: text'], ['recent 1 undefined: text']],
      'a provider that hands records back to the other API ends in no circle': 'ended',
      'loggers say whether somebody listens': [false, true],
    });
  });

  function countRecords(format: string): Promise<unknown> {
    return run(['logs-bridge.mjs', format]);
  }

  async function run(args: readonly string[]): Promise<unknown> {
    const ended = await runNode(args, { cwd: project.folder, node });
    expect(ended).to.deep.include({ code: 0, stderr: '' });
    return JSON.parse(ended.stdout);
  }
});
