import type { DeliveryStats } from '../delivery/stats.ts';
import type { OmissionReason } from '../mapping/omissions.ts';

/** What was cut off items that were sent, and how often. */
export type TrimmedCounts = Partial<Record<Exclude<OmissionReason, 'unconvertible' | 'non_finite'>, number>>;

/** Where every item is that was handed over, and what was cut off items on the way. */
export interface ExporterStats extends DeliveryStats {
  /** Of this exporter: texts and keys cut to their limits, properties and links left out. */
  readonly trimmed: Readonly<TrimmedCounts>;
}
