import type { HttpAgent } from './delivery/agent.ts';
import type { DeliveryListener } from './delivery/delivery-event.ts';
import type { MeterProvider } from './delivery/metrics.ts';
import type { TokenCredential } from './delivery/token-credential.ts';
import type { Envelope } from './envelope/envelope.ts';

/** How an exporter is made. Every option may be left out, or given as `undefined`. */
export interface AzureMonitorExporterOptions {
  /**
   * Where telemetry goes: the connection string on the Overview page of the Application Insights resource.
   *
   * @defaultValue the environment variable `APPLICATIONINSIGHTS_CONNECTION_STRING`
   */
  connectionString?: string | undefined;
  /**
   * Who this application is to Entra ID. Without one the instrumentation key alone says where telemetry belongs.
   *
   * @defaultValue the managed identity of the environment variable `APPLICATIONINSIGHTS_AUTHENTICATION_STRING`,
   *   `Authorization=AAD` or `Authorization=AAD;ClientId=…`; it needs the package `@azure/identity`
   */
  credential?: TokenCredential | undefined;
  /**
   * Where telemetry waits while the service cannot be reached.
   *
   * @defaultValue a folder of this user in the state directory of the operating system
   */
  storageDirectory?: string | undefined;
  /**
   * Keeps telemetry off the disk, whatever happens.
   *
   * @defaultValue false
   */
  disableOfflineStorage?: boolean | undefined;
  /**
   * When telemetry goes to disk: `spill` what the service does not take at once, `write-ahead` everything before it is
   * sent, `memory` nothing.
   *
   * @defaultValue 'spill'
   */
  durability?: 'spill' | 'write-ahead' | 'memory' | undefined;
  /**
   * Whether telemetry on disk outlives a power failure (`batch`, at the cost of waiting for the disk) or only the end of
   * the process (`none`).
   *
   * @defaultValue 'none'
   */
  fsync?: 'none' | 'batch' | undefined;
  /**
   * How much waits on disk at most, in bytes. What does not fit pushes out the oldest, counted `evicted`.
   *
   * @defaultValue 52,428,800
   */
  storageMaxBytes?: number | undefined;
  /**
   * Puts what is in memory on disk when the process ends without a shutdown: by `process.exit()`, by an uncaught
   * exception, or because nothing is left to do. Not when a signal kills it.
   *
   * @defaultValue false
   */
  flushOnExit?: boolean | undefined;
  /**
   * How much waits in memory at most, in bytes. What does not fit pushes out the oldest, counted `memory`.
   *
   * @defaultValue 8,388,608
   */
  memoryMaxBytes?: number | undefined;
  /**
   * Makes the connections: through a proxy, for example, or with a private CA.
   *
   * @defaultValue an agent that keeps two connections, and goes through `HTTPS_PROXY` past `NO_PROXY` on Node.js 22.21,
   *   24.5 and later
   */
  agent?: HttpAgent | undefined;
  /** Told when sending stops and goes on, and when items are refused or lost. */
  onEvent?: DeliveryListener | undefined;
  /** Shows `stats()` as metrics `azure_monitor.delivery.*`, to readers of this provider. */
  meterProvider?: MeterProvider | undefined;
  /**
   * HTTP status codes of 400 and more that are no failure, such as 404 for a service that is asked for what may not exist.
   *
   * @defaultValue none
   */
  successStatusCodes?: readonly number[] | undefined;
  /**
   * Adds the instrumentation that made a row as properties `otel.scope.name` and `otel.scope.version`.
   *
   * @defaultValue false, since every property is paid for
   */
  includeScope?: boolean | undefined;
  /**
   * Leaves out sums that did not change in their interval. Averages and "less than" alerts change with it.
   *
   * @defaultValue false
   */
  dropZeroSums?: boolean | undefined;
  /** The namespace of every metric, at most 256 characters. Absent: Azure's default. */
  metricNamespace?: string | undefined;
  /**
   * Sends the attributes of the resource once per process, as the row `_OTELRESOURCE_` of `customMetrics`.
   *
   * @defaultValue false
   */
  includeResourceMetric?: boolean | undefined;
  /**
   * What becomes of the query of every URL: `redact-values` masks the values of parameters that hold credentials,
   * `strip` takes the query out, `keep` leaves it as it is. User names and passwords in URLs go in any case.
   *
   * @defaultValue 'redact-values'
   */
  urlQuery?: 'redact-values' | 'strip' | 'keep' | undefined;
  /**
   * Sees every envelope before it is encoded, after the library's own redaction. `false` drops the item, an envelope
   * replaces it, `undefined` keeps it, changed in place or not. If the hook throws, the item is dropped and counted:
   * what could not be redacted does not leave.
   */
  onEnvelope?: ((envelope: Envelope) => Envelope | boolean | void) | undefined;
}
