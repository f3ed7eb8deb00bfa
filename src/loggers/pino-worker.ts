import { Writable } from 'node:stream';
import type { AzureMonitorExporterOptions } from '../index.ts';
import { LogPipe } from '../logs/log-pipe.ts';
import { toLeastSeverity } from './levels.ts';
import { readPinoLine, type PinoLineOptions } from './pino-line.ts';

/** The options of a target in a worker: what can be copied into one, so no functions and no objects of classes. */
export interface PinoWorkerOptions extends AzureMonitorExporterOptions, PinoLineOptions {
  /**
   * Takes only lines of this level and above.
   *
   * @defaultValue all that come
   */
  level?: string | undefined;
}

/**
 * The target of `pino.transport({ target: 'azure-monitor-bridge/pino-worker' })`: sends lines to Azure Monitor from a
 * worker thread. There no logger provider is registered, and no span is active: use `traceMixin()` with it.
 *
 * All is sent when the logger ends, which it does with the program.
 *
 * @throws RangeError for a level that pino has not.
 *
 * @internal Nobody but pino imports it; and what a default export of CommonJS is, ES modules and compilers see differently.
 */
// oxlint-disable-next-line import/no-default-export -- pino calls the default export of a target.
export default function pinoWorker(options: PinoWorkerOptions = {}): Writable {
  const { level, messageKey, errorKey, ...exporterOptions } = options;
  const leastSeverity = toLeastSeverity(level);
  const pipe = new LogPipe('azure-monitor-bridge/pino-worker', exporterOptions);
  let unfinished = '';
  const take = (line: string): void => {
    if (line === '') return;
    const record = readPinoLine(line, { messageKey, errorKey });
    if ((record.severityNumber ?? Infinity) >= leastSeverity) pipe.emit('azure-monitor-bridge/pino', () => record);
  };
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const lines = `${unfinished}${String(chunk)}`.split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) take(line);
      done();
    },
    final(done) {
      take(unfinished);
      pipe.flushAndCall(done);
    },
  });
}
