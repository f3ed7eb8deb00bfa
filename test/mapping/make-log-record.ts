import type { AttributeMap, ReadableLogRecord } from '../../src/mapping/opentelemetry.ts';

/** Everything of a log record that a test may want to say; the rest is as in {@link makeLogRecord}. */
export type LogRecordParts = Partial<ReadableLogRecord> & { readonly resourceAttributes?: AttributeMap };

/** A log record with a fixed time, outside of any span, that says nothing but what it is told to. */
export function makeLogRecord({ resourceAttributes = {}, ...parts }: LogRecordParts = {}): ReadableLogRecord {
  return {
    hrTime: [1_795_348_800, 250_000_000],
    hrTimeObserved: [1_795_348_801, 0],
    resource: { attributes: { 'service.name': 'shop', 'service.instance.id': 'shop-1', ...resourceAttributes } },
    instrumentationScope: { name: 'test', version: '1.2.3' },
    attributes: {},
    ...parts,
  };
}
