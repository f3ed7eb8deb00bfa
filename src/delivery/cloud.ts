/** One of Azure's clouds, as far as sending telemetry goes. */
interface Cloud {
  /** Ends of the host names that belong to its ingestion service, and to nobody else. */
  readonly ingestionHosts: readonly string[];
  /** Ends of the host names by which a configured endpoint is known to be in this cloud. */
  readonly configuredHosts: readonly string[];
  readonly tokenScope: string;
}

/**
 * The hosts that `httpSender.js` of @azure/monitor-opentelemetry-exporter 1.0.0-beta.47 trusts, but of the Application
 * Insights domains the ingestion hosts alone. The scopes are those of
 * https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication with each cloud's own domain.
 */
const PUBLIC: Cloud = {
  ingestionHosts: ['.services.visualstudio.com', '.in.applicationinsights.azure.com', '.monitor.azure.com'],
  configuredHosts: ['.services.visualstudio.com', '.applicationinsights.azure.com', '.monitor.azure.com'],
  tokenScope: 'https://monitor.azure.com//.default',
};

const CLOUDS: readonly Cloud[] = [
  PUBLIC,
  {
    ingestionHosts: ['.in.applicationinsights.azure.us', '.monitor.azure.us'],
    configuredHosts: ['.applicationinsights.azure.us', '.applicationinsights.us', '.monitor.azure.us'],
    tokenScope: 'https://monitor.azure.us//.default',
  },
  {
    ingestionHosts: ['.in.applicationinsights.azure.cn', '.monitor.azure.cn'],
    configuredHosts: ['.applicationinsights.azure.cn', '.monitor.azure.cn'],
    tokenScope: 'https://monitor.azure.cn//.default',
  },
];

/** No empty label, which the parser of addresses lets pass. */
const HOST_NAME = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** Whether `host` takes telemetry in the cloud that the configured endpoint is in. No, where that is no cloud of Azure. */
export function isOfSameCloud(host: string, configuredHost: string): boolean {
  return HOST_NAME.test(host) && endsWithOneOf(host, cloudOf(configuredHost)?.ingestionHosts ?? []);
}

/**
 * What a token must be for, to send telemetry to this host.
 *
 * `audience` is that of the connection string, or a whole scope; without one it is that of the host's cloud, or of the
 * public one.
 */
export function tokenScopeFor(configuredHost: string, audience: string | undefined): string {
  if (audience === undefined) return (cloudOf(configuredHost) ?? PUBLIC).tokenScope;
  return audience.endsWith('/.default') ? audience : `${audience}/.default`;
}

function cloudOf(host: string): Cloud | undefined {
  return CLOUDS.find(({ configuredHosts }) => endsWithOneOf(host, configuredHosts));
}

function endsWithOneOf(host: string, ends: readonly string[]): boolean {
  return ends.some(end => host.endsWith(end));
}
