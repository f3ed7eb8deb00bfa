import type { AttributeReader } from './attributes.ts';
import type { CallDetails } from './call.ts';
import * as semconv from './semconv.ts';
import { takeTarget } from './target.ts';

/** Describes a call to a model by who answers for it. What was asked and answered stays in the properties. */
export function describeGenerativeAi(attributes: AttributeReader): CallDetails {
  const provider = attributes.takeText(semconv.GEN_AI_PROVIDER);
  return { type: provider, target: takeTarget(attributes) ?? provider };
}
