import type { Envelope, EnvelopeData, Tags } from '../envelope/envelope.ts';
import type { MappingContext } from './context.ts';

/** What is known of an item before it is put into its envelope. */
export interface EnvelopeParts {
  /** ISO 8601, as {@link toEnvelopeTime} makes it. */
  readonly time: string;
  /** Percentage of the items like this one that were kept; 100 when nothing was sampled out. */
  readonly sampleRate: number;
  readonly tags: Tags;
  readonly data: EnvelopeData;
}

/** Puts an item into its envelope. */
export function toEnvelope({ time, sampleRate, tags, data }: EnvelopeParts, context: MappingContext): Envelope {
  return {
    ver: 1,
    name: ENVELOPE_NAMES[data.baseType],
    time,
    sampleRate,
    iKey: context.instrumentationKey,
    tags,
    data,
  };
}

const ENVELOPE_NAMES: Readonly<Record<EnvelopeData['baseType'], string>> = {
  RequestData: 'Microsoft.ApplicationInsights.Request',
  RemoteDependencyData: 'Microsoft.ApplicationInsights.RemoteDependency',
  MessageData: 'Microsoft.ApplicationInsights.Message',
  ExceptionData: 'Microsoft.ApplicationInsights.Exception',
  EventData: 'Microsoft.ApplicationInsights.Event',
  AvailabilityData: 'Microsoft.ApplicationInsights.Availability',
  PageViewData: 'Microsoft.ApplicationInsights.PageView',
  MetricData: 'Microsoft.ApplicationInsights.Metric',
};
