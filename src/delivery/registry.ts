import { diag } from '@opentelemetry/api';
import type { Delivery, DeliveryOptions } from './delivery.ts';
import { DeliveryHandle } from './delivery-handle.ts';
import { maskKey } from './redact.ts';
import { SharedDelivery, type World } from './shared-delivery.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/delivery' });

/** Every open delivery of the process, with how many exporters hold it. */
type Registry = Map<SharedDelivery, number>;

/** The process-wide record. Its name carries the version of what is in it. */
const REGISTRY = Symbol.for('azure-monitor-bridge.delivery.v1');

type Global = typeof globalThis & { [REGISTRY]?: Registry };

/** The options that two exporters must have in common to share a delivery. */
const SHARED_OPTIONS = ['credential', 'tokenScope', 'memoryMaxBytes', 'agent', 'storage'] as const;

/**
 * Opens a way to the service.
 *
 * Exporters with the same endpoint, key, credential and limits share one delivery, also when one was loaded as an ES
 * module and the other as CommonJS; it closes with the last of them. Exporters of one resource that differ in these
 * options get a delivery each, and the user is told. `world` is for tests.
 */
export function openDelivery(options: DeliveryOptions, world?: Partial<World>): Delivery {
  const registry = ((globalThis as Global)[REGISTRY] ??= new Map());
  const shared = find(registry, options) ?? new SharedDelivery(options, world);
  registry.set(shared, (registry.get(shared) ?? 0) + 1);
  if (options.meterProvider !== undefined) shared.observe(options.meterProvider);
  const stopListening = options.onEvent === undefined ? undefined : shared.listen(options.onEvent);
  return new DeliveryHandle(shared, async millisLeft => {
    await release(registry, shared, millisLeft);
    stopListening?.();
  });
}

function find(registry: Registry, options: DeliveryOptions): SharedDelivery | undefined {
  const { ingestionEndpoint, instrumentationKey } = options;
  const ofResource = [...registry.keys()].filter(
    shared =>
      shared.options.ingestionEndpoint === ingestionEndpoint &&
      shared.options.instrumentationKey === instrumentationKey,
  );
  const differences = ofResource.map(shared => SHARED_OPTIONS.filter(name => differ(shared.options, options, name)));
  const same = differences.findIndex(names => names.length === 0);
  if (same >= 0) return ofResource[same];
  const names = differences[0];
  if (names !== undefined) {
    log.warn(
      `Exporters of the resource ${maskKey(instrumentationKey)} differ in ${names.join(', ')}: ` +
        'they do not share memory and connections. Give them the same options.',
    );
  }
  return undefined;
}

function differ(one: DeliveryOptions, other: DeliveryOptions, name: (typeof SHARED_OPTIONS)[number]): boolean {
  if (name === 'storage') return JSON.stringify(one.storage) !== JSON.stringify(other.storage);
  return one[name] !== other[name];
}

async function release(registry: Registry, shared: SharedDelivery, millisLeft: number): Promise<void> {
  const holders = (registry.get(shared) ?? 1) - 1;
  if (holders > 0) {
    registry.set(shared, holders);
    return;
  }
  registry.delete(shared);
  await shared.close(millisLeft);
}
