import type { Agent } from 'node:http';
import type { DropReason, Item, Signal } from './item.ts';
import type { DeliveryStats } from './stats.ts';
import type { TokenCredential } from './token-credential.ts';

/** What became of a batch that was handed over. */
export type Delivered =
  /** The service took every item. */
  | { readonly kind: 'sent' }
  /** Kept, and sent later without further ado. */
  | { readonly kind: 'held' }
  /** At least one item is lost; `reason` says how many and why. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Where telemetry goes, and on what terms. */
export interface DeliveryOptions {
  /** Base of the track address. https, or http on a loopback host; the caller has checked it. */
  readonly ingestionEndpoint: string;
  /** Separates the telemetry of several resources, which must never share a request. */
  readonly instrumentationKey: string;
  readonly credential?: TokenCredential | undefined;
  /** What the token is for; `/.default` is added when absent. By default the audience of the endpoint's cloud. */
  readonly tokenScope?: string | undefined;
  /** How much waits in memory at most, in bytes. 8 MB by default. */
  readonly memoryMaxBytes?: number | undefined;
  /** Connects in place of our own agent, through a proxy for example. */
  readonly agent?: Agent | undefined;
}

/** One exporter's way to the service. */
export interface Delivery {
  /** Takes a batch over. Never rejects. */
  send(items: readonly Item[], signal: Signal): Promise<Delivered>;
  /** Counts items that were lost before they became bytes. */
  drop(reason: DropReason, signal: Signal, count?: number): void;
  /** Resolves when all that was handed over before is sent or stored; rejects with the count unsent after 30 s. */
  flush(): Promise<void>;
  /** Flushes, then lets go; later batches are lost. The last exporter to shut down closes the shared delivery. */
  shutdown(): Promise<void>;
  /** Of the delivery, which several exporters may share. */
  stats(): DeliveryStats;
}
