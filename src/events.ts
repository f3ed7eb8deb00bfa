import { toErrorAttributes } from './logs/error-attributes.ts';
import { LogPipe } from './logs/log-pipe.ts';
import type { EmittedRecord } from './logs/logs-api.ts';
import { toPlainAttributes } from './logs/plain-value.ts';

/** What a row shows in `customDimensions`. */
export type EventProperties = Readonly<Record<string, unknown>>;
/** What a row shows in `customMeasurements`: finite numbers. */
export type EventMeasurements = Readonly<Record<string, number>>;

/** How a test of availability ended. */
export interface AvailabilityResult {
  /** The name of the test. */
  name: string;
  /** How long it took. */
  durationMillis: number;
  success: boolean;
  /**
   * Which run of the test this was.
   *
   * @defaultValue a random id
   */
  id?: string | undefined;
  /** From where it ran. */
  runLocation?: string | undefined;
  /** What went wrong. */
  message?: string | undefined;
  /**
   * When it ran.
   *
   * @defaultValue now
   */
  time?: Date | undefined;
  properties?: EventProperties | undefined;
  measurements?: EventMeasurements | undefined;
}

const INFO = 9;
const ERROR = 17;

const pipe = new LogPipe('azure-monitor-bridge/events');

/**
 * Makes a row of `customEvents`.
 *
 * As all functions here: belongs to the active span, never throws, and is sent by the logger provider that the program
 * has registered; while there is none by a private one, in batches, the last of them at the natural end of the program.
 */
export function trackEvent(name: string, properties?: EventProperties, measurements?: EventMeasurements): void {
  track(() => ({
    severityNumber: INFO,
    body: name,
    attributes: { ...toAttributes(properties, measurements), 'microsoft.custom_event.name': name },
  }));
}

/** Makes a row of `availabilityResults`. */
export function trackAvailability(result: AvailabilityResult): void {
  track(() => ({
    severityNumber: result.success ? INFO : ERROR,
    body: result.message,
    attributes: {
      ...toAttributes(result.properties, result.measurements),
      'microsoft.availability.id': result.id ?? crypto.randomUUID(),
      'microsoft.availability.name': result.name,
      'microsoft.availability.duration': result.durationMillis,
      'microsoft.availability.success': result.success,
      'microsoft.availability.runLocation': result.runLocation,
      'microsoft.availability.message': result.message,
      'microsoft.availability.testTimestamp': result.time?.toISOString(),
    },
  }));
}

/** Makes a row of `exceptions`, with the stack and the causes of an error. What was thrown may be any value. */
export function trackException(error: unknown, properties?: EventProperties): void {
  track(() => {
    const attributes = { ...toAttributes(properties), ...toErrorAttributes(error) };
    return { severityNumber: ERROR, body: attributes['exception.message'], attributes };
  });
}

/** Makes a row of `pageViews`. */
export function trackPageView(
  name: string,
  url?: string,
  properties?: EventProperties,
  measurements?: EventMeasurements,
): void {
  track(() => ({
    severityNumber: INFO,
    // Of the forms that Azure's exporters agree on only the classic SDK's has page views.
    body: { name, ...(url !== undefined && { url }), ...(measurements !== undefined && { measurements }) },
    attributes: { ...toAttributes(properties), '_MS.baseType': 'PageViewData' },
  }));
}

function track(toRecord: () => EmittedRecord): void {
  pipe.emit('azure-monitor-bridge/events', toRecord);
}

function toAttributes(properties?: EventProperties, measurements?: EventMeasurements): Record<string, unknown> {
  return {
    ...toPlainAttributes(properties ?? {}),
    ...(measurements !== undefined && { 'microsoft.custom_measurements': { ...measurements } }),
  };
}
