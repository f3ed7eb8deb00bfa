import type { Dimensions, Measurements } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import type { InstrumentationScope } from './opentelemetry.ts';
import { toMeasurements } from './measurements.ts';
import { toProperties } from './properties.ts';
import * as semconv from './semconv.ts';
import type { EnvelopeTime } from './time.ts';

/** A property that the mapping adds to those of the user, unless its value is absent or empty. */
export type Note = readonly [key: string, value: unknown];

/**
 * Custom dimensions and measurements of a row: `notes` first, then the attributes that no field has taken.
 *
 * To be called last, when every field has taken what it shows.
 */
export function toDimensions(
  attributes: AttributeReader,
  notes: Iterable<Note>,
  context: MappingContext,
  ownMeasurements?: Measurements,
): Dimensions {
  const custom = toMeasurements(attributes.peek(semconv.CUSTOM_MEASUREMENTS), context.omissions);
  if (custom !== undefined) attributes.take(semconv.CUSTOM_MEASUREMENTS);
  const properties = toProperties(joined(notes, attributes.rest()), context.options, context.omissions);
  const measurements = ownMeasurements === undefined ? custom : { ...custom, ...ownMeasurements };
  return { ...(properties !== undefined && { properties }), ...(measurements !== undefined && { measurements }) };
}

/** What every row notes: the time it was given, if that one had to be replaced, and the instrumentation, if asked for. */
export function* commonNotes(
  { original }: EnvelopeTime,
  scope: InstrumentationScope,
  { options }: MappingContext,
): Generator<Note> {
  yield ['original_time', original];
  if (!options.includeScope) return;
  yield ['otel.scope.name', scope.name];
  yield ['otel.scope.version', scope.version];
}

function* joined(notes: Iterable<Note>, attributes: Iterable<Note>): Generator<Note> {
  for (const note of notes) if (note[1] !== undefined && note[1] !== '') yield note;
  yield* attributes;
}
