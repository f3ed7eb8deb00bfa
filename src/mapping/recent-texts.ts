/** How many texts of one age are remembered: with those before them some 200 KB at most, if all are long. */
const MAX_TEXTS = 500;

/**
 * Remembers what texts were made into, for as long as they keep coming: what has not come for a while is forgotten.
 * The same text always gives the same, remembered or not.
 */
export class RecentTexts {
  #recent = new Map<string, string>();
  #older = new Map<string, string>();

  /** What `make` makes of the text. It depends on nothing else. */
  get(text: string, make: () => string): string {
    const recent = this.#recent.get(text);
    if (recent !== undefined) return recent;
    const made = this.#older.get(text) ?? make();
    if (this.#recent.size >= MAX_TEXTS) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(text, made);
    return made;
  }
}
