/*
 * From telemetry to bytes as the exporters do it, without the delivery behind it; and the delivery of bytes that are
 * ready. tree.js bundles both from the sources.
 */
import { openDelivery } from '../src/delivery/registry.ts';
import type { Delivered } from '../src/delivery/delivery.ts';
import type { Item } from '../src/delivery/item.ts';
import { BatchEncoder } from '../src/exporters/batch-encoder.ts';
import type { TelemetrySource } from '../src/exporters/telemetry-source.ts';
import { logToRow } from '../src/mapping/log.ts';
import { metricPoints, pointToRows, type MetricPointInput } from '../src/mapping/metric.ts';
import { Omissions } from '../src/mapping/omissions.ts';
import type { ReadableLogRecord, ReadableSpan, ResourceMetrics } from '../src/mapping/opentelemetry.ts';
import { spanToRows } from '../src/mapping/span.ts';

const CONTEXT = {
  instrumentationKey: '11111111-2222-3333-4444-555555555555',
  sdkVersion: 'azure-monitor-bridge:0.1.0',
  hostName: 'bench',
  options: {
    successStatusCodes: new Set<number>(),
    includeScope: false,
    dropZeroSums: false,
    urlQuery: 'redact-values',
  },
} as const;

/** Turns a batch of spans, log records or metrics into bytes; gives how many. */
export function openSerializer(signal: 'spans' | 'logs' | 'metrics'): (batch: never) => Promise<number> {
  const encode = openEncoder(signal);
  return async batch => (await encode(batch)).reduce((bytes, { byteLength }) => bytes + byteLength + 1, 1);
}

/** What is left of an exporter of spans when its bytes are ready: `prepare` makes them, `send` hands them over. */
export function openReadyDelivery(port: number): {
  prepare: (batch: never) => Promise<readonly Item[]>;
  send: (items: readonly Item[]) => Promise<Delivered>;
  shutdown: () => Promise<void>;
} {
  const delivery = openDelivery({
    ingestionEndpoint: `http://127.0.0.1:${port}/`,
    instrumentationKey: CONTEXT.instrumentationKey,
  });
  return {
    prepare: openEncoder('spans'),
    send: items => delivery.send(items, 'traces'),
    shutdown: () => delivery.shutdown(),
  };
}

function openEncoder(signal: 'spans' | 'logs' | 'metrics'): (batch: never) => Promise<readonly Item[]> {
  switch (signal) {
    case 'spans':
      return encoderOf<readonly ReadableSpan[], ReadableSpan>({
        signal: 'traces',
        entriesOf: spans => spans,
        resourceOf: span => span.resource,
        toRows: spanToRows,
      });
    case 'logs':
      return encoderOf<readonly ReadableLogRecord[], ReadableLogRecord>({
        signal,
        entriesOf: records => records,
        resourceOf: record => record.resource,
        toRows: (record, context) => [logToRow(record, context)],
      });
    case 'metrics':
      return encoderOf<ResourceMetrics, MetricPointInput>({
        signal,
        entriesOf: metricPoints,
        resourceOf: point => point.resource,
        toRows: pointToRows,
      });
  }
}

function encoderOf<Batch, Entry>(source: TelemetrySource<Batch, Entry>): (batch: Batch) => Promise<readonly Item[]> {
  const encoder = new BatchEncoder(source, undefined);
  return async batch => {
    const context = { ...CONTEXT, nowMillis: Date.now(), omissions: new Omissions() };
    return encoder.encode(batch, context, loss => {
      throw new Error(`an item was lost: ${loss}`);
    });
  };
}
