import type { SpanData } from './span-data.ts';
import type { SpanExporter } from './span-exporter.ts';
import { toPythonText } from './printed-forms.ts';

/** Prints each span to stdout when it has ended. */
export class PrintExporter implements SpanExporter {
  export(spanDatas: readonly SpanData[]): void {
    // oxlint-disable-next-line no-console
    console.log(toPythonText(spanDatas));
  }
}
