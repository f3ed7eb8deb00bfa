import type { StoredRow } from './rows.ts';

/** Someone who wants to know of rows. */
export interface RowListener {
  /** Called once a request, when all its rows are in their tables. */
  onRows(rows: readonly StoredRow[]): void;
  /** Called when no row will come any more. */
  onClosed?(): void;
}

/** Tells whoever listens about the rows of each request. */
export class RowFeed {
  readonly #listeners = new Set<RowListener>();
  #isClosed = false;

  /** Returns the function that ends the subscription. */
  subscribe(listener: RowListener): () => void {
    if (this.#isClosed) listener.onClosed?.();
    else this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  publish(rows: readonly StoredRow[]): void {
    for (const listener of this.#copy()) listener.onRows(rows);
  }

  close(): void {
    this.#isClosed = true;
    for (const listener of this.#copy()) listener.onClosed?.();
    this.#listeners.clear();
  }

  /** A listener may end its subscription while it is told. */
  #copy(): RowListener[] {
    return [...this.#listeners];
  }
}
