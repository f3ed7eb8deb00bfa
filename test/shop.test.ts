import { startLocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = path.resolve(import.meta.dirname, '..');

describe('npm start', function () {
  this.timeout(300_000);
  const runs: Run[] = [];
  const run = (env?: Record<string, string>): Run => {
    const started = startDemo(env);
    runs.push(started);
    return started;
  };
  afterEach(() => runs.splice(0).forEach(({ child }) => child.kill('SIGKILL')));

  it('shows what arrived from every process, exits 0 and leaves no process', async () => {
    const demo = run();
    const [code] = (await once(demo.child, 'close')) as [number];

    expect(demo.errors()).to.equal('');
    expect(code).to.equal(0);
    expect(demo.output()).to.match(/ 305 requests in \d+\.\d s: 256 went well, 40 refused \(4xx\), 9 failed \(5xx\)\n/);
    for (const section of ROWS) expect(demo.output()).to.match(section);
    expect(rolesOf(WATERFALL.exec(demo.output())?.[0] ?? '')).to.deep.equal(['front', 'invoices', 'orders']);
    expect(
      demo
        .output()
        .split('\n')
        .filter(line => line.length > 100),
    ).to.deep.equal([]);
    expect(pidsOf(demo.output()).filter(isAlive)).to.deep.equal([]);
    expect(pidsOf(demo.output())).to.have.length(5);
  });

  it('sends to the resource of the connection string too, and leaves no process when it is killed', async () => {
    const resource = await startLocalMonitor();
    try {
      const demo = run({ APPLICATIONINSIGHTS_CONNECTION_STRING: resource.connectionString });
      await resource.waitFor('requests', () => true, { timeoutMillis: 90_000 });
      const pids = pidsOf(demo.output());
      expect(pids.filter(isAlive)).to.have.length(5);

      demo.child.kill('SIGKILL');
      while (pids.some(isAlive)) await sleep(100);
    } finally {
      await resource.close();
    }
  });

  it('says what is wrong with a connection string before it starts anything', async () => {
    const demo = run({ APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=nonsense' });
    const [code] = (await once(demo.child, 'close')) as [number];

    expect(code).to.equal(1);
    expect(demo.errors()).to.match(/^\nThe demonstration failed: .*InstrumentationKey/);
    expect(pidsOf(demo.output())).to.deep.equal([]);
  });
});

const WATERFALL = /^ {2}POST \/checkout +shop-front .*━.* ms\n(?: {2}.*\n)+/m;

/** A line of each section, with at least one row of every role it must have. */
const ROWS: readonly RegExp[] = [
  /^ {2}program +table +rows +what they say\n/m,
  /^ {2}trace-azure\.ts +dependencies +3 +test \(InProc\), test \(InProc\), test \(InProc\)\n/m,
  /^ {2}metrics-azure\.ts +customMetrics +\d+ +.*prompt view = 3\n/m,
  /^ {2}logs-azure\.ts +traces +2 +4 \(severity 2\), 25 \(severity 2\)\n/m,
  /^ {2}table +shop-front +shop-invoices +shop-orders +all rows\n/m,
  /^ {2}requests +305 +90 +370 +765\n/m,
  /^ {2}dependencies( +[1-9]\d*){4}\n/m,
  /^ {2}traces( +[1-9]\d*){4}\n/m,
  /^ {2}exceptions +1 +0 +8 +9\n/m,
  /^ {2}customMetrics( +[1-9]\d*){4}\n/m,
  /^ {2}customEvents +0 +90 +0 +90\n/m,
  /^ {2}operation +role +count +p50 ms +p95 ms +failed\n/m,
  /^ {2}POST \/checkout +shop-front +123 +\d+ +\d+ +33\n/m,
  /^ {2}TypeError.* +shop-front +1 +coupon\.trim is not a function\n/m,
  WATERFALL,
  /^ {2}APPLICATIONINSIGHTS_CONNECTION_STRING="InstrumentationKey=…;IngestionEndpoint=…" npm start\n/m,
];

interface Run {
  readonly child: ChildProcess;
  output(): string;
  errors(): string;
}

/** Runs what package.json says for `npm start`, its output in pipes. */
function startDemo(env: Record<string, string> = {}): Run {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [, ...args] = scripts.start.split(' ');
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: _, NODE_V8_COVERAGE: __, ...clean } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = [child.stdout, child.stderr].map(stream => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    return () => text;
  });
  return { child, output: output ?? String, errors: errors ?? String };
}

function pidsOf(output: string): number[] {
  return [...output.matchAll(/ pid (\d+)/g)].map(([, pid]) => Number(pid));
}

function rolesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/ shop-(\w+)/g)].map(([, role]) => role ?? ''))].sort((a, b) =>
    a.localeCompare(b),
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
