/*
 * The wire schema of Azure Monitor's ingestion service: one telemetry item is one envelope.
 * Source: the public Bond schemas and the models generated from them,
 * https://github.com/microsoft/ApplicationInsights-dotnet/tree/main/BASE/Schema/PublicSchema
 */

/** One telemetry item as the ingestion service takes it. */
export interface Envelope {
  ver: 1;
  /** `Microsoft.ApplicationInsights.` and the kind of item. */
  name: string;
  /** When it happened, ISO 8601 with milliseconds, in UTC. */
  time: string;
  /** Percentage of the items like this one that were kept, above 0, at most 100: its row stands for 100 / sampleRate. */
  sampleRate: number;
  iKey: string;
  tags: Tags;
  data: EnvelopeData;
}

/** What an envelope is about; `baseType` says which table its row goes to. */
export type EnvelopeData =
  | { baseType: 'RequestData'; baseData: RequestData }
  | { baseType: 'RemoteDependencyData'; baseData: RemoteDependencyData }
  | { baseType: 'MessageData'; baseData: MessageData }
  | { baseType: 'ExceptionData'; baseData: ExceptionData }
  | { baseType: 'EventData'; baseData: EventData }
  | { baseType: 'AvailabilityData'; baseData: AvailabilityData }
  | { baseType: 'PageViewData'; baseData: PageViewData }
  | { baseType: 'MetricData'; baseData: MetricData };

/** What an item has in common with others of its process or operation, by `ai.…` key. */
export type Tags = Record<string, string>;

/** Custom dimensions of a row. */
export type Properties = Record<string, string>;

/** Custom measurements of a row: finite numbers. */
export type Measurements = Record<string, number>;

/** How grave a message or an exception is. */
export type SeverityLevel = 'Verbose' | 'Information' | 'Warning' | 'Error' | 'Critical';

/** What every kind of item but a metric may carry. */
export interface Dimensions {
  properties?: Properties;
  measurements?: Measurements;
}

/** Work this service did for somebody. Table `requests`. */
export interface RequestData extends Dimensions {
  ver: 2;
  id: string;
  name: string;
  /** `[d.]hh:mm:ss.fffffff`, below 1000 days. */
  duration: string;
  success: boolean;
  responseCode: string;
  /** Who asked. */
  source?: string;
  url?: string;
}

/** A call this service made: to a server, a database, a queue, or itself. Table `dependencies`. */
export interface RemoteDependencyData extends Dimensions {
  ver: 2;
  id: string;
  name: string;
  /** `[d.]hh:mm:ss.fffffff`, below 1000 days. */
  duration: string;
  success: boolean;
  resultCode: string;
  type: string;
  target?: string;
  data?: string;
}

/** A line of a log. Table `traces`. */
export interface MessageData extends Dimensions {
  ver: 2;
  message: string;
  severityLevel?: SeverityLevel;
}

/** An error. Table `exceptions`. */
export interface ExceptionData extends Dimensions {
  ver: 2;
  /** The outermost first, its causes after it. */
  exceptions: ExceptionDetails[];
  severityLevel?: SeverityLevel;
}

/** One error of a chain. */
export interface ExceptionDetails {
  /** Starts at 1; only there when the chain has more than one error. */
  id?: number;
  /** The `id` of the error that this one caused. */
  outerId?: number;
  typeName: string;
  /** Never empty: the service refuses exceptions without a message. */
  message: string;
  hasFullStack: boolean;
  stack?: string;
  parsedStack?: StackFrame[];
}

/** One frame of a stack, the innermost being level 0. */
export interface StackFrame {
  level: number;
  method: string;
  assembly?: string;
  fileName?: string;
  line?: number;
}

/** Something that happened, in the application's own terms. Table `customEvents`. */
export interface EventData extends Dimensions {
  ver: 2;
  name: string;
}

/** The result of an availability test. Table `availabilityResults`. */
export interface AvailabilityData extends Dimensions {
  ver: 2;
  id: string;
  name: string;
  duration: string;
  success: boolean;
  runLocation?: string;
  message?: string;
}

/** A page that somebody looked at. Table `pageViews`. */
export interface PageViewData extends Dimensions {
  ver: 2;
  id?: string;
  name: string;
  url?: string;
  duration?: string;
  referredUri?: string;
}

/** A measured value, or several taken together. Table `customMetrics`. */
export interface MetricData {
  ver: 2;
  /** The schema allows several; Azure reads the first. */
  metrics: [DataPoint];
  properties?: Properties;
}

/** The numbers of a metric. */
export interface DataPoint {
  ns?: string;
  name: string;
  kind: 'Measurement' | 'Aggregation';
  value: number;
  count?: number;
  min?: number;
  max?: number;
}
