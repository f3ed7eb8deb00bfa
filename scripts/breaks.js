/*
 * Breaks the library on purpose, in a copy, one line at a time, and runs the tests that should notice: `npm run
 * test:breaks`, about two minutes. Fails when they stay green with a break, or when a line is no longer there to break.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const COPIED = ['src', 'test', 'package.json', 'tsconfig.json', '.mocharc.json'];
const LIMIT_MILLIS = 120_000;

/** What is done wrong, where, the line and what becomes of it, and the tests that should turn red. */
const BREAKS = [
  {
    what: 'removes a file before the answer',
    file: 'src/delivery/disk-drain.ts',
    line: 'round.took(file.batch.body.byteLength);',
    instead: 'round.took(file.batch.body.byteLength); await file.done();',
    tests: ['test/delivery/disk-storage.test.ts'],
  },
  {
    what: 'writes a file under its name at once, without a rename',
    file: 'src/spool/write-file.ts',
    line: 'const temporary = path.join(writing.folder, writing.temporaryName);',
    instead: 'const temporary = path.join(writing.folder, writing.name);',
    tests: ['test/spool/crash-points.test.ts', 'test/spool/full-disk.test.ts', 'test/spool/spool.test.ts'],
  },
  {
    what: 'takes every item of a 206 for accepted',
    file: 'src/delivery/settlement.ts',
    line: 'const again = await parcel.pick(outcome.retry);',
    instead: 'const again = await parcel.pick([]);',
    tests: ['test/delivery/protocol.test.ts', 'test/delivery/conservation.test.ts'],
  },
  {
    what: 'takes errors of a 206 for those of the first items',
    file: 'src/delivery/track-answer.ts',
    line: 'return { index: index as number, statusCode',
    instead: 'return { index: 0, statusCode',
    tests: ['test/delivery/protocol.test.ts'],
  },
  {
    what: 'has no deadlines for the parts of a request',
    file: 'src/delivery/http-transport.ts',
    line: 'agent: this.#agent, timeout: { ...this.#timeouts } });',
    instead: 'agent: this.#agent });',
    tests: ['test/delivery/http-transport.test.ts', 'test/delivery/protocol.test.ts'],
  },
  {
    what: 'has no deadline for all requests of a body together',
    file: 'src/delivery/ingestion-endpoint.ts',
    line: 'const timeoutMillis = Math.max(1, Math.round(journey.deadlineMillis - this.#now));',
    instead: 'const timeoutMillis = 30_000;',
    tests: ['test/delivery/ingestion-endpoint.test.ts'],
  },
  {
    what: 'reads files of other users',
    file: 'src/spool/read-file.ts',
    line: 'if (expectation.uid !== undefined && uid !== expectation.uid)',
    instead: 'if (expectation.uid === -1)',
    tests: ['test/spool/read-file.test.ts'],
  },
  {
    what: 'stores in folders of other users',
    file: 'src/spool/safe-folder.ts',
    line: 'if (uid !== ownUid) return',
    instead: 'if (uid === -1) return',
    tests: ['test/spool/safe-folder.test.ts'],
  },
  {
    what: 'does not verify checksums',
    file: 'src/spool/file-format.ts',
    line: 'if (head !== `${MAGIC}${formatChecksum(crc32(checked))} `) return undefined;',
    instead: 'if (!head.startsWith(MAGIC)) return undefined;',
    tests: ['test/spool/file-format.test.ts'],
  },
  {
    what: 'does not renew what it holds',
    file: 'src/spool/taker.ts',
    line: "loan.isLost ||= (await loan.file.claim()).kind === 'gone';",
    instead: '',
    tests: ['test/spool/spool.test.ts'],
  },
  {
    what: 'never takes over what the dead hold',
    file: 'src/spool/keeper.ts',
    line: 'for (const file of this.#watch.lapsed(claimed))',
    instead: 'for (const file of this.#watch.lapsed(claimed).slice(0, 0))',
    tests: ['test/spool/spool.test.ts', 'test/spool/crash-points.test.ts'],
  },
  {
    what: 'knows no bound on disk',
    file: 'src/spool/writer.ts',
    line: 'while (missing() > 0) {',
    instead: 'while (missing() > Infinity) {',
    tests: ['test/spool/spool.test.ts', 'test/spool/exit.test.ts'],
  },
  {
    what: 'does not tell what is evicted',
    file: 'src/spool/stock.ts',
    line: 'if (this.#take(slip)) this.#onLoss(slip.counts, loss);',
    instead: 'this.#take(slip);',
    tests: ['test/spool/spool.test.ts', 'test/spool/model.test.ts'],
  },
  {
    what: 'calls SUCCESS before a batch is on disk',
    file: 'src/delivery/sender.ts',
    line: 'await this.#parts.storage.keep();\n    ticket.hold(handedOver);',
    instead: 'ticket.hold(handedOver);\n    await this.#parts.storage.keep();',
    tests: ['test/delivery/disk-storage.test.ts'],
  },
  {
    what: 'waits for an answer without spilling',
    file: 'src/delivery/sender.ts',
    line: 'const timer = clock.schedule(HOLD_AFTER_MILLIS, () => void this.#hold(ticket));',
    instead: 'const timer = clock.schedule(100 * HOLD_AFTER_MILLIS, () => void this.#hold(ticket));',
    tests: ['test/delivery/disk-storage.test.ts'],
  },
  {
    what: 'does not wait as long as the service asks',
    file: 'src/delivery/gate.ts',
    line: 'if (retryAfterMillis !== undefined) return nowMillis + retryAfterMillis * (1 + RETRY_AFTER_JITTER * random());',
    instead: '',
    tests: ['test/delivery/gate.test.ts', 'test/delivery/long-waits.test.ts'],
  },
  {
    what: 'empties the disk as fast as it goes',
    file: 'src/delivery/drain-pace.ts',
    line: 'if (this.#isHurried) return 0;',
    instead: 'if (!this.#isHurried) return 0;',
    tests: ['test/delivery/drain-pace.test.ts', 'test/delivery/disk-storage.test.ts'],
  },
  {
    what: 'writes once more what was being written at the end',
    file: 'src/spool/exit-writer.ts',
    line: 'underWay?.batch.body === batch.body && ',
    instead: 'underWay === undefined && underWay && ',
    tests: ['test/delivery/flush-on-exit.test.ts'],
  },
];

