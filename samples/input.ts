import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Python's `input()`: asks on the terminal and gives the line; `undefined` at the end of the input. */
export async function input(question: string): Promise<string | undefined> {
  process.stdout.write(question);
  const { done, value } = await lines.next();
  return done === true ? undefined : value;
}
