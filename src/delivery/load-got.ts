import type { ExtendOptions, Got, RequestFunction } from 'got';
import http from 'node:http';
import https from 'node:https';
import { requireFromNode } from '../optional-packages.ts';

/**
 * Loads got, an ES module, when it is first needed: it costs a hundred times what importing this library does.
 *
 * It posts compressed JSON, once, and takes every answer for one.
 */
export async function loadGot(): Promise<Got> {
  return (await importGot()).extend(OPTIONS);
}

/** got passes on three dozen options that are not set, and Node.js copies each of them three times. */
const requestWithoutExtras: RequestFunction = (url, { method, headers, agent }, onResponse) => {
  const { request } = url.protocol === 'https:' ? https : http;
  return request(url, { method, headers, agent } as http.RequestOptions, onResponse);
};

const OPTIONS: ExtendOptions = {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    accept: 'application/json',
    'user-agent': 'azure-monitor-bridge',
  },
  request: requestWithoutExtras,
  retry: { limit: 0 },
  throwHttpErrors: false,
  followRedirect: false,
  decompress: false,
};

async function importGot(): Promise<Got> {
  try {
    return (await import('got')).got;
  } catch (error) {
    if (!isRefusedBySandbox(error)) throw error;
    return (requireFromNode('got') as { got: Got }).got;
  }
}

/** jest runs CommonJS in a `vm` context, where `import()` is refused. <https://nodejs.org/api/errors.html> */
function isRefusedBySandbox(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code?.startsWith('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING') === true;
}
