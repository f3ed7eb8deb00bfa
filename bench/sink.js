/*
 * The other end: takes what any contender sends, answers at once, and counts. A process of its own, so that its work is
 * in nobody's figures.
 *
 * Messages: `count` is answered with what came since the last one.
 */
import http from 'node:http';
import { gunzipSync } from 'node:zlib';

const MARKER = /item-\d{7}/g;

let tally = emptyTally();

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    tally.bodies.push(plain);
    tally.wireBytes += body.byteLength;
    tally.plainBytes += plain.byteLength;
    response.setHeader('content-type', request.headers['content-type']);
    response.end(answerTo(request, plain));
  });
});

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', () => {
  const { bodies, ...sizes } = tally;
  tally = emptyTally();
  const items = bodies.reduce((total, body) => total + (body.toString('latin1').match(MARKER)?.length ?? 0), 0);
  process.send({ items, ...sizes });
});
process.on('disconnect', () => process.exit());

function emptyTally() {
  return { bodies: [], wireBytes: 0, plainBytes: 0 };
}

/** Azure's service says how many items it took; OTLP has nothing to say. */
function answerTo({ url, headers }, body) {
  if (!url.includes('/track')) return headers['content-type'] === 'application/json' ? '{}' : '';
  let count = 0;
  for (let at = body.indexOf('"iKey":'); at !== -1; at = body.indexOf('"iKey":', at + 7)) count += 1;
  return JSON.stringify({ itemsReceived: count, itemsAccepted: count, errors: [] });
}