const copy = mkdtempSync(path.join(tmpdir(), 'azure-monitor-breaks-'));
let unnoticed = 0;
try {
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true, filter: isOurs });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  const all = [...new Set(BREAKS.flatMap(({ tests }) => tests))];
  if (!passes(all)) throw new Error('Tests fail before anything is broken');
  for (const each of BREAKS) if (!isNoticed(each)) unnoticed += 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${BREAKS.length - unnoticed} of ${BREAKS.length} breaks were noticed`);
if (unnoticed > 0) process.exitCode = 1;

function isNoticed({ what, file, line, instead, tests }) {
  const whole = readFileSync(path.join(ROOT, file), 'utf8');
  if (whole.split(line).length !== 2) throw new Error(`${file} has not once: ${line}`);
  writeFileSync(
    path.join(copy, file),
    whole.replace(line, () => instead),
  );
  const noticed = !passes(tests);
  writeFileSync(path.join(copy, file), whole);
  console.log(`${noticed ? 'noticed  ' : 'UNNOTICED'} ${what}`);
  return noticed;
}

/** A test that never ends has noticed, too. */
function passes(tests) {
  const mocha = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
  const { status } = spawnSync(process.execPath, [mocha, '--bail', ...tests], {
    cwd: copy,
    env: { ...process.env, MODEL_RUNS: '200' },
    stdio: 'ignore',
    timeout: LIMIT_MILLIS,
  });
  return status === 0;
}

function isOurs(source) {
  return !source.includes('node_modules');
}
