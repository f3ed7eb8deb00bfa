import type { Dimensions, Measurements } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import type { InstrumentationScope } from './opentelemetry.ts';
import { toMeasurements } from './measurements.ts';
import { toProperties } from './properties.ts';
import * as semconv from './semconv.ts';
import type { EnvelopeTime } from './time.ts';

/** A property that the mapping adds to those of the user. */
export type Note = readonly [key: string, value: unknown];

/**
 * Custom dimensions and measurements of a row: `notes` first, then the attributes that no field has taken.
 *
 * To be called last, when every field has taken what it shows.
 */
export function toDimensions(
  attributes: AttributeReader,
  notes: readonly Note[],
  context: MappingContext,
  ownMeasurements?: Measurements,
): Dimensions {
  const custom = toMeasurements(attributes.peek(semconv.CUSTOM_MEASUREMENTS), context.omissions);
  if (custom !== undefined) attributes.take(semconv.CUSTOM_MEASUREMENTS);
  const entries = notes.length === 0 ? attributes.rest() : [...notes, ...attributes.rest()];
  const properties = toProperties(entries, context.options, context.omissions);
  const measurements = ownMeasurements === undefined ? custom : { ...custom, ...ownMeasurements };
  return { ...(properties !== undefined && { properties }), ...(measurements !== undefined && { measurements }) };
}

/** What every row notes: the time it was given, if that one had to be replaced, and the instrumentation, if asked for. */
export function commonNotes(
  { original }: EnvelopeTime,
  scope: InstrumentationScope,
  { options }: MappingContext,
): Note[] {
  const notes: Note[] = [];
  note(notes, 'original_time', original);
  if (!options.includeScope) return notes;
  note(notes, 'otel.scope.name', scope.name);
  note(notes, 'otel.scope.version', scope.version);
  return notes;
}

/** Adds a note, unless there is nothing to say. */
export function note(notes: Note[], key: string, value: unknown): void {
  if (value !== undefined && value !== '') notes.push([key, value]);
}
