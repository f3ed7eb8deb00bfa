/** Customers: a few hundred real HTTP requests, some of them in vain. */

/** What the customers saw. */
export interface LoadResult {
  readonly requests: number;
  readonly millis: number;
  /** How many answers had a status of 2xx. */
  readonly ok: number;
  /** 4xx */
  readonly refused: number;
  /** 5xx */
  readonly failed: number;
  /** How many of them are orders that were accepted. */
  readonly orders: number;
}

interface Visit {
  readonly path: string;
  readonly basket?: object;
}

/** What the customers ask for. One tea never existed, one sells out after eight, two banks have a bad day. */
const VISITS: readonly (Visit & { readonly times: number })[] = [
  { times: 118, path: '/products' },
  { times: 32, path: '/products/sencha' },
  { times: 16, path: '/products/earl-grey' },
  { times: 16, path: '/forecast' },
  { times: 40, path: '/checkout', basket: { sku: 'assam', quantity: 2 } },
  { times: 32, path: '/checkout', basket: { sku: 'sencha', coupon: 'TEATIME' } },
  { times: 10, path: '/checkout', basket: { sku: 'keemun', bank: 'slow' } },
  { times: 8, path: '/checkout', basket: { sku: 'keemun', bank: 'down' } },
  { times: 16, path: '/checkout', basket: { sku: 'tieguanyin' } },
  { times: 16, path: '/checkout', basket: {} },
  // This one trips over the shop's bug: a coupon that is a number.
  { times: 1, path: '/checkout', basket: { sku: 'assam', coupon: 2026 } },
];

const CUSTOMERS = 6;

/** Sends every visit to the shop at `url`, six at a time. */
export async function sendLoad(url: string): Promise<LoadResult> {
  const started = performance.now();
  const statuses: number[] = [];
  const queue = mixed(VISITS.flatMap(visit => Array.from({ length: visit.times }, () => visit))).values();
  const customer = async (): Promise<void> => {
    for (const visit of queue) statuses.push(await send(url, visit));
  };
  await Promise.all(Array.from({ length: CUSTOMERS }, customer));

  const count = (hundred: number): number => statuses.filter(status => Math.floor(status / 100) === hundred).length;
  return {
    requests: statuses.length,
    millis: performance.now() - started,
    ok: count(2),
    refused: count(4),
    failed: count(5),
    orders: statuses.filter(status => status === 201).length,
  };
}

/** Gives the status of the answer. */
async function send(url: string, { path, basket }: Visit): Promise<number> {
  const body = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(basket) };
  const response = await fetch(`${url}${path}`, basket === undefined ? {} : body);
  await response.arrayBuffer();
  return response.status;
}

/** The same visits in an order that looks accidental and is the same in every run: steps of a prime. */
function mixed(visits: readonly Visit[]): Visit[] {
  return visits.map((visit, index) => visits[(index * 101) % visits.length] ?? visit);
}
