import { request } from 'node:http';

/** What came back to a sender. */
export interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

interface Sending {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: object;
  /** The sender gives up as soon as this is resolved. */
  readonly leaveAfter?: Promise<unknown>;
  /** Called when the head of the reply is there. */
  readonly onHead?: (status: number) => void;
}

/** Posts a body to a monitor, on a connection of its own, and reads the whole reply; an object is posted as JSON. */
export function post(url: string, body: unknown, sending: Sending = {}): Promise<Reply> {
  const { path = '/v2.1/track', method = 'POST', headers = {}, leaveAfter, onHead } = sending;
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url), { path, method, headers: { ...headers }, agent: false }, response => {
      const status = response.statusCode ?? 0;
      onHead?.(status);
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status, headers: response.headers, text: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
    void leaveAfter?.then(() => outgoing.destroy(new Error('The sender left')));
  });
}
