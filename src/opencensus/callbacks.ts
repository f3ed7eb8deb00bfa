import { warnOnce } from './warn-once.ts';

/** Functions of the user's that are told of something each time it happens. */
export class Callbacks<T> {
  readonly #callbacks = new Set<(value: T) => void>();

  /** What is returned takes the function away again. */
  add(callback: (value: T) => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  /** Does not throw when one of them does. */
  tell(value: T): void {
    for (const callback of this.#callbacks) {
      try {
        callback(value);
      } catch (error) {
        warnOnce(callback, 'A callback threw', error);
      }
    }
  }
}
