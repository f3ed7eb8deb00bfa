import type { Batch } from '../spool/batch.ts';
import type { Counts } from '../spool/counts.ts';
import type { Signal } from './item.ts';
import { Parcel, type Packed } from './parcel.ts';
import { Ticket } from './ticket.ts';

/** How the kinds of telemetry are called on disk. */
const KIND_OF: Readonly<Record<Signal, string>> = { traces: 't', metrics: 'm', logs: 'l' };

/** Turns a parcel into what goes on disk. */
export function toBatch({ shares }: Parcel, { body, lengths }: Packed): Batch {
  return { body, lengths, runs: shares.map(({ signal, count }) => ({ kind: KIND_OF[signal], count })) };
}

/** The parcel of a batch from disk, for which nobody waits. */
export function toParcel({ body, lengths, runs }: Batch, sinceMillis: number): Parcel {
  const ticket = new Ticket(lengths.length);
  const shares = runs.map(({ kind, count }) => ({ ticket, signal: signalOf(kind), count }));
  return new Parcel({ body, lengths }, shares, sinceMillis);
}

/** Turns counts of the disk into counts of signals. */
export function toSignalCounts(counts: Counts): [Signal, number][] {
  return Object.entries(counts).map(([kind, count]) => [signalOf(kind), count]);
}

/** A kind of a later version counts as what most telemetry is. */
function signalOf(kind: string): Signal {
  if (kind === KIND_OF.metrics) return 'metrics';
  return kind === KIND_OF.logs ? 'logs' : 'traces';
}
