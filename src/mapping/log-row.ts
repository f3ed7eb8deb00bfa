import type { EnvelopeData, Measurements } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import type { Note } from './dimensions.ts';
import type { JsonMembers } from './json-text.ts';
import type { HrTime, ReadableLogRecord } from './opentelemetry.ts';

/** What a log record becomes, before its dimensions and tags. */
export interface LogRow {
  readonly baseType: Exclude<EnvelopeData['baseType'], 'MetricData'>;
  /** The fields of its data. */
  readonly members: JsonMembers;
  /** What the row knows besides the attributes and has no field for. */
  readonly notes?: readonly Note[];
  readonly measurements?: Measurements | undefined;
  /** When it happened, if that is not the time of the record. */
  readonly time?: HrTime | undefined;
}

/** Reads a log record as one kind of row. `undefined`, and no attribute taken, when it is none of that kind. */
export type LogReading = (
  record: ReadableLogRecord,
  attributes: AttributeReader,
  context: MappingContext,
) => LogRow | undefined;
