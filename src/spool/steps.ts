/** Work that stops wherever it has to wait, with what it waits for. */
export type Steps<Result> = Generator<Promise<unknown>, Result, unknown>;

/** The value, at once where it is there already. */
export function* settled<Value>(value: Value | Promise<Value>): Steps<Value> {
  return value instanceof Promise ? ((yield value) as Value) : value;
}

/** Does the work, waiting where it has to. */
export async function inSteps<Result>(steps: Steps<Result>): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) {
    const goOn = await step.value.then(
      value => () => steps.next(value),
      (error: unknown) => () => steps.throw(error),
    );
    step = goOn();
  }
  return step.value;
}

/** Does work that has nothing to wait for; `undefined` where it has. */
export function atOnce<Result>(steps: Steps<Result>): Result | undefined {
  const step = steps.next();
  return step.done === true ? step.value : undefined;
}
