/*
 * Compiled, never run: what users of events write.
 */
import {
  trackAvailability,
  trackEvent,
  trackException,
  trackPageView,
  type AvailabilityResult,
} from 'azure-monitor-bridge/events';

trackEvent('checkout');
trackEvent('checkout', { cart: 'c7', items: [1, 2] }, { amount: 12.5 });
trackEvent('checkout', undefined, undefined);
// @ts-expect-error Measurements are numbers.
trackEvent('checkout', {}, { amount: '12.5' });
export const result: AvailabilityResult = { name: 'front page', durationMillis: 20, success: true, id: undefined };
trackAvailability(result);
trackAvailability({ ...result, time: new Date(0), properties: { step: 1 }, measurements: { tries: 2 } });
trackException(new Error('no'), { order: 7 });
trackException('a text');
trackPageView('cart', 'https://shop.example/cart', { theme: 'dark' }, { loadMillis: 90 });
