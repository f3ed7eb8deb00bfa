import type { TokenCredential } from '../delivery/token-credential.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { loadOptionalPackage } from '../optional-packages.ts';
import type { ManagedIdentity } from '../authentication-string.ts';

/** What of `@azure/identity` is used. <https://learn.microsoft.com/javascript/api/@azure/identity/managedidentitycredential> */
interface AzureIdentity {
  readonly ManagedIdentityCredential: new (options?: { clientId: string }) => TokenCredential;
}

/** One credential an identity and process: exporters share a delivery only when they share the credential. */
const CREDENTIALS = Symbol.for('azure-monitor-bridge.managed-identities.v1');

type Global = typeof globalThis & { [CREDENTIALS]?: Map<string, TokenCredential> };

/**
 * Makes the credential of a managed identity with `@azure/identity`, which the user installs.
 *
 * @throws ConfigurationError PACKAGE_MISSING
 */
export function credentialOf({ clientId }: ManagedIdentity): TokenCredential {
  const credentials = ((globalThis as Global)[CREDENTIALS] ??= new Map());
  const known = credentials.get(clientId ?? '');
  if (known !== undefined) return known;
  const { ManagedIdentityCredential } = loadIdentity();
  const credential =
    clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
  credentials.set(clientId ?? '', credential);
  return credential;
}

function loadIdentity(): AzureIdentity {
  try {
    return loadOptionalPackage('@azure/identity', {
      neededBy: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    }) as AzureIdentity;
  } catch (error) {
    throw new ConfigurationError('PACKAGE_MISSING', error instanceof Error ? error.message : String(error));
  }
}
