import type { Parcel } from './parcel.ts';
import type { DeliveryStats } from './stats.ts';

/** Where parcels wait for their turn. Whatever has been put is in here until its lease is done. */
export interface Storage {
  /** Whether {@link take} would find something. */
  readonly hasWaiting: boolean;
  /** Takes a parcel in. What has to go to make room for it is lost, and settled as such. */
  put(parcel: Parcel): void;
  /** Lends out the oldest parcel that nobody has, or the smallest one where a small one will do. */
  take(smallest: boolean): Promise<Lease | undefined>;
  /** Whether what is put should be kept before anything else is done with it. */
  readonly keepsFirst: boolean;
  /**
   * Resolves when all that has been put is as safe as it gets here. It stays to be taken. With `isLast`, what is safe
   * is still followed on behalf of those who handed it over, as far as this process gets with it.
   */
  keep(isLast?: boolean): Promise<void>;
  /** The delivery is about to end. From now on only what this process has put is lent out, without any pause. */
  hurry(): Promise<void>;
  /** As much of that as can be done while the process ends. */
  keepOnExit(): void;
  /** The part of the stats that is known here. */
  stats(): StorageStats;
  /** Lets go of everything. What cannot outlive the process is lost, and settled as such. */
  close(): Promise<void>;
}

/** See {@link DeliveryStats}. */
export type StorageStats = Pick<
  DeliveryStats,
  'adopted' | 'memoryItems' | 'diskItems' | 'yielded' | 'oldestMillis' | 'memoryBytes' | 'diskBytes' | 'diskFailure'
>;

/** A parcel on its way. It counts as stored until one of the two is called. */
export interface Lease {
  readonly parcel: Parcel;
  /** It ended: taken by the service, or lost. */
  done(): void;
  /** It waits again; or, where given, these waits in its place. */
  release(instead?: readonly Parcel[]): void;
}
