import type { Got } from 'got';
import { requireFromNode } from '../optional-packages.ts';

/** Loads got, an ES module, when it is first needed: it costs a hundred times what importing this library does. */
export async function loadGot(): Promise<Got> {
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
