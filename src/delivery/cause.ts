/** What stands behind a failure that will pass; each has its own advice to the user. */
export type Cause =
  | 'network'
  | 'name_resolution'
  | 'tls'
  | 'service'
  | 'quota'
  | 'credential'
  | 'unauthorized'
  | 'invalid_key'
  | 'not_found'
  | 'misdirected'
  | 'captive_portal';

/** What to do about a failure that stays; `undefined` when waiting is all there is to do. */
export function adviceOn(cause: Cause, host: string, scope: string | undefined): string | undefined {
  switch (cause) {
    case 'network':
    case 'name_resolution':
    case 'service':
      return undefined;
    case 'tls':
      return `The certificate of ${host} is not trusted here: check the system's clock and the proxies on the way.`;
    case 'quota':
      return 'The daily cap of the resource is reached: raise it, or send less, for example by sampling.';
    case 'credential':
      return `Check that the credential can get a token for ${scope}.`;
    case 'unauthorized':
      return adviceOnAuthorization(host, scope);
    case 'invalid_key':
      return "The resource is not known: copy the connection string again from the resource's Overview page.";
    case 'not_found':
      return `Nothing takes telemetry at ${host}: copy the connection string again from the resource's Overview page.`;
    case 'misdirected':
      return `${host} redirects elsewhere: check the connection string, and the proxies on the way.`;
    case 'captive_portal':
      return `Something on the way answers in place of ${host}: a proxy, or the login page of a network.`;
  }
}

/** The role is that of https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication. */
function adviceOnAuthorization(host: string, scope: string | undefined): string {
  if (scope === undefined)
    return `${host} asks for a token: the resource allows no local authentication. Pass a credential.`;
  return `Grant the credential's identity the role "Monitoring Metrics Publisher" on the resource. The token was for ${scope}.`;
}
