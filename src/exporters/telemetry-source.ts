import type { Envelope } from '../envelope/envelope.ts';
import type { MappingContext } from '../mapping/context.ts';
import type { Resource } from '../mapping/opentelemetry.ts';

/** What differs between the three signals: how a batch falls into entries, and an entry into envelopes. */
export interface TelemetrySource<Batch, Entry> {
  readonly signal: 'traces' | 'metrics' | 'logs';
  entriesOf(batch: Batch): Iterable<Entry>;
  resourceOf(entry: Entry): Resource;
  /** Pure. May throw for an entry that cannot be converted: it costs that entry. */
  toEnvelopes(entry: Entry, context: MappingContext): Envelope[];
}
