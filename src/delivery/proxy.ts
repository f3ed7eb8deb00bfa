import { diag } from '@opentelemetry/api';
import https from 'node:https';
import type { ProxyEnvironment } from './agent.ts';

/** Where `http.Agent` takes `proxyEnv` first, on each line. <https://nodejs.org/api/http.html#new-agentoptions> */
const FIRST_MINOR_OF_LINE: Readonly<Record<string, number>> = { 22: 21, 24: 5 };
const FIRST_LINE_OF_ALL = 25;

const log = diag.createComponentLogger({ namespace: 'azure-monitor/proxy' });
let isReported = false;

/**
 * Makes the agent for https. It goes through the proxy of the environment where this Node.js can; where it cannot, the
 * log says so once, and connections are direct.
 */
export function httpsAgent(options: https.AgentOptions, environment: ProxyEnvironment = {}): https.Agent {
  if (Object.keys(environment).length === 0) return new https.Agent(options);
  if (!knowsProxies(process.versions.node)) reportOnce();
  const withProxy: https.AgentOptions & { proxyEnv: ProxyEnvironment } = { ...options, proxyEnv: environment };
  return new https.Agent(withProxy);
}

/** Whether Node.js of this version connects through proxies by itself. */
export function knowsProxies(version: string): boolean {
  const [line = '', minor = ''] = version.split('.');
  const first = FIRST_MINOR_OF_LINE[line];
  return first === undefined ? Number(line) >= FIRST_LINE_OF_ALL : Number(minor) >= first;
}

function reportOnce(): void {
  if (isReported) return;
  isReported = true;
  log.warn(
    `HTTPS_PROXY is set, but Node.js ${process.versions.node} connects through no proxy by itself: telemetry is sent ` +
      'directly. Pass the option agent, such as new HttpsProxyAgent(…) of https-proxy-agent.',
  );
}
