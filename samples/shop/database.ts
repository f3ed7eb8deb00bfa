/** A PostgreSQL for the shop: PGlite behind a socket of its own, in memory, gone with the process. */
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { setFlagsFromString } from 'node:v8';
import { announceReady, endWithParent } from './parent.ts';

endWithParent();

// Nine megabytes of WebAssembly, compiled once and quickly instead of twice: the start takes 3 s, not 5.
setFlagsFromString('--liftoff-only');

const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 1 });
await server.start();
announceReady(`postgres://postgres@${server.getServerConn()}/shop`);
