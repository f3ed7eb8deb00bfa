import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { endChild, within } from './patience.ts';

const DATABASE = path.resolve(import.meta.dirname, '../../samples/shop/database.ts');
const START_MILLIS = 60_000;

/** A PostgreSQL of npm, that of the shop, in a process of its own. */
export interface EmbeddedPostgreSql {
  /** Where it listens, for one client at a time. */
  readonly url: URL;
  stop(): Promise<void>;
}

export async function startPostgreSql(): Promise<EmbeddedPostgreSql> {
  const child = fork(DATABASE, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const stop = (): Promise<void> => endChild(child);
  try {
    const { url } = await within(START_MILLIS, 'the address of PostgreSQL', signal => firstMessage(child, signal));
    return { url: new URL(url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstMessage(child: ChildProcess, signal: AbortSignal): Promise<{ url: string }> {
  const end = once(child, 'exit', { signal }).then(([code, killedBy]) => {
    throw new Error(`PostgreSQL ended with ${code ?? killedBy} before it said where it listens`);
  });
  const [message] = (await Promise.race([once(child, 'message', { signal }), end])) as [{ url: string }];
  return message;
}
