import type { DropReason } from './item.ts';
import type { GateStats } from './stats.ts';

/** Something about the delivery that an operator may want to know at once. */
export type DeliveryEvent =
  /** The gate closed, became half-open, or opened. */
  | { readonly kind: 'gate'; readonly gate: GateStats }
  /** The service refused items; they are lost. `status` is the HTTP status, or the code of the failure. */
  | { readonly kind: 'rejected'; readonly count: number; readonly status: string; readonly message: string }
  /** Items were lost on our side. */
  | { readonly kind: 'dropped'; readonly count: number; readonly reason: DropReason }
  /** Nothing can be put on disk any more, for the reason given; or, without one, it can again. */
  | { readonly kind: 'disk'; readonly failure: string | undefined }
  /** The service took a body, with an answer that it should not give. */
  | { readonly kind: 'odd_answer'; readonly message: string };

/** Called with each event, soon after it happened. What it throws is ignored. */
export type DeliveryListener = (event: DeliveryEvent) => void;
