/** The processes of the shop, as the one that starts them sees them; parent.ts is the other end of the line. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How long a process may take to leave when it was asked to. */
const LEAVE_MILLIS = 5000;

/** A process of the shop: started, asked for its telemetry, stopped. */
export class Service {
  /** Its file in this folder; `shop-` and this is its name in the telemetry, `cloud_RoleName`. */
  readonly name: string;
  /** Whether OpenTelemetry is loaded before it. */
  readonly instrumented: boolean;
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #url = '';
  #isReady = false;
  #isStopping = false;

  constructor(name: string, { instrumented, env }: { instrumented: boolean; env: Record<string, string> }) {
    this.name = name;
    this.instrumented = instrumented;
    const preload = instrumented ? ['--import', new URL('telemetry.ts', import.meta.url).href] : [];
    this.#child = fork(new URL(`${name}.ts`, import.meta.url), {
      execArgv: [...process.execArgv, ...preload],
      env: { ...withoutOpenTelemetry(process.env), OTEL_SERVICE_NAME: `shop-${name}`, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#exit = once(this.#child, 'exit');
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Where it listens; empty before it is ready, and for a service that only works. */
  get url(): string {
    return this.#url;
  }

  /** Waits until it works, and gives its address. */
  async ready(): Promise<string> {
    const [{ url = '' }] = (await this.#answer()) as [{ url?: string }];
    this.#url = url;
    this.#isReady = true;
    return url;
  }

  /** Asks for all telemetry that is still buffered, and waits until it is sent. */
  async flush(): Promise<void> {
    this.#child.send('flush');
    await this.#answer();
  }

  /** Ends it: after it has sent its last telemetry where there can be any, else at once. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), LEAVE_MILLIS);
    if (this.#child.connected && this.instrumented && this.#isReady) this.#child.send('stop');
    else this.#child.kill('SIGKILL');
    await this.#exit;
    clearTimeout(impatience);
  }

  /** Rejects when the process ends without having been asked to; never resolves. */
  async died(): Promise<never> {
    await this.#exit;
    if (this.#isStopping) return new Promise(() => {});
    throw new Error(`${this.name} ended early, with ${this.#child.exitCode ?? this.#child.signalCode}`);
  }

  #answer(): Promise<unknown> {
    return Promise.race([once(this.#child, 'message'), this.died()]);
  }
}

/** The environment without settings of OpenTelemetry, which would change what this demonstration shows. */
function withoutOpenTelemetry(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('OTEL_')));
}
