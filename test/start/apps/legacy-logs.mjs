/* Logs by the package that had the Logs API before @opentelemetry/api 1.10, as libraries still do under the 3.x line. */
import { logs } from '@opentelemetry/api-logs';

logs.getLogger('app').emit({ body: 'by the older API' });
