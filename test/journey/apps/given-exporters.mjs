/* All signals through the exporters of the package that the command line names. */
import { sendThrough } from './providers.mjs';

await sendThrough(await import(process.argv[2]));
