import type { Ledger } from './ledger.ts';
import type { Settled } from './outcome.ts';
import type { Parcel } from './parcel.ts';
import type { Lease } from './storage.ts';
import type { Rejection } from './track-answer.ts';

/** Enough to find two bad items among 4096; what is still refused then is lost as a whole. */
const MAX_DIVISIONS = 24;

/**
 * Ends the items of a parcel, or gives them back, as the outcome of its request says.
 *
 * No item is anywhere in between: until the storage has what is left of the parcel, it has all of it.
 */
export async function settle(lease: Lease, outcome: Settled, ledger: Ledger): Promise<void> {
  const { parcel } = lease;
  switch (outcome.kind) {
    case 'accepted':
      lease.done();
      return ledger.settle(parcel.shares, { kind: 'accepted' });
    case 'rejected':
      return reject(lease, outcome.status, outcome.reason, ledger);
    case 'retryable':
      return lease.release();
    case 'unreadable':
      if (parcel.wasResent) return reject(lease, outcome.status, outcome.reason, ledger);
      parcel.wasResent = true;
      return lease.release();
    case 'divisible':
      return settleDivisible(lease, outcome, ledger);
    case 'partial':
      return settlePartial(lease, outcome, ledger);
  }
}

function reject(lease: Lease, status: string, message: string, ledger: Ledger): void {
  lease.done();
  ledger.settle(lease.parcel.shares, { kind: 'rejected', status, message });
}

async function settleDivisible(lease: Lease, outcome: Settled & { kind: 'divisible' }, ledger: Ledger): Promise<void> {
  const { parcel } = lease;
  const { status, why } = outcome;
  const message = `HTTP ${status}`;
  if (why === 'too_large') {
    if (parcel.count > 1) return lease.release(await parcel.divide(undefined));
    lease.done();
    return ledger.settle(parcel.shares, { kind: 'dropped', reason: 'too_large', message });
  }
  const divisions = parcel.divisions ?? { left: MAX_DIVISIONS };
  if (parcel.count === 1 || divisions.left === 0) return reject(lease, status, message, ledger);
  divisions.left -= 1;
  lease.release(await parcel.divide(divisions));
}

async function settlePartial(lease: Lease, outcome: Settled & { kind: 'partial' }, ledger: Ledger): Promise<void> {
  const { parcel } = lease;
  const again = await parcel.pick(outcome.retry);
  if (again === undefined) lease.done();
  else lease.release([again]);
  ledger.settle(parcel.sharesOf(acceptedOf(parcel, outcome)), { kind: 'accepted' });
  for (const [status, rejections] of groupByStatus(outcome.rejected)) {
    const positions = rejections.map(({ index }) => index).sort((one, other) => one - other);
    const message = `HTTP ${status} ${rejections[0]?.message ?? ''}`.trim();
    ledger.settle(parcel.sharesOf(positions), { kind: 'rejected', status, message });
  }
}

function acceptedOf(parcel: Parcel, { rejected, retry }: Settled & { kind: 'partial' }): number[] {
  const others = new Set([...retry, ...rejected.map(({ index }) => index)]);
  return Array.from({ length: parcel.count }, (_, position) => position).filter(position => !others.has(position));
}

function groupByStatus(rejections: readonly Rejection[]): Map<string, Rejection[]> {
  const groups = new Map<string, Rejection[]>();
  for (const rejection of rejections) {
    const status = `${rejection.statusCode}`;
    const group = groups.get(status);
    if (group === undefined) groups.set(status, [rejection]);
    else group.push(rejection);
  }
  return groups;
}
