/**
 * A value that prints as OpenCensus prints it, by `String(value)` and by `console.log(value)`.
 *
 * The forms are those of OpenCensus Python: `Point(value=ValueLong(5), timestamp=2019-10-09 20:58:04.930426)`.
 */
export abstract class Printed {
  static {
    // Defined here and not as a member: a declaration file would need the types of Node.js to name the symbol.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(this: Printed): string {
        return this.toString();
      },
    });
  }

  /** The printed form. */
  abstract toString(): string;
}

/**
 * Writes a value as Python's `repr` does: `None`, `True`, `5`, `9.5`, `'text'`, `['a', 1]`, `{'key': 'value'}`.
 *
 * A whole number is written as an integer; where it stands for a float, write it with `toPythonFloat`.
 */
export function toPythonText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return toPythonString(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'number':
      return Number.isInteger(value) ? BigInt(value).toString() : toPythonFloat(value);
    case 'object':
      return value === null ? 'None' : toPythonObject(value);
    case 'undefined':
      return 'None';
    case 'bigint':
    case 'symbol':
    case 'function':
      return String(value);
  }
}

/** Writes a tuple as Python's `repr` does: `()`, `('a',)`, `('GET', None)`. */
export function toPythonTuple(values: readonly unknown[]): string {
  const texts = values.map(toPythonText);
  return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(', ')})`;
}

/** Writes a float as Python's `repr` does: `9.0`, `0.1`, `1e-05`, `1e+16`, `inf`, `nan`. */
export function toPythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 16) return Number.isInteger(value) ? `${plainText(value)}.0` : plainText(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** `String(-0)` is `0`; Python keeps the sign. */
function plainText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function toPythonObject(value: object): string {
  if (value instanceof Printed) return value.toString();
  if (Array.isArray(value)) return `[${value.map(toPythonText).join(', ')}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${entries.map(([key, member]) => `${toPythonText(key)}: ${toPythonText(member)}`).join(', ')}}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** In single quotes, or in double ones when the text holds a single quote and no double one. */
function toPythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\n\r\t\u0000-\u001f\u007f-\u00a0\u00ad]/g, toEscape);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function toEscape(character: string): string {
  return ESCAPES[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
