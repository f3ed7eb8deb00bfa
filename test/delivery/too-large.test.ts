import { expect } from 'chai';
import fc from 'fast-check';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { openDelivery } from '../../src/delivery/registry.ts';
import type { Answer, Transport } from '../../src/delivery/transport.ts';
import { FakeClock, until } from './fake-clock.ts';

const decompress = promisify(gunzip);

/** A service that takes no body longer than that. */
class NarrowService implements Transport {
  readonly taken: number[] = [];
  requests = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  async post({ body }: { body: Uint8Array }): Promise<Answer> {
    this.requests += 1;
    const text = (await decompress(body)).toString();
    const isTaken = text.length <= this.#maxBytes;
    if (isTaken) this.taken.push(...(JSON.parse(text) as string[]).map(item => parseInt(item, 10)));
    return { kind: 'response', statusCode: isTaken ? 200 : 413, headers: {}, body: '', extent: 'whole' };
  }

  close(): void {
    // Nothing is kept.
  }
}

describe('a service that calls bodies too large', () => {
  it('gets every item that fits, once, in not many more requests than that takes, whatever its limit', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 11, max: 22, noNaN: true }).map(power => Math.round(2 ** power)),
        fc.integer({ min: 1, max: 128 }),
        fc.integer({ min: 20, max: 4000 }),
        async (maxBytes, count, itemBytes) => {
          const service = new NarrowService(maxBytes);
          const delivery = openDelivery(
            { ingestionEndpoint: 'http://127.0.0.1/', instrumentationKey: 'key' },
            { clock: new FakeClock(), transport: service },
          );
          const items = Array.from({ length: count }, (_, index) =>
            Buffer.from(`"${`${index} `.padEnd(itemBytes - 2, 'x')}"`),
          );
          await delivery.send(items, 'traces');
          await until(() => delivery.stats().memoryItems === 0);
          const fitting = Math.floor((Math.min(maxBytes, 2 ** 20) - 1) / (itemBytes + 1));
          const { accepted, dropped } = delivery.stats();
          await delivery.shutdown();
          if (fitting === 0) {
            expect([accepted, dropped]).to.deep.equal([0, { too_large: count }]);
            return;
          }
          expect(service.taken.sort((one, other) => one - other)).to.deep.equal(items.map((_, index) => index));
          expect([accepted, dropped]).to.deep.equal([count, {}]);
          expect(service.requests).to.be.at.most((2 * count) / fitting + Math.log2(count) + 2);
        },
      ),
      { numRuns: 60 },
    );
  });
});
