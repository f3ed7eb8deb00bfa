import { refusal, type Answer } from './answer.ts';
import type { Body } from './body.ts';
import { FaultQueue, type Fault } from './fault.ts';
import { RowFeed } from './row-feed.ts';
import type { TrackHandler } from './server.ts';
import { TableStore, type TableLimits } from './table-store.ts';
import { CLASSIC_TABLE_NAMES, type ClassicTableName } from './tables.ts';
import { track } from './track.ts';
import { Warnings } from './warnings.ts';

/** Takes what senders post: into the tables, to the listeners, with its warnings; or answers with a fault. */
export class Intake {
  readonly tables: ReadonlyMap<ClassicTableName, TableStore>;
  readonly feed: RowFeed = new RowFeed();
  readonly warnings: Warnings = new Warnings();
  readonly faults: FaultQueue = new FaultQueue();
  readonly #isStrict: boolean;

  constructor(limits: TableLimits, isStrict: boolean) {
    this.tables = new Map(CLASSIC_TABLE_NAMES.map(name => [name, new TableStore(limits)]));
    this.#isStrict = isStrict;
  }

  /** A track request has begun: which fault it meets is decided now, in the order of arrival. */
  begin(): ReturnType<TrackHandler['begin']> {
    const fault = this.faults.take();
    return body => (fault === undefined ? this.#take(body) : scripted(fault));
  }

  clear(): void {
    for (const table of this.tables.values()) table.clear();
    this.warnings.clear();
    this.faults.clear();
  }

  #take(body: Exclude<Body, { kind: 'aborted' }>): Answer {
    const { items, answer } = track(body, Date.now(), this.#isStrict);
    const rows = items.flatMap(({ row }) => row ?? []);
    for (const row of rows) this.tables.get(row.table)?.add(row);
    this.warnings.add(items);
    if (rows.length > 0) this.feed.publish(rows);
    return answer;
  }
}

function scripted({ status, retryAfterSeconds }: Fault): Answer {
  const { headers, ...answer } = refusal(status, 'As the test asked with failNext');
  if (retryAfterSeconds === undefined) return { ...answer, headers, status };
  return { ...answer, status, headers: { ...headers, 'retry-after': String(retryAfterSeconds) } };
}
