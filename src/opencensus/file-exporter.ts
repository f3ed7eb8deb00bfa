import { diag } from '@opentelemetry/api';
import { promises } from 'node:fs';
import { toLegacyTraceJson } from './legacy-trace-json.ts';
import type { SpanData } from './span-data.ts';
import type { SpanExporter } from './span-exporter.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

/** How spans are written to a file. */
export interface FileExporterOptions {
  /** @defaultValue 'opencensus-traces.json' in the working directory */
  fileName?: string | undefined;
  /**
   * `w` overwrites the file at each export, so that it holds the last span; `a` appends.
   *
   * @defaultValue 'w'
   */
  fileMode?: 'w' | 'a' | undefined;
}

/** Writes each span to a file as JSON when it has ended. The program ends when all are written. */
export class FileExporter implements SpanExporter {
  readonly #fileName: string;
  readonly #fileMode: 'w' | 'a';
  #written: Promise<void> = Promise.resolve();

  constructor({ fileName = 'opencensus-traces.json', fileMode = 'w' }: FileExporterOptions = {}) {
    this.#fileName = fileName;
    this.#fileMode = fileMode;
  }

  export(spanDatas: readonly SpanData[]): void {
    const text = JSON.stringify(toLegacyTraceJson(spanDatas));
    this.#written = this.#written.then(() => this.#write(text));
  }

  /** Resolves when all is written that was exported up to now. */
  forceFlush(): Promise<void> {
    return this.#written;
  }

  async #write(text: string): Promise<void> {
    try {
      await promises.writeFile(this.#fileName, text, { flag: this.#fileMode });
    } catch (error) {
      log.warn(`Spans could not be written to ${this.#fileName}`, error);
    }
  }
}
