import type { SpanData } from '../../src/opencensus/span-data.ts';
import type { SpanExporter } from '../../src/opencensus/span-exporter.ts';

/** Keeps what it is given. */
export class CollectedSpans implements SpanExporter {
  /** By export. */
  readonly exports: (readonly SpanData[])[] = [];

  export(spanDatas: readonly SpanData[]): void {
    this.exports.push(spanDatas);
  }

  get spans(): SpanData[] {
    return this.exports.flat();
  }

  get names(): string[] {
    return this.spans.map(({ name }) => name);
  }

  /** The name of each span's parent, by the name of the span; `null` for a root. */
  get parents(): Record<string, string | null> {
    const names = new Map<string | null, string>(this.spans.map(({ spanId, name }) => [spanId, name]));
    return Object.fromEntries(this.spans.map(({ name, parentSpanId }) => [name, names.get(parentSpanId) ?? null]));
  }

  named(name: string): SpanData {
    const span = this.spans.find(each => each.name === name);
    if (span === undefined) throw new Error(`no span ${name} among ${this.names.join(', ')}`);
    return span;
  }
}
