/* Logs through pino's worker, and ends. */
import { traceMixin } from 'azure-monitor-bridge/pino';
import pino from 'pino';
import { inSpan, registerProvider } from './providers-of-logs.mjs';

await registerProvider('none');
const target = 'azure-monitor-bridge/pino-worker';
const log = pino({ mixin: traceMixin() }, pino.transport({ target, options: { level: 'warn' } }));
inSpan(() => log.warn({ sku: 42 }, 'in the span'));
log.warn('outside');
log.info('quiet');
log.error(new RangeError('no such order'), 'saving failed');
