import type { Answer } from './answer.ts';
import type { ReadableBody } from './body.ts';
import { FaultQueue, type Fault } from './fault.ts';
import { Receipts } from './receipts.ts';
import { RowFeed } from './row-feed.ts';
import { scriptedAnswer } from './scripted-answer.ts';
import { TableStore, type TableLimits } from './table-store.ts';
import { CLASSIC_TABLE_NAMES, type ClassicTableName } from './tables.ts';
import { track, type TrackedItem } from './track.ts';
import { Warnings } from './warnings.ts';

/** Takes what senders post: into the tables, to the listeners, with its warnings and receipts. */
export class Intake {
  readonly tables: ReadonlyMap<ClassicTableName, TableStore>;
  readonly feed: RowFeed = new RowFeed();
  readonly warnings: Warnings = new Warnings();
  readonly faults: FaultQueue = new FaultQueue();
  readonly receipts: Receipts = new Receipts();
  readonly #isStrict: boolean;

  constructor(limits: TableLimits, isStrict: boolean) {
    this.tables = new Map(CLASSIC_TABLE_NAMES.map(name => [name, new TableStore(limits)]));
    this.#isStrict = isStrict;
  }

  /** A track request has begun: which fault it meets is decided now, in the order of arrival. */
  begin(): Fault {
    this.receipts.begin();
    return this.faults.take() ?? {};
  }

  /** Takes the body of a request, as far as its fault lets it, and says what to answer. */
  take(body: ReadableBody, fault: Fault): Answer {
    const tracked = track(body, Date.now(), this.#isStrict);
    const { answer, kept } = scriptedAnswer(tracked, fault);
    this.receipts.add(tracked.items, kept);
    this.#keep(kept);
    return answer;
  }

  clear(): void {
    for (const table of this.tables.values()) table.clear();
    this.warnings.clear();
    this.faults.clear();
    this.receipts.clear();
  }

  #keep(items: readonly TrackedItem[]): void {
    const rows = items.flatMap(({ row }) => row ?? []);
    for (const row of rows) this.tables.get(row.table)?.add(row);
    this.warnings.add(items);
    if (rows.length > 0) this.feed.publish(rows);
  }
}
