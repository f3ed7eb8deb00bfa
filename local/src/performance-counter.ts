import type { Envelope } from './envelope-check.ts';
import { isObject, toNumber, toText } from './json.ts';

/** A performance counter, taken apart. */
export interface PerformanceCounter {
  readonly name: string;
  readonly category: string;
  readonly counter: string;
  readonly instance: string;
  readonly value: number;
}

const COUNTER_NAME = /^\\([^\\(]+)(?:\(([^\\]*)\))?\\([^\\]+)$/;

/**
 * The performance counter in an envelope: an old PerformanceCounterData, or a metric whose name is that of a Windows
 * counter, `\Category(instance)\Counter`. Undefined for everything else.
 */
export function counterOf({ type, data }: Envelope): PerformanceCounter | undefined {
  if (type === 'PerformanceCounterData') {
    const [category, counter] = [toText(data.categoryName), toText(data.counterName)];
    const instance = toText(data.instanceName);
    return { name: counter, category, counter, instance, value: toNumber(data.value) ?? 0 };
  }
  const metric: unknown = type === 'MetricData' && Array.isArray(data.metrics) ? data.metrics[0] : undefined;
  if (!isObject(metric)) return undefined;
  const [, category, instance = '', counter] = COUNTER_NAME.exec(toText(metric.name)) ?? [];
  if (category === undefined || counter === undefined) return undefined;
  return { name: counter, category, counter, instance, value: toNumber(metric.value) ?? 0 };
}
