import { ConfigurationError } from './configuration-error.ts';

/** Which identity of Azure sends telemetry. */
export interface ManagedIdentity {
  /** Of a user-assigned identity; absent for the one of the machine or service itself. */
  readonly clientId: string | undefined;
}

const CLIENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads `Authorization=AAD` or `Authorization=AAD;ClientId=…`, the two forms of `APPLICATIONINSIGHTS_AUTHENTICATION_STRING`.
 *
 * @see <https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication>
 * @throws ConfigurationError AUTHENTICATION_STRING_INVALID
 */
export function parseAuthenticationString(text: string): ManagedIdentity {
  const pairs = text
    .split(';')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(toPair);
  const values = new Map(pairs);
  const clientId = values.get('clientid');
  const isKnown = [...values.keys()].every(key => key === 'authorization' || key === 'clientid');
  if (!isKnown || values.size !== pairs.length) throw invalid('keys that are none, or twice the same');
  if (values.get('authorization')?.toUpperCase() !== 'AAD') throw invalid('no Authorization=AAD');
  if (clientId !== undefined && !CLIENT_ID.test(clientId)) throw invalid('a ClientId that is no GUID');
  return { clientId };
}

function toPair(part: string): [key: string, value: string] {
  const [key = '', ...value] = part.split('=');
  return [key.trim().toLowerCase(), value.join('=').trim()];
}

function invalid(found: string): ConfigurationError {
  return new ConfigurationError(
    'AUTHENTICATION_STRING_INVALID',
    `APPLICATIONINSIGHTS_AUTHENTICATION_STRING: expected "Authorization=AAD" or "Authorization=AAD;ClientId=…", found ${found}. ` +
      'Correct it, or unset it and pass the option credential.',
  );
}
