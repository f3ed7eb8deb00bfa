/** The payment provider: a third party, so nothing of it is instrumented. Some banks are slow, or down. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { announceServer, endWithParent } from './parent.ts';

endWithParent();

const server = createServer((request, response) => void authorize(request, response));
await announceServer(server.listen(0, '127.0.0.1'));

async function authorize(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bank } = (await json(request)) as { bank?: string };
  await sleep(bank === 'slow' ? 600 : 20);
  response.writeHead(bank === 'down' ? 503 : 200).end();
}
