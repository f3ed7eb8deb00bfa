import { isSpanContextValid, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { DROPPED, keptAt, type SamplingResult } from './sampler.ts';

/** What a sampler does about a trace that another process has begun. */
export type RemoteParents = 'follow' | 'decide-again';

/**
 * The decision that a parent has taken for its child, or `undefined` when there is none to follow.
 *
 * A parent in this process hands its percentage on. One in another process cannot: what it kept counts once.
 */
export function decisionOfParent(context: Context, remoteParents: RemoteParents): SamplingResult | undefined {
  const parent = trace.getSpan(context);
  const parentContext = parent?.spanContext();
  if (parentContext === undefined || !isSpanContextValid(parentContext)) return undefined;
  if (parentContext.isRemote === true && remoteParents === 'decide-again') return undefined;
  if ((parentContext.traceFlags & TraceFlags.SAMPLED) === 0) return DROPPED;
  return keptAt(percentageOf(parent));
}

/** The API does not promise that attributes can be read; the SDK's spans have them. */
function percentageOf(span: object | undefined): number {
  const { attributes } = (span ?? {}) as { attributes?: Readonly<Record<string, unknown>> };
  const percentage = attributes?.['microsoft.sample_rate'];
  return typeof percentage === 'number' && percentage > 0 && percentage < 100 ? percentage : 100;
}
