/** What is measured: a name, and the kind of numbers it takes. Known by identity, not by name. */
export abstract class Measure {
  /** Says which class it is of, also when the other copy of this library made it. */
  abstract readonly kind: 'int' | 'float';
  readonly name: string;
  readonly description: string;
  /** Such as `ms` or `By`; `null` when it has none. */
  readonly unit: string | null;

  constructor(name: string, description: string, unit: string | null = null) {
    this.name = name;
    this.description = description;
    this.unit = unit;
  }
}

/** A measure of whole numbers. As in OpenCensus, a fraction that is put on it is kept. */
export class MeasureInt extends Measure {
  override readonly kind = 'int';
}

/** A measure of any numbers. */
export class MeasureFloat extends Measure {
  override readonly kind = 'float';
}
