/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. The rest of this folder is handed it. */
export function environmentOfProcess(): Environment {
  return process.env;
}

/** The text of a variable, without blanks around it. A variable that is empty is one that is not set. */
export function textIn(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === '' ? undefined : text;
}

/** The entries of a list with commas; absent when there is none. */
export function listIn(environment: Environment, name: string): readonly string[] | undefined {
  const entries = (textIn(environment, name) ?? '')
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '');
  return entries.length === 0 ? undefined : [...new Set(entries)];
}

/** A number; absent when the variable holds something else. */
export function numberIn(environment: Environment, name: string): number | undefined {
  const text = textIn(environment, name);
  const number = Number(text);
  return text === undefined || Number.isNaN(number) ? undefined : number;
}

/** A number above 0; absent when the variable holds something else. */
export function positiveNumberIn(environment: Environment, name: string): number | undefined {
  const number = numberIn(environment, name);
  return number === undefined || number <= 0 ? undefined : number;
}

/** Whether a variable says yes, as OpenTelemetry reads it: `true` in any case. */
export function isTrueIn(environment: Environment, name: string): boolean {
  return textIn(environment, name)?.toLowerCase() === 'true';
}
