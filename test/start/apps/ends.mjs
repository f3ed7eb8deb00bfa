/* Records a span, and then comes to its end in the way that the command line names. */
import { trace } from '@opentelemetry/api';

const ends = {
  'by itself': () => undefined,
  'by itself, with an exit code': () => {
    process.exitCode = 3;
  },
  'by process.exit()': () => process.exit(4),
  'by an uncaught exception': () => {
    throw new Error('broken');
  },
  'by SIGTERM': () => stayAlive(() => process.kill(process.pid, 'SIGTERM')),
  'by SIGINT': () => stayAlive(() => process.kill(process.pid, 'SIGINT')),
  'in a listener of its own': () => {
    const life = stayAlive(() => process.kill(process.pid, 'SIGTERM'));
    process.on('SIGTERM', () => {
      process.exitCode = 5;
      clearInterval(life);
    });
  },
  'by a listener that looks whether it is alone': () => {
    const ifAlone = () => {
      if (process.listenerCount('SIGTERM') > 1) return;
      process.off('SIGTERM', ifAlone);
      process.kill(process.pid, 'SIGTERM');
    };
    process.on('SIGTERM', ifAlone);
    stayAlive(() => process.kill(process.pid, 'SIGTERM'));
  },
};

trace.getTracer('app').startSpan('work').end();
ends[process.argv[2]]();

function stayAlive(afterAWhile) {
  setTimeout(() => afterAWhile(), 50);
  return setInterval(() => undefined, 1000);
}
