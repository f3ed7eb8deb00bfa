import type { AttributeReader } from './attributes.ts';
import * as semconv from './semconv.ts';

/**
 * Takes the percentage of items like this one that were kept, as a sampler has written it.
 *
 * What no sampler can have written means that nothing was sampled out.
 */
export function takeSampleRate(attributes: AttributeReader): number {
  const percentage = attributes.peekNumber(semconv.SAMPLE_RATE);
  if (percentage === undefined || percentage <= 0 || percentage > 100) return 100;
  attributes.take(semconv.SAMPLE_RATE);
  return percentage;
}
