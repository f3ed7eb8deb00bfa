/* A root hook of mocha, for every run: what a test leaves open fails the run instead of keeping it alive for ever. */

const PATIENCE_MILLIS = 5000;

/** Ends the process when something keeps it alive after the last test, and says what. */
export function mochaGlobalTeardown(): void {
  const look = setTimeout(() => {
    process.stderr.write(`Still open after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`);
    // Registered after mocha's own listener, which sets the number of failures.
    process.on('exit', () => {
      process.exitCode = 1;
    });
    process.exit();
  }, PATIENCE_MILLIS);
  look.unref();
}
