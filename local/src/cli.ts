#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { arrivalLine, countLines } from './arrival-line.ts';
import { DEFAULT_PORT, type LocalMonitor } from './local-monitor.ts';
import { startLocalMonitor } from './monitor.ts';
import { VERSION } from './version.ts';

const USAGE = `Usage: azure-monitor-local [--port N]

Application Insights on this machine: telemetry that is sent to it is printed as it arrives.

  --port N     the port on 127.0.0.1, ${DEFAULT_PORT} if not given; 0 takes a free one
  --help       this text
  --version    the version`;

const OPTIONS = {
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** What the command line asks for, or what is wrong with it. */
type Command =
  | { readonly kind: 'run'; readonly port: number }
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'wrong'; readonly reason: string };

main(readCommand(process.argv.slice(2))).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

function readCommand(args: string[]): Command {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.help === true) return { kind: 'print', text: USAGE };
    if (values.version === true) return { kind: 'print', text: VERSION };
    const port = Number(values.port ?? DEFAULT_PORT);
    if (Number.isInteger(port) && port >= 0 && port < 65_536) return { kind: 'run', port };
    return { kind: 'wrong', reason: `--port: expected a number from 0 to 65535, found ${JSON.stringify(values.port)}` };
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : 'unreadable arguments' };
  }
}

async function main(command: Command): Promise<void> {
  switch (command.kind) {
    case 'print':
      return console.log(command.text);
    case 'wrong':
      console.error(`${command.reason}\n\n${USAGE}`);
      process.exitCode = 2;
      return;
    case 'run':
      return run(await startLocalMonitor({ port: command.port }));
  }
}

function run(monitor: LocalMonitor): void {
  console.log(`azure-monitor-local ${VERSION} listens on ${monitor.url}

APPLICATIONINSIGHTS_CONNECTION_STRING="${monitor.connectionString}"

Senders that insist on HTTPS, as the official exporter does, also need
NODE_EXTRA_CA_CERTS="${monitor.caFile}"
`);
  monitor.onRow(arrival => console.log(arrivalLine(arrival)));
  let isStopping = false;
  const stop = (): void => {
    if (!isStopping) finish(monitor);
    isStopping = true;
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Whoever read the output is gone, as in `azure-monitor-local | head`.
  process.stdout.on('error', stop);
}

function finish(monitor: LocalMonitor): void {
  console.log(`\n${countLines(monitor.counts()).join('\n')}`);
  const warnings = monitor.warnings().length;
  if (warnings > 0) console.log(`\nAzure would reject, cut or show oddly ${warnings} of what arrived.`);
  void monitor.close();
}
