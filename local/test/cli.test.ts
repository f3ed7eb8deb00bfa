import { expect } from 'chai';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { message, request } from './sample-items.ts';
import { post } from './sender.ts';

const CLI = path.resolve(fileURLToPath(import.meta.url), '../../src/cli.ts');

/** A run of the command line, with what it has written so far. */
class Run {
  readonly child: ChildProcessWithoutNullStreams;
  output = '';
  errors = '';

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args]);
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
  }

  /** Resolves with the first match in the output. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      await once(this.child.stdout, 'data');
    }
  }

  async exit(): Promise<number | null> {
    await once(this.child, 'close');
    return this.child.exitCode;
  }
}

describe('azure-monitor-local on the command line', () => {
  const runs: Run[] = [];
  const run = (...args: string[]): Run => {
    const started = new Run(...args);
    runs.push(started);
    return started;
  };
  afterEach(async () => {
    for (const { child } of runs.splice(0)) {
      if (child.exitCode === null && child.kill()) await once(child, 'close');
    }
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`prints what arrives, counts it on ${signal}, and exits with 0`, async () => {
      const monitor = run('--port', '0');
      const [, url = ''] = await monitor.until(/IngestionEndpoint=(http:\/\/127\.0\.0\.1:\d+\/)"/);
      const time = new Date().toISOString();
      await post(url, [request({}, { time }), message('\u001b[2Jgone')]);
      await monitor.until(/traces.*\n/);
      monitor.child.kill(signal);
      expect(await monitor.exit()).to.equal(0);
      const lines = monitor.output.split('\n').slice(7);
      expect(lines[0]).to.equal(
        `${time.slice(11, 23)}  requests             ${'GET /orders'.padEnd(60)}     250 ms  ok 200        4bf92f3577b34da6a3ce929d0e0e4736`,
      );
      expect(lines[1]?.slice(14)).to.equal(
        `traces               ${' [2Jgone'.padEnd(60)}             Information   4bf92f3577b34da6a3ce929d0e0e4736`,
      );
      expect(lines.slice(2)).to.deep.equal(['', 'requests                  1', 'traces                    1', '']);
    });
  }

  it('ends when its reader is gone', async () => {
    const monitor = run('--port', '0');
    const [, url = ''] = await monitor.until(/IngestionEndpoint=(http:\/\/127\.0\.0\.1:\d+\/)"/);
    monitor.child.stdout.destroy();
    const exit = monitor.exit();
    await post(url, [request()]);
    expect(await exit).to.equal(0);
    expect(monitor.errors).to.equal('');
  });

  it('says which port is taken and exits with 1', async () => {
    const first = run('--port', '0');
    const [, port = ''] = await first.until(/127\.0\.0\.1:(\d+)/);
    const second = run('--port', port);
    expect(await second.exit()).to.equal(1);
    expect(second.errors).to.equal(
      `Port ${port} of 127.0.0.1 is taken. End the other program, or choose another port; 0 takes a free one.\n`,
    );
  });

  it('prints its usage', async () => {
    const help = run('--help');
    expect(await help.exit()).to.equal(0);
    expect(help.output).to.match(/^Usage: azure-monitor-local \[--port N\]\n/);
  });

  it('prints its version', async () => {
    const version = run('--version');
    expect(await version.exit()).to.equal(0);
    expect(version.output).to.equal('0.1.0\n');
  });

  const wrong: [string[], RegExp][] = [
    [['--port', 'x'], /^--port: expected a number from 0 to 65535, found "x"\n\nUsage:/],
    [['--port', '65536'], /^--port: expected a number from 0 to 65535, found "65536"\n\nUsage:/],
    [['--prt', '1'], /^Unknown option '--prt'[^]*Usage:/],
  ];
  for (const [args, expected] of wrong) {
    it(`exits with 2 and its usage for ${args.join(' ')}`, async () => {
      const mistaken = run(...args);
      expect(await mistaken.exit()).to.equal(2);
      expect(mistaken.errors).to.match(expected);
    });
  }
});
