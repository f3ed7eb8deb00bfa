import type { Measurements } from '../envelope/envelope.ts';
import type { JsonMembers } from './json-text.ts';

/** What a span becomes, before its dimensions and tags. */
export interface SpanData {
  readonly baseType: 'RequestData' | 'RemoteDependencyData';
  /** The fields of its data. */
  readonly members: JsonMembers;
  /** The name of the operation that a request is. */
  readonly operationName?: string;
  readonly measurements?: Measurements | undefined;
}
