import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { makeProject, type Project } from '../journey/project.ts';
import type { Service } from './service.ts';

const APPS = ['worker.mjs', 'later.mjs'];

/** What a worker says of itself: how many spans it made, and the stats of its exporter. */
export interface WorkerStats {
  readonly made: number;
  readonly accepted: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly memoryItems: number;
  readonly diskItems: number;
  readonly residentBytes: number;
  /** What is in use of its memory, after a collection of garbage where it may ask for one. */
  readonly usedBytes: number;
  /** How many files and sockets it has open; 0 where the system does not say. */
  readonly descriptors: number;
}

/** How a worker differs from a service with default settings. */
export interface WorkerOptions {
  readonly spansPerSecond: number;
  /** For the exporter; its storage is that of the fleet unless this says otherwise. */
  readonly exporterOptions?: Readonly<Record<string, unknown>>;
  /** For the batch processor. */
  readonly processorOptions?: Readonly<Record<string, unknown>>;
  /** Lives five minutes later, so that what dead processes had claimed is free. */
  readonly isLater?: boolean;
  /** Collects garbage before it says what memory it uses. */
  readonly isTidy?: boolean;
}

/** Processes that export to one service over one storage folder, and what they say was exported with success. */
export class Fleet {
  readonly storageDirectory: string;
  readonly #project: Project;
  readonly #service: Service;
  readonly #workers = new Set<Worker>();
  #started = 0;
  #readBytes = 0;

  private constructor(project: Project, service: Service) {
    this.#project = project;
    this.#service = service;
    this.storageDirectory = path.join(project.folder, 'storage');
    for (const app of APPS) cpSync(path.join(import.meta.dirname, app), path.join(project.folder, app));
  }

  static async make(service: Service): Promise<Fleet> {
    return new Fleet(await makeProject('otel2'), service);
  }

  /** Starts a worker, and resolves when it makes spans. */
  async start(options: WorkerOptions): Promise<Worker> {
    this.#started += 1;
    const settings = {
      number: this.#started,
      spansPerSecond: options.spansPerSecond,
      confirmedFile: this.#confirmedFile,
      exporterOptions: {
        connectionString: this.#service.connectionString,
        storageDirectory: this.storageDirectory,
        ...options.exporterOptions,
      },
      processorOptions: options.processorOptions,
    };
    const child = fork('worker.mjs', [JSON.stringify(settings)], {
      cwd: this.#project.folder,
      execArgv: [
        ...(options.isLater === true ? ['--import', './later.mjs'] : []),
        ...(options.isTidy === true ? ['--expose-gc'] : []),
      ],
    });
    const worker = new Worker(child);
    this.#workers.add(worker);
    await once(child, 'message');
    return worker;
  }

  /** The ids of the spans that any worker was told are exported. */
  confirmedIds(): Set<string> {
    if (!existsSync(this.#confirmedFile)) return new Set();
    // A process that was killed within a write leaves part of a line, which it was not told to have written.
    const lines = readFileSync(this.#confirmedFile, 'utf8').split('\n');
    return new Set(lines.filter(line => line.length === 16));
  }

  /** Those of them that were written since the last call. */
  newlyConfirmedIds(): string[] {
    if (!existsSync(this.#confirmedFile)) return [];
    const text = readFrom(this.#confirmedFile, this.#readBytes);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.#readBytes += whole.length;
    return whole.split('\n').filter(line => line.length === 16);
  }

  /** Confirmed spans that the service has not taken. */
  missingIds(): string[] {
    return [...this.confirmedIds()].filter(id => !this.#service.taken.has(id));
  }

  /** Files in the storage, whatever they are. */
  storedFiles(): string[] {
    if (!existsSync(this.storageDirectory)) return [];
    const entries = readdirSync(this.storageDirectory, { recursive: true, withFileTypes: true });
    return entries.filter(entry => entry.isFile()).map(entry => entry.name);
  }

  async remove(): Promise<void> {
    await Promise.all([...this.#workers].map(worker => worker.kill()));
    await this.#project.remove();
  }

  get #confirmedFile(): string {
    return path.join(this.#project.folder, 'confirmed.txt');
  }
}

/** One process of a fleet. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  stats(): Promise<WorkerStats> {
    return this.#ask('stats');
  }

  /** Makes no more spans; resolves when all are sent or on disk. */
  flush(): Promise<WorkerStats> {
    return this.#ask('flush');
  }

  /** Shuts its provider down and lets the process end. */
  async stop(): Promise<WorkerStats> {
    const stats = await this.#ask('stop');
    await this.#ended;
    return stats;
  }

  /** As `kill -9` does. */
  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #ask(question: 'stats' | 'flush' | 'stop'): Promise<WorkerStats> {
    const answer = Promise.race([once(this.#child, 'message'), this.#ended.then(() => undefined)]);
    this.#child.send(question);
    const [stats] = (await answer) ?? [];
    if (stats === undefined) throw new Error('The worker ended before it answered');
    return stats as WorkerStats;
  }
}

function readFrom(file: string, position: number): string {
  const descriptor = openSync(file, 'r');
  const rest = Buffer.alloc(fstatSync(descriptor).size - position);
  const bytesRead = readSync(descriptor, rest, 0, rest.byteLength, position);
  closeSync(descriptor);
  return rest.toString('latin1', 0, bytesRead);
}
