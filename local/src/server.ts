import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { textAnswer, type Answer } from './answer.ts';
import { readBody, type Body, type BodyLimits } from './body.ts';

/** What the server asks the monitor. */
export interface TrackHandler {
  readonly limits: BodyLimits;
  /** Called for each track request before its body is read; the answer follows from what it returns. */
  begin(): (body: Exclude<Body, { kind: 'aborted' }>) => Answer;
}

/**
 * The paths telemetry is posted to: the official exporters use `/v2.1/track`, the classic SDKs `/v2/track`, and the
 * JavaScript client posts to `/track` where an endpoint is given by option.
 */
const TRACK_PATHS: ReadonlySet<string> = new Set(['/v2.1/track', '/v2/track', '/track']);

/** Answers the requests of the listener. */
export function requestListener(handler: TrackHandler): RequestListener {
  return (request, response) => {
    // A request that was read by iteration and left forgets its socket, so it is kept here.
    const { socket } = request;
    answer(request, handler).then(
      result => (result === undefined ? socket.destroy() : respond(request, response, result)),
      // A defect of the monitor, or of a listener of its user: the sender gets an answer, the user the error.
      (error: unknown) => {
        respond(request, response, textAnswer(500, 'The local monitor failed'));
        throw error;
      },
    );
  };
}

/** Undefined where the client went away before its request was read. */
async function answer(request: IncomingMessage, handler: TrackHandler): Promise<Answer | undefined> {
  const path = pathOf(request);
  if (TRACK_PATHS.has(path)) return answerTrack(request, handler);
  request.resume();
  if (path !== '/') return textAnswer(404, `Nothing is here. Telemetry goes to POST ${[...TRACK_PATHS].join(', ')}`);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textAnswer(405, 'Telemetry goes to POST /v2.1/track', { allow: 'GET, HEAD' });
  }
  return textAnswer(200, 'azure-monitor-local takes Application Insights telemetry at POST /v2.1/track');
}

async function answerTrack(request: IncomingMessage, handler: TrackHandler): Promise<Answer | undefined> {
  if (request.method !== 'POST') {
    request.resume();
    return textAnswer(405, 'Telemetry is posted', { allow: 'POST' });
  }
  const finish = handler.begin();
  const body = await readBody(request, handler.limits);
  return body.kind === 'aborted' ? undefined : finish(body);
}

/** The path without its query; doubled slashes come from endpoints that end in one. */
function pathOf(request: IncomingMessage): string {
  const [path = ''] = (request.url ?? '').split('?');
  return path.replaceAll(/\/{2,}/g, '/');
}

function respond(request: IncomingMessage, response: ServerResponse, result: Answer): void {
  const length = Buffer.byteLength(result.body);
  response.writeHead(result.status, { ...result.headers, 'content-length': length });
  response.end(request.method === 'HEAD' ? undefined : result.body);
}
