/** A key as a sender's connection string would hold it. */
export const KEY = '4f2b8a10-7d3e-4c55-9a01-c0ffee000001';

interface ItemParts {
  readonly time?: string;
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** An envelope that nothing is wrong with, around the given data; `parts` replace its own fields. */
export function item(baseType: string, baseData: object, parts: ItemParts = {}): Record<string, unknown> {
  return {
    name: 'Microsoft.ApplicationInsights.Item',
    time: new Date().toISOString(),
    iKey: KEY,
    tags: { 'ai.cloud.role': 'shop', 'ai.operation.id': '4bf92f3577b34da6a3ce929d0e0e4736' },
    data: { baseType, baseData: { ver: 2, ...baseData } },
    ...parts,
  };
}

/** A request that nothing is wrong with; `data` replaces fields of its baseData. */
export function request(data: object = {}, parts: ItemParts = {}): Record<string, unknown> {
  const whole = { id: '00f067aa0ba902b7', name: 'GET /orders', duration: '0.00:00:00.250', responseCode: '200' };
  return item('RequestData', { ...whole, success: true, ...data }, parts);
}

/** A log message that nothing is wrong with. */
export function message(text: string): Record<string, unknown> {
  return item('MessageData', { message: text, severityLevel: 'Information' });
}
