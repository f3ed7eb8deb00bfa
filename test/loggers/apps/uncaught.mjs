/* Ends in the way that the command line says, with uncaught exceptions captured or not, or captured no longer. */
import { captureUncaught } from 'azure-monitor-bridge/uncaught';
import { inSpan, registerProvider } from './providers-of-logs.mjs';

const [scene, capture, provider = 'none'] = process.argv.slice(2);
// What is on disk is sent at once, and not at a random moment of the first seconds.
Math.random = () => 0;
await registerProvider(provider);
if (capture === 'captured') for (let times = 0; times < 2; times++) captureUncaught();
if (capture === 'undone') captureUncaught()();

const scenes = {
  nothing: () => undefined,
  'an exception': () => process.nextTick(fail),
  'a rejection': () => void Promise.reject(new RangeError('no such order', { cause: new TypeError('not a number') })),
  // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- that is the scene.
  'a rejection without a reason': () => void Promise.reject(undefined),
  'a listener': () => {
    process.on('uncaughtException', error => process.stdout.write(`heard of ${error.message}`));
    setTimeout(() => fail());
  },
  'a listener that exits': () => {
    process.on('uncaughtException', () => process.exit(7));
    process.nextTick(fail);
  },
};
inSpan(scenes[scene]);

function fail() {
  throw new RangeError('no such order', { cause: new TypeError('not a number') });
}
