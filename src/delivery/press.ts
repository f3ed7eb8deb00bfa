import { AsyncResource } from 'node:async_hooks';
import type { Gzip, ZlibReset } from 'node:zlib';
import { loadZlib } from './load-zlib.ts';

/** Room for what most bodies become. Larger ones take several rounds. */
const CHUNK_BYTES = 64 * 1024;

/** Where no request of the program is served. */
const OUTSIDE = new AsyncResource('azure-monitor-bridge');

/**
 * Memory to write a body in, and gzip for it, to be used again and again: both cost more to make than to use.
 *
 * Takes one body at a time. Of no use any more once it has failed.
 */
export class Press {
  /** Where the next body is written. */
  readonly memory: Uint8Array;
  /** Each write is a whole file: that takes the thread pool once, and ending a stream would take it once more. */
  readonly #gzip: Gzip & ZlibReset = openGzip();
  #parts: Buffer[] = [];

  constructor(bytes: number) {
    this.memory = Buffer.allocUnsafeSlow(bytes);
    this.#gzip.on('data', (part: Buffer) => this.#parts.push(part));
    // The write that has failed says so as well. An error without a listener would end the process.
    this.#gzip.on('error', () => undefined);
  }

  /** Compresses the first bytes of the memory, off the event loop, at the lowest level. */
  compress(bytes: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#gzip.write(this.memory.subarray(0, bytes), error => {
        if (error !== null && error !== undefined) return reject(error);
        // A copy: what is held must not hold on to the chunks.
        resolve(new Uint8Array(Buffer.concat(this.#parts)));
        this.#parts = [];
        this.#gzip.reset();
      });
    });
  }
}

/**
 * Gives what the types do not know to be there: it can be reset, as all that deflates.
 * <https://nodejs.org/api/zlib.html#zlibreset>
 *
 * It would keep the context that it was made in for as long as it lives, and with it some request of the program.
 */
function openGzip(): Gzip & ZlibReset {
  const { constants, createGzip } = loadZlib();
  const options = { level: constants.Z_BEST_SPEED, flush: constants.Z_FINISH, chunkSize: CHUNK_BYTES };
  return OUTSIDE.runInAsyncScope(() => createGzip(options)) as Gzip & ZlibReset;
}
