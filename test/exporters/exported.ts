import type { Delivered, Delivery } from '../../src/delivery/delivery.ts';
import { bytesOf, type DropReason } from '../../src/delivery/item.ts';
import type { DeliveryStats } from '../../src/delivery/stats.ts';
import { BatchEncoder } from '../../src/exporters/batch-encoder.ts';
import { ExportPipeline } from '../../src/exporters/export-pipeline.ts';
import type { TelemetrySource } from '../../src/exporters/telemetry-source.ts';
import type { ExportResult } from '../../src/mapping/opentelemetry.ts';
import { mappingContext } from '../mapping/mapping-context.ts';

/** What came of one batch. */
export interface Exported {
  readonly results: readonly ExportResult[];
  readonly items: readonly Uint8Array[];
  /** How many items were lost, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

/** Exports a batch through the pipeline that the exporters have, up to the delivery. */
export async function exported<Batch, Entry>(source: TelemetrySource<Batch, Entry>, batch: Batch): Promise<Exported> {
  const items: Uint8Array[] = [];
  const dropped: Partial<Record<DropReason, number>> = {};
  const delivery: Delivery = {
    send: async (sent): Promise<Delivered> => {
      items.push(...sent.map(bytesOf));
      return { kind: 'sent' };
    },
    drop: (reason, _signal, count = 1) => {
      dropped[reason] = (dropped[reason] ?? 0) + count;
    },
    flush: async () => undefined,
    shutdown: async () => undefined,
    stats: () => ({}) as DeliveryStats,
  };
  const pipeline = new ExportPipeline(source, new BatchEncoder(source, undefined), mappingContext(), delivery);
  const results: ExportResult[] = [];
  pipeline.export(batch, result => results.push(result));
  await pipeline.forceFlush();
  return { results, items, dropped };
}
