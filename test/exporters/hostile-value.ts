import fc from 'fast-check';

/** Any text: any code units, so also halves of characters, control characters and NUL. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xff_ff }), fc.integer({ min: 0xd7_f0, max: 0xe0_10 }), fc.constant(0)))
  .map(units => String.fromCharCode(...units));

/** A value out of fast-check's sight, which itself would stumble over some of them. */
class Box {
  readonly #value: unknown;
  readonly #name: string;

  constructor(value: unknown, name: string) {
    this.#value = value;
    this.#name = name;
  }

  open(): unknown {
    return this.#value;
  }

  /** How a failing run shows it. */
  toString(): string {
    return this.#name;
  }
}

const HOSTILE: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  symbol: Symbol('symbol'),
  function: () => 'called',
  bigint: 10n ** 400n,
  noDate: new Date(Number.NaN),
  longText: 'x'.repeat(100_000),
  longTextOfPairs: '😀'.repeat(50_000),
  longHost: `https://${'u'.repeat(40_000)}`,
  longBytes: new Uint8Array(100_000),
  longArray: Array.from({ length: 10_000 }, () => 'x'),
  cyclic: cyclic(),
  deep: deep(20_000),
  throwingMembers: throwingMembers(),
  throwingConversion: { toJSON: fails, toString: fails, valueOf: fails, [Symbol.toPrimitive]: fails },
  throwingProxy: new Proxy({}, { get: fails, has: fails, ownKeys: fails, getPrototypeOf: fails }),
  revokedProxy: revokedProxy(),
  aggregateError: new AggregateError([new Error('a'), undefined, 1, cyclicError()], ' ', { cause: cyclicError() }),
  longStack: Object.assign(new Error('\ud800'), {
    name: '\0',
    stack: `${'    at f (/a.js:1:1)\n'.repeat(9000)}\udc00`,
  }),
  throwingError: Object.defineProperties(new Error('no'), { message: { get: fails }, cause: { get: fails } }),
};

/** What a careless or malicious program could put where a value is expected; to be {@link opened}. */
export const anyValue: fc.Arbitrary<Box> = fc.oneof(
  {
    arbitrary: boxed(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withNullPrototype: true,
        withObjectString: true,
        withSparseArray: true,
      }),
    ),
    weight: 4,
  },
  { arbitrary: boxed(anyText), weight: 2 },
  {
    arbitrary: boxed(
      fc.dictionary(
        fc.oneof(fc.constantFrom('message', 'name', 'stack', '__proto__', 'toJSON'), anyText),
        fc.anything(),
      ),
    ),
    weight: 1,
  },
  { arbitrary: fc.constantFrom(...Object.entries(HOSTILE)).map(([name, value]) => new Box(value, name)), weight: 3 },
);

/** Opens the boxes in the objects and arrays that a test has made. */
export function opened(value: unknown): unknown {
  if (value instanceof Box) return value.open();
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, opened(member)]));
}

function boxed(values: fc.Arbitrary<unknown>): fc.Arbitrary<Box> {
  return values.map(value => new Box(value, fc.stringify(value)));
}

function fails(): never {
  throw new Error('of the caller');
}

function cyclic(): unknown {
  const ring: Record<string, unknown> = {};
  ring['self'] = [ring, new Map([['ring', ring]])];
  return ring;
}

function deep(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

function throwingMembers(): object {
  return Object.defineProperties(
    {},
    {
      a: { enumerable: true, get: fails },
      message: { enumerable: true, get: fails },
      length: { get: fails },
    },
  );
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclicError(): Error {
  const error = new Error('ring');
  error.cause = new Error('other', { cause: error });
  return error;
}
