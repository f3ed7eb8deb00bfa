import type { Row } from '../envelope/item.ts';
import type { MappingContext } from '../mapping/context.ts';
import type { Resource } from '../mapping/opentelemetry.ts';

/** What differs between the three signals: how a batch falls into entries, and an entry into rows. */
export interface TelemetrySource<Batch, Entry> {
  readonly signal: 'traces' | 'metrics' | 'logs';
  entriesOf(batch: Batch): Iterable<Entry>;
  resourceOf(entry: Entry): Resource;
  /** Pure. May throw for an entry that cannot be converted: it costs that entry. */
  toRows(entry: Entry, context: MappingContext): Row[];
}
