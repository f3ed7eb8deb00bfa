import { request } from 'node:http';

/** What came back to a sender. */
export interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Posts a body to a path of a monitor and reads the whole reply; an object is posted as JSON. */
export function post(
  url: string,
  body: unknown,
  { path = '/v2.1/track', method = 'POST', headers = {} }: { path?: string; method?: string; headers?: object } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sending = request(new URL(url), { path, method, headers: { ...headers }, agent: false }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sending.on('error', reject);
    sending.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
}
