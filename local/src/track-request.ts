import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { respond, type Answer } from './answer.ts';
import { readBody, type BodyLimits } from './body.ts';
import type { Fault, FaultStage } from './fault.ts';
import type { Intake } from './intake.ts';

/** Takes one track request from its head to its answer, or to where its fault ends it. */
export async function serveTrack(
  request: IncomingMessage,
  response: ServerResponse,
  intake: Intake,
  limits: BodyLimits,
): Promise<void> {
  // A request that was read by iteration and left forgets its socket, so it is kept here.
  const { socket } = request;
  const fault = intake.begin();
  if (endsAt('before-body', fault)) return end(socket, fault);
  if (endsAt('during-body', fault)) {
    await firstChunk(request);
    return end(socket, fault);
  }
  const body = await readBody(request, limits);
  if (body.kind === 'aborted') return void socket.destroy();
  const answer = intake.take(body, fault);
  await delay(fault.delayMillis ?? 0, response);
  if (endsAt('after-body', fault)) return end(socket, fault);
  if (!endsAt('during-answer', fault)) return respond(response, answer);
  await respondHalf(response, answer);
  end(socket, fault);
}

function endsAt(stage: FaultStage, { reset, hang }: Fault): boolean {
  return reset === stage || hang === stage;
}

/** A silent connection needs nothing but to be left alone; the listener ends it when it closes. */
function end(socket: Socket, { reset }: Fault): void {
  if (reset === undefined) return;
  // Only a plain connection can be reset; one with TLS is closed without its farewell.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

function firstChunk(request: IncomingMessage): Promise<void> {
  return new Promise(resolve => {
    const stop = (): void => {
      request.pause();
      resolve();
    };
    request.once('data', stop).once('end', stop).once('close', stop);
  });
}

/** Ends early where the sender does not wait. */
async function delay(millis: number, response: ServerResponse): Promise<void> {
  if (millis === 0) return;
  const left = new AbortController();
  response.once('close', () => left.abort());
  try {
    await setTimeout(millis, undefined, { ref: false, signal: left.signal });
  } catch {
    // The sender left; whoever answers finds the response destroyed.
  }
}

/** Announces the whole answer and sends half of it. */
function respondHalf(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  const bytes = Buffer.from(body);
  if (response.destroyed) return Promise.resolve();
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  return new Promise(resolve => {
    response.write(bytes.subarray(0, bytes.length >> 1), () => resolve());
  });
}
