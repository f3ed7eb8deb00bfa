import type { HttpAgent, ProxyEnvironment } from './agent.ts';
import type { DeliveryListener } from './delivery-event.ts';
import type { DropReason, Item, Signal } from './item.ts';
import type { MeterProvider } from './metrics.ts';
import type { DeliveryStats } from './stats.ts';
import type { TokenCredential } from './token-credential.ts';

/** What became of a batch that was handed over. */
export type Delivered =
  /** The service took every item. */
  | { readonly kind: 'sent' }
  /** Kept, and sent later without further ado: on disk, or in memory and then only as long as the process lives. */
  | { readonly kind: 'held' }
  /** At least one item is lost; `reason` says how many and why. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Where telemetry waits on disk, and on what terms. */
export interface StorageOptions {
  /** Where its folder may be, the best first. */
  readonly directories: readonly string[];
  /** How much waits there at most, in bytes. 50 MB by default. */
  readonly maxBytes?: number | undefined;
  /** Whether everything is put there before it is sent. By default only what the service does not take at once. */
  readonly keepsFirst?: boolean | undefined;
  /** Whether it is to outlive a power failure, and not only the process. No by default. */
  readonly isSynced?: boolean | undefined;
  /** Whether what is in memory is put there when the process ends without a shutdown. No by default. */
  readonly isKeptOnExit?: boolean | undefined;
}

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
  /** In memory alone by default. */
  readonly storage?: StorageOptions | undefined;
  /** Connects in place of our own agent, through a proxy for example. */
  readonly agent?: HttpAgent | undefined;
  /** Says through which proxy our own agent connects. */
  readonly proxyEnvironment?: ProxyEnvironment | undefined;
  /** Told of what an operator may want to know at once. */
  readonly onEvent?: DeliveryListener | undefined;
  /** Shows the stats as `azure_monitor.delivery.*` metrics. */
  readonly meterProvider?: MeterProvider | undefined;
}

/** One exporter's way to the service. */
export interface Delivery {
  /**
   * Takes a batch over, body by body. Never rejects.
   *
   * Answers in milliseconds while the gate is closed, and otherwise when the service has, or 250 ms after each body.
   */
  send(items: readonly Item[], signal: Signal): Promise<Delivered>;
  /** Counts items that were lost before they became bytes. */
  drop(reason: DropReason, signal: Signal, count?: number): void;
  /**
   * Resolves when all that was handed over before is sent, stored on disk, or lost for other reasons. Rejects with the
   * count unsent after 30 s, or as soon as the gate is certain to stay closed for longer. Holds the process open.
   */
  flush(): Promise<void>;
  /**
   * Puts on disk what is unsent, goes on sending it for at most 8 s, then lets go; later batches are lost. The last
   * exporter to shut down closes the delivery they share: requests are aborted, and what is in memory alone is lost,
   * counted and reported. Never rejects.
   */
  shutdown(): Promise<void>;
  /** Of the delivery, which several exporters may share. */
  stats(): DeliveryStats;
}
