/* Runs esbuild with the options that are its argument, as JSON, as an application's own build script would. */
import { build } from 'esbuild';

await build({ bundle: true, logLevel: 'warning', ...JSON.parse(process.argv[2]) });
