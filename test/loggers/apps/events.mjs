/* Tracks one of everything. */
import { trackAvailability, trackEvent, trackException, trackPageView } from 'azure-monitor-bridge/events';
import { inSpan, registerProvider } from './providers-of-logs.mjs';

const shutdown = await registerProvider(process.argv[2]);

inSpan(() => trackEvent('checkout', { cart: 'c7', items: [1, 2], at: new Date(0) }, { amount: 12.5, items: 2 }));
trackEvent('plain');
trackAvailability({
  id: 'run-7',
  name: 'front page',
  durationMillis: 1250,
  success: false,
  runLocation: 'here',
  message: 'no answer',
  properties: { step: 'login' },
  measurements: { tries: 3 },
});
trackAvailability({ name: 'back page', durationMillis: 20, success: true });

function find() {
  return new RangeError('no such order', { cause: new TypeError('not a number') });
}
inSpan(() => trackException(find(), { order: 7 }));
trackException('a text');
trackException(new AggregateError([new Error('first'), new Error('second')], 'all failed'));
trackPageView('cart', 'https://shop.example/cart', { theme: 'dark' }, { loadMillis: 90 });
trackPageView('about');

// Bad input costs its row, or what is bad about it, and never the program.
trackEvent('bad', null, { amount: NaN });
trackAvailability(undefined);
trackAvailability({ name: 'bad time', durationMillis: 1, success: true, time: new Date(NaN) });
await shutdown();
