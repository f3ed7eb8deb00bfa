/**
 * What makes connections: an agent of `node:https` or `node:http`, or of a package such as `https-proxy-agent`.
 *
 * Says what such an agent has without naming Node.js's type, which applications without `@types/node` cannot compile.
 */
export interface HttpAgent {
  maxSockets: number;
  destroy(): void;
}

/** What the environment says about proxies, by Node.js's names: `HTTPS_PROXY`, `NO_PROXY`, or in small letters. */
export type ProxyEnvironment = Readonly<Record<string, string>>;
