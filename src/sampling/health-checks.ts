import { isSpanContextValid, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { AttributeReader } from '../mapping/attributes.ts';
import { SpanKind } from '../mapping/opentelemetry.ts';
import { HTTP_TARGET, URL_FULL, URL_PATH, USER_AGENT } from '../mapping/semconv.ts';
import { parseUrl } from '../mapping/url.ts';
import { ApplicationInsightsSampler } from './application-insights-sampler.ts';
import { DROPPED, type Sampler, type SamplingResult } from './sampler.ts';

/** Where services are asked how they are. */
const HEALTH_PATHS: readonly string[] = [
  '/health',
  '/healthz',
  '/health/live',
  '/health/ready',
  '/livez',
  '/live',
  '/liveness',
  '/readyz',
  '/ready',
  '/readiness',
  '/startupz',
  '/ping',
  '/_health',
  '/robots933456.txt', // App Service asks for it to see whether a container is up.
];

/** How the programs begin their user agent that ask services how they are. */
const HEALTH_AGENTS: readonly string[] = [
  'kube-probe/',
  'HealthCheck/', // App Service
  'Edge Health Probe', // Azure Front Door
  'Load Balancer Agent', // Azure Load Balancer
  'ELB-HealthChecker/',
  'GoogleHC/',
  'Consul Health Check',
];
/** App Service's "Always On" calls itself so and nothing more; availability tests, which matter, only hold the word. */
const ALWAYS_ON_AGENT = 'AlwaysOn';

/** What may be said to {@link dropHealthChecks}. */
export interface HealthCheckOptions {
  /** Decides about all other requests. @defaultValue keeps all and follows parents */
  sampler?: Sampler | undefined;
  /** Paths of health checks, whole, with their slash. @defaultValue the usual ones, such as `/healthz` */
  paths?: readonly string[] | undefined;
}

/**
 * A sampler that records no health checks, and nothing that is done to answer them.
 *
 * A request is a health check by its path, or by the user agent of the probes of Kubernetes and of the clouds.
 */
export function dropHealthChecks({
  sampler = new ApplicationInsightsSampler(),
  paths = HEALTH_PATHS,
}: HealthCheckOptions = {}): Sampler {
  return new HealthCheckSampler(sampler, new Set(paths));
}

class HealthCheckSampler implements Sampler {
  readonly #sampler: Sampler;
  readonly #paths: ReadonlySet<string>;

  constructor(sampler: Sampler, paths: ReadonlySet<string>) {
    this.#sampler = sampler;
    this.#paths = paths;
  }

  shouldSample(...span: Parameters<Sampler['shouldSample']>): SamplingResult {
    const [context, , , kind, attributes] = span;
    // The sampler behind may be one that does not ask for parents.
    if (isChildOfDropped(context)) return DROPPED;
    if (kind === SpanKind.SERVER && this.#isHealthCheck(new AttributeReader(attributes))) return DROPPED;
    return this.#sampler.shouldSample(...span);
  }

  toString(): string {
    return `dropHealthChecks{${this.#sampler.toString()}}`;
  }

  #isHealthCheck(attributes: AttributeReader): boolean {
    const path = pathOf(attributes);
    if (path !== undefined && this.#paths.has(path)) return true;
    const agent = attributes.peekText(USER_AGENT);
    if (agent === undefined) return false;
    return agent === ALWAYS_ON_AGENT || HEALTH_AGENTS.some(start => agent.startsWith(start));
  }
}

function pathOf(attributes: AttributeReader): string | undefined {
  const target = attributes.peekText(HTTP_TARGET);
  return (
    attributes.peekText(URL_PATH) ??
    target?.slice(0, target.search(/[?#]|$/)) ??
    parseUrl(attributes.peekText(URL_FULL) ?? '')?.path
  );
}

/** Only in this process: what another one dropped is for the sampler behind to judge. */
function isChildOfDropped(context: Context): boolean {
  const parent = trace.getSpanContext(context);
  if (parent === undefined || !isSpanContextValid(parent) || parent.isRemote === true) return false;
  return (parent.traceFlags & TraceFlags.SAMPLED) === 0;
}
