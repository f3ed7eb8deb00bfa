import type { Measurements } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { membersOf, type JsonMembers } from './json-text.ts';
import { toMeasurements } from './measurements.ts';
import type { InstrumentationScope } from './opentelemetry.ts';
import { toProperties } from './properties.ts';
import * as semconv from './semconv.ts';
import { ShownProperty } from './shown-property.ts';
import type { EnvelopeTime } from './time.ts';

/** A property that the mapping adds to those of the user. */
export type Note = readonly [key: string, value: unknown];

/**
 * Custom dimensions and measurements of a row, each after a comma: `notes` first, then the attributes that no field has
 * taken.
 *
 * To be called last, when every field has taken what it shows.
 */
export function toDimensions(
  attributes: AttributeReader,
  notes: readonly Note[],
  context: MappingContext,
  ownMeasurements?: Measurements,
): JsonMembers {
  const custom = toMeasurements(attributes.peek(semconv.CUSTOM_MEASUREMENTS), context.omissions);
  if (custom !== undefined) attributes.take(semconv.CUSTOM_MEASUREMENTS);
  const measurements = ownMeasurements === undefined ? custom : { ...custom, ...ownMeasurements };
  const properties = toPropertyMembers(attributes, notes, context);
  return (
    (properties === '' ? '' : `,"properties":{${properties}}`) +
    (measurements === undefined ? '' : `,"measurements":${JSON.stringify(measurements)}`)
  );
}

/** The members of the object that holds the properties of a row; empty for none. */
export function toPropertyMembers(
  attributes: AttributeReader,
  notes: readonly Note[],
  context: MappingContext,
): JsonMembers {
  const { shape } = attributes;
  const shown = shape.properties;
  if (shown === undefined || !notes.every(([key]) => !shape.has(key) && shownNotes.has(key)))
    return toUnusualMembers(attributes, notes, context);
  let members = '';
  for (const [key, value] of notes)
    members += (shownNotes.get(key) as ShownProperty).show(value, members === '', context);
  for (let place = 0; place < shown.length; place += 1) {
    const value = attributes.untaken(place);
    if (value !== undefined) members += (shown[place] as ShownProperty).show(value, members === '', context);
  }
  return members;
}

/** Keys that are long or hold what has to be looked at, keys that are there twice, or more of them than a row may have. */
function toUnusualMembers(attributes: AttributeReader, notes: readonly Note[], context: MappingContext): JsonMembers {
  const properties = toProperties([...notes, ...attributes.rest()], context.options, context.omissions);
  return properties === undefined ? '' : membersOf(properties);
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

const shownNotes: ReadonlyMap<string, ShownProperty> = new Map(
  [
    'original_time',
    'otel.scope.name',
    'otel.scope.version',
    'otel.status_description',
    'w3c.tracestate',
    '_MS.links',
    'event.name',
    'Logger Message',
  ].map(key => [key, new ShownProperty(key)]),
);
