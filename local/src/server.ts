import type { IncomingMessage, RequestListener } from 'node:http';
import { respond, textAnswer, type Answer } from './answer.ts';
import type { BodyLimits } from './body.ts';
import type { Intake } from './intake.ts';
import { serveTrack } from './track-request.ts';

/**
 * The paths telemetry is posted to: the official exporters use `/v2.1/track`, the classic SDKs `/v2/track`, and the
 * JavaScript client posts to `/track` where an endpoint is given by option.
 */
const TRACK_PATHS: readonly string[] = ['/v2.1/track', '/v2/track', '/track'];

/** Answers the requests of the listener. */
export function requestListener(intake: Intake, limits: BodyLimits): RequestListener {
  return (request, response) => {
    const isTrack = request.method === 'POST' && TRACK_PATHS.includes(pathOf(request));
    if (!isTrack) {
      request.resume();
      return respond(response, answerOthers(request));
    }
    serveTrack(request, response, intake, limits).catch((error: unknown) => {
      // A listener of the user threw: the sender gets an answer, the user the error.
      respond(response, textAnswer(500, 'The local monitor failed'));
      throw error;
    });
  };
}

function answerOthers(request: IncomingMessage): Answer {
  const path = pathOf(request);
  if (TRACK_PATHS.includes(path)) return textAnswer(405, 'Telemetry is posted', { allow: 'POST' });
  if (path !== '/') return textAnswer(404, `Nothing is here. Telemetry goes to POST ${TRACK_PATHS.join(', ')}`);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textAnswer(405, 'Telemetry goes to POST /v2.1/track', { allow: 'GET, HEAD' });
  }
  return textAnswer(200, 'azure-monitor-local takes Application Insights telemetry at POST /v2.1/track');
}

/** The path without its query; doubled slashes come from endpoints that end in one. */
function pathOf(request: IncomingMessage): string {
  const [path = ''] = (request.url ?? '').split('?');
  return path.replaceAll(/\/{2,}/g, '/');
}
