/** A token for the service, as `@azure/identity` gives it. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
  /** When to ask for the next one, if the issuer says; milliseconds since 1970. */
  readonly refreshAfterTimestamp?: number | undefined;
}

/** Who may speak for an application. Every credential of `@azure/identity` is one; its package is not needed here. */
export interface TokenCredential {
  getToken(scopes: string | string[]): Promise<AccessToken | null>;
}
