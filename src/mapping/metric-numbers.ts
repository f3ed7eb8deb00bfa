import type { DataPoint } from '../envelope/envelope.ts';
import type { OmissionReason } from './omissions.ts';
import { DataPointType } from './opentelemetry.ts';

/** The service reads `count` as a 32-bit integer. */
const MAX_COUNT = 0x7f_ff_ff_ff;

/** What a data point says: its numbers, nothing at all, or what cannot be sent. */
export type PointReading =
  | { readonly kind: 'numbers'; readonly numbers: Pick<DataPoint, 'value' | 'count' | 'min' | 'max'> }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unusable'; readonly reason: OmissionReason };

const UNCONVERTIBLE: PointReading = { kind: 'unusable', reason: 'unconvertible' };
const NON_FINITE: PointReading = { kind: 'unusable', reason: 'non_finite' };

/**
 * Reads the numbers of a data point of a given type.
 *
 * A sum or gauge is one value. A histogram is its sum, with count, minimum and maximum; one that has counted
 * nothing is empty. A sum that the SDK did not keep, since it could have gone down, is 0.
 */
export function readNumbers(dataPointType: number, value: unknown): PointReading {
  switch (dataPointType) {
    case DataPointType.SUM:
    case DataPointType.GAUGE:
      return readValue(value, { count: 1 });
    case DataPointType.HISTOGRAM:
    case DataPointType.EXPONENTIAL_HISTOGRAM:
      return typeof value === 'object' && value !== null ? readHistogram(value) : UNCONVERTIBLE;
    default:
      return UNCONVERTIBLE;
  }
}

function readValue(value: unknown, others: Pick<DataPoint, 'count' | 'min' | 'max'>): PointReading {
  const number = toNumber(value);
  if (number === undefined) return UNCONVERTIBLE;
  return Number.isFinite(number) ? { kind: 'numbers', numbers: { value: number, ...others } } : NON_FINITE;
}

function readHistogram(histogram: { count?: unknown; sum?: unknown; min?: unknown; max?: unknown }): PointReading {
  const count = toNumber(histogram.count);
  if (count === 0) return { kind: 'empty' };
  const [min, max] = [toNumber(histogram.min), toNumber(histogram.max)];
  return readValue(histogram.sum ?? 0, {
    ...(count !== undefined && count > 0 && count <= MAX_COUNT && Number.isInteger(count) && { count }),
    ...(min !== undefined && Number.isFinite(min) && { min }),
    ...(max !== undefined && Number.isFinite(max) && { max }),
  });
}

/** A bigint that a number cannot hold exactly is none. */
function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
}
