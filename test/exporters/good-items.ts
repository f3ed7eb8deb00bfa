import assert from 'node:assert/strict';
import { faultsOf } from '../envelope-check.ts';

/** The neighbours are as they always are, and what stands between them breaks no rule of the service. */
export function assertGood(items: readonly Uint8Array[], neighbour: object, maxBytes: number = Infinity): void {
  const [first, ...others] = items;
  const last = others.pop();
  for (const item of [first, last]) assert.deepStrictEqual(JSON.parse(Buffer.from(item ?? []).toString()), neighbour);
  for (const item of others) {
    assert.deepStrictEqual(faultsOf(item), []);
    assert.ok(item.byteLength < maxBytes, `${item.byteLength} bytes`);
  }
}
