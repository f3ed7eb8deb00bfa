import type { DeliveryStats } from './stats.ts';

/** The part of OpenTelemetry's `MeterProvider` that is used here; every version of its API has it. */
export interface MeterProvider {
  getMeter(name: string): Meter;
}

interface Meter {
  createObservableCounter(name: string, options: InstrumentOptions): Observable;
  createObservableGauge(name: string, options: InstrumentOptions): Observable;
}

interface InstrumentOptions {
  readonly description: string;
  readonly unit: string;
}

interface Observable {
  addCallback(callback: ObservableCallback): void;
  removeCallback(callback: ObservableCallback): void;
}

type ObservableCallback = (result: ObservableResult) => void;

interface ObservableResult {
  observe(value: number, attributes?: Record<string, string>): void;
}

/** Every instrument: its kind, name, description and unit, and what it observes. */
const INSTRUMENTS: readonly [
  kind: 'counter' | 'gauge',
  name: string,
  description: string,
  unit: string,
  observe: (stats: DeliveryStats, result: ObservableResult) => void,
][] = [
  ['counter', 'created', 'Items handed over', '{item}', observeSignals('created')],
  ['counter', 'accepted', 'Items the service took', '{item}', observeSignals('accepted')],
  [
    'counter',
    'rejected',
    'Items the service refused',
    '{item}',
    (s, result) => observeEach(s.rejected, 'status', result),
  ],
  ['counter', 'dropped', 'Items lost on our side', '{item}', (s, result) => observeEach(s.dropped, 'reason', result)],
  ['gauge', 'memory.items', 'Items waiting or under way', '{item}', (s, result) => result.observe(s.memoryItems)],
  ['gauge', 'memory.size', 'What they take up', 'By', (s, result) => result.observe(s.memoryBytes)],
  ['gauge', 'disk.items', 'Items stored', '{item}', (s, result) => result.observe(s.diskItems)],
  ['gauge', 'disk.size', 'What they take up on disk', 'By', (s, result) => result.observe(s.diskBytes)],
  ['gauge', 'oldest', 'How long the oldest item has waited', 'ms', (s, result) => result.observe(s.oldestMillis)],
  ['gauge', 'open', '1 while requests may go out', '1', (s, result) => result.observe(s.gate.state === 'open' ? 1 : 0)],
];

/** Shows the stats of a delivery as `azure_monitor.delivery.*` metrics. Gives back how to stop. */
export function observeDelivery(provider: MeterProvider, stats: () => DeliveryStats): () => void {
  const meter = provider.getMeter('azure-monitor-bridge');
  const stops = INSTRUMENTS.map(([kind, name, description, unit, observe]) => {
    const fullName = `azure_monitor.delivery.${name}`;
    const options = { description, unit };
    const instrument =
      kind === 'counter'
        ? meter.createObservableCounter(fullName, options)
        : meter.createObservableGauge(fullName, options);
    const callback: ObservableCallback = result => observe(stats(), result);
    instrument.addCallback(callback);
    return () => instrument.removeCallback(callback);
  });
  return () => stops.forEach(stop => stop());
}

function observeSignals(what: 'created' | 'accepted'): (stats: DeliveryStats, result: ObservableResult) => void {
  return ({ signals }, result) => {
    for (const [signal, counts] of Object.entries(signals)) result.observe(counts[what], { signal });
  };
}

function observeEach(counts: Readonly<Record<string, number>>, attribute: string, result: ObservableResult): void {
  for (const [key, count] of Object.entries(counts)) result.observe(count, { [attribute]: key });
}
