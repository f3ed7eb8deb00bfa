/* Imports an entry point for its effect alone, which bundlers must not leave out. */
import { trace } from '@opentelemetry/api';
import 'azure-monitor-bridge/register';

trace.getTracer('app').startSpan('work').end();
