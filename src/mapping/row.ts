import type { EnvelopeData } from '../envelope/envelope.ts';
import type { Row } from '../envelope/item.ts';
import type { MappingContext } from './context.ts';
import { inOnePiece, membersOf, quoted, type JsonMembers } from './json-text.ts';
import type { Resource } from './opentelemetry.ts';
import { resourceTags } from './tags.ts';

/** What is known of an item before its row is put together. */
export interface RowParts {
  /** The table it is for, by the name of its data. */
  readonly baseType: EnvelopeData['baseType'];
  readonly resource: Resource;
  /** Each after a comma, besides those of the resource. */
  readonly tags: JsonMembers;
  /** ISO 8601, as {@link toEnvelopeTime} makes it. */
  readonly time: string;
  /** Percentage of the items like this one that were kept; 100 when nothing was sampled out. */
  readonly sampleRate: number;
  /** The members of its data. */
  readonly data: JsonMembers;
}

/** Puts the row of an item together: its envelope as JSON. */
export function toRow({ baseType, resource, tags, time, sampleRate, data }: RowParts, context: MappingContext): Row {
  return (
    beginningsOf(resource, context)[baseType] +
    (tags + (sampleRate === 100 ? '},"sampleRate":100,"time":"' : `},"sampleRate":${sampleRate},"time":"`)) +
    (time + MIDDLES[baseType] + data + '}}}')
  );
}

const MIDDLES: Beginnings = {
  RequestData: middleOf('RequestData'),
  RemoteDependencyData: middleOf('RemoteDependencyData'),
  MessageData: middleOf('MessageData'),
  ExceptionData: middleOf('ExceptionData'),
  EventData: middleOf('EventData'),
  AvailabilityData: middleOf('AvailabilityData'),
  PageViewData: middleOf('PageViewData'),
  MetricData: middleOf('MetricData'),
};

function middleOf(baseType: string): string {
  return inOnePiece(`","data":{"baseType":"${baseType}","baseData":{`);
}

type Beginnings = Readonly<Record<EnvelopeData['baseType'], string>>;
type FixedContext = Pick<MappingContext, 'instrumentationKey' | 'hostName' | 'sdkVersion' | 'options'>;

/** How rows of a resource begin, once made, and for whom: a process has few resources and many items. */
const beginnings = new WeakMap<Resource, { readonly made: Beginnings; readonly context: FixedContext }>();

function beginningsOf(resource: Resource, context: MappingContext): Beginnings {
  const known = beginnings.get(resource);
  if (known !== undefined && isSameProcess(known.context, context)) return known.made;
  const made = toBeginnings(resource, context);
  const { instrumentationKey, hostName, sdkVersion, options } = context;
  // What is still being looked up will be there next time.
  if (resource.asyncAttributesPending !== true)
    beginnings.set(resource, { made, context: { instrumentationKey, hostName, sdkVersion, options } });
  return made;
}

function isSameProcess(one: FixedContext, other: FixedContext): boolean {
  return (
    one.instrumentationKey === other.instrumentationKey &&
    one.hostName === other.hostName &&
    one.sdkVersion === other.sdkVersion &&
    one.options === other.options
  );
}

function toBeginnings(resource: Resource, context: MappingContext): Beginnings {
  const shared = `"iKey":${quoted(context.instrumentationKey)},"tags":{${membersOf(resourceTags(resource, context))}`;
  const beginningOf = (name: string) => inOnePiece(`{"ver":1,"name":"Microsoft.ApplicationInsights.${name}",${shared}`);
  return {
    RequestData: beginningOf('Request'),
    RemoteDependencyData: beginningOf('RemoteDependency'),
    MessageData: beginningOf('Message'),
    ExceptionData: beginningOf('Exception'),
    EventData: beginningOf('Event'),
    AvailabilityData: beginningOf('Availability'),
    PageViewData: beginningOf('PageView'),
    MetricData: beginningOf('Metric'),
  };
}
