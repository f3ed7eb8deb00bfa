import type * as Zlib from 'node:zlib';

/** Loads `node:zlib` when it is first needed: Node.js takes as long for it as for this library. */
export function loadZlib(): typeof Zlib {
  return process.getBuiltinModule('node:zlib');
}
