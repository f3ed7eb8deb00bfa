import { diag } from '@opentelemetry/api';

/** What the library says by `diag` while `run` runs: level, logger and line. */
export async function linesOf(run: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const at =
    (level: string) =>
    (...said: unknown[]): number =>
      lines.push([level, ...said].join(' '));
  const logger = { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), verbose: at('verbose') };
  diag.setLogger(logger, { suppressOverrideMessage: true });
  try {
    await run();
  } finally {
    diag.disable();
  }
  return lines;
}
