import type { AzureOptions, AzureSettings } from './azure-options.ts';

/** Options of the exporters that send batches of what the program made: spans and log records. */
export interface BatchOptions extends AzureOptions {
  /**
   * How much may wait for its batch; what comes then is dropped.
   *
   * @defaultValue 8192
   */
  queueCapacity?: number | undefined;
  /**
   * How much is sent at a time at most; so much is sent at once, without waiting for the interval.
   *
   * @defaultValue 100
   */
  maxBatchSize?: number | undefined;
}

/** What the batch processors of the SDK, for spans and for log records, are told. */
export interface BatchProcessorConfig {
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
  readonly exportTimeoutMillis: number;
}

const DEFAULT_QUEUE_CAPACITY = 8192;
const DEFAULT_MAX_BATCH_SIZE = 100;

/** @throws RangeError for a size below 1 */
export function toBatchProcessorConfig(
  { queueCapacity = DEFAULT_QUEUE_CAPACITY, maxBatchSize = DEFAULT_MAX_BATCH_SIZE }: BatchOptions,
  { exportIntervalMillis, graceMillis }: AzureSettings,
): BatchProcessorConfig {
  return {
    maxQueueSize: checkedSize('queueCapacity', queueCapacity),
    maxExportBatchSize: checkedSize('maxBatchSize', maxBatchSize),
    scheduledDelayMillis: exportIntervalMillis,
    // The processor's timer for an answer holds the process: it must not outlast the final flush.
    exportTimeoutMillis: graceMillis,
  };
}

function checkedSize(name: string, size: number): number {
  if (!Number.isSafeInteger(size) || size < 1)
    throw new RangeError(`${name}: expected a whole number above 0, found ${String(size)}`);
  return size;
}
