import { Spool, type SpoolParts } from '../spool/spool.ts';
import type { Clock } from './clock.ts';
import type { DeliveryOptions } from './delivery.ts';
import type { DeliveryListener } from './delivery-event.ts';
import { DiskDrain } from './disk-drain.ts';
import { DiskStorage } from './disk-storage.ts';
import { DrainPace } from './drain-pace.ts';
import type { Ledger } from './ledger.ts';
import { toSignalCounts } from './parcel-batch.ts';
import { Ring } from './ring.ts';
import type { Storage } from './storage.ts';

/** Processes that start together begin to empty their disks spread over this time. */
const MAX_START_MILLIS = 5000;

/** What {@link openStorage} needs to know. */
export interface StorageParts {
  readonly options: DeliveryOptions;
  readonly memoryMaxBytes: number;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly ledger: Ledger;
  readonly emit: DeliveryListener;
  /** Called when there may be something to take that was not there before. */
  readonly onWaiting: () => void;
  /** For tests. */
  readonly spoolParts?: Partial<SpoolParts> | undefined;
}

/** Makes the storage that the options ask for: in memory, or in memory and on disk. */
export function openStorage(parts: StorageParts): Storage {
  const { options, memoryMaxBytes, clock, random, ledger, onWaiting } = parts;
  const ring = new Ring({
    clock,
    maxBytes: memoryMaxBytes,
    onLost: ({ shares }, reason) => ledger.settle(shares, { kind: 'dropped', reason, message: LOST[reason] }),
  });
  if (options.storage === undefined) return ring;
  const { keepsFirst = false } = options.storage;
  const spool = openSpool(parts, options.storage);
  const pace = new DrainPace({ clock, firstAfterMillis: random() * MAX_START_MILLIS });
  const drain = new DiskDrain({ clock, spool, pace, onDue: onWaiting });
  return new DiskStorage({ clock, ring, spool, drain, keepsFirst, onWaiting });
}

const LOST = {
  memory: 'pushed out of the memory ring by newer ones',
  shutdown: 'the delivery was shut down',
} as const;

function openSpool(parts: StorageParts, storage: NonNullable<DeliveryOptions['storage']>): Spool {
  const { options, clock, ledger, emit, onWaiting, spoolParts } = parts;
  const spool = new Spool({
    clock,
    directories: storage.directories,
    destination: [options.ingestionEndpoint, options.instrumentationKey],
    maxBytes: storage.maxBytes,
    isSynced: storage.isSynced,
    onLoss: (counts, loss) => {
      for (const [signal, count] of toSignalCounts(counts)) ledger.drop(signal, count, loss);
    },
    onHealth: failure => emit({ kind: 'disk', failure }),
    onWaiting,
    ...spoolParts,
  });
  void spool.start();
  return spool;
}
