import { listIn, type Environment } from './environment.ts';

/** What an application sends. */
export type Signal = 'traces' | 'metrics' | 'logs';

/** What becomes of one signal. */
export type Plan =
  /** This library has no part in it: the SDK reads the list itself. */
  | { readonly kind: 'left-to-sdk'; readonly names: readonly string[] }
  /** It goes to Azure Monitor if `azure` says so, to others beside it, or nowhere. */
  | {
      readonly kind: 'ours';
      readonly azure: boolean;
      readonly others: readonly OtherExporter[];
      readonly unknown: readonly string[];
    };

/** What becomes of all signals. */
export type Plans = Readonly<Record<Signal, Plan>>;

/** Exporters that can stand beside Azure Monitor's. */
export type OtherExporter = 'otlp' | 'console';

/** The name of this library's exporters. */
const AZURE_MONITOR = 'azure_monitor';

/**
 * Reads `OTEL_TRACES_EXPORTER`, `OTEL_METRICS_EXPORTER` and `OTEL_LOGS_EXPORTER`: a list of exporters each, in which
 * `azure_monitor` is this library's, and what is meant when there is no list. `none` turns the signal off.
 */
export function planSignals(environment: Environment): Plans {
  return {
    traces: toPlan(listIn(environment, 'OTEL_TRACES_EXPORTER')),
    metrics: toPlan(listIn(environment, 'OTEL_METRICS_EXPORTER')),
    logs: toPlan(listIn(environment, 'OTEL_LOGS_EXPORTER')),
  };
}

/** Whether a plan comes to nothing when Azure Monitor cannot be sent to. */
export function isOnlyForAzure(plan: Plan): boolean {
  return plan.kind === 'ours' && plan.others.length === 0;
}

function toPlan(names: readonly string[] = [AZURE_MONITOR]): Plan {
  if (names.includes('none')) return { kind: 'ours', azure: false, others: [], unknown: [] };
  if (!names.includes(AZURE_MONITOR)) return { kind: 'left-to-sdk', names };
  const beside = names.filter(name => name !== AZURE_MONITOR);
  return {
    kind: 'ours',
    azure: true,
    others: beside.filter(isKnown),
    unknown: beside.filter(name => !isKnown(name)),
  };
}

function isKnown(name: string): name is OtherExporter {
  return name === 'otlp' || name === 'console';
}
