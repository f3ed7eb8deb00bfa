import { diag, DiagLogLevel } from '@opentelemetry/api';

/** Runs `work`, and gives back the warnings it caused, without their namespace and what came with them. */
export function warningsOf(work: () => void): string[] {
  const warnings: string[] = [];
  const silent = (): void => undefined;
  diag.setLogger(
    {
      verbose: silent,
      debug: silent,
      info: silent,
      error: silent,
      warn: (_namespace: string, ...[message]: unknown[]) => warnings.push(String(message)),
    },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  try {
    work();
  } finally {
    diag.disable();
  }
  return warnings;
}
