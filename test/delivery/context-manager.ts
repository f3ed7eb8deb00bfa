import { ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<Context>();
/** Carries a context across awaits. Register it for one test, and `context.disable()` afterwards. */
export const CONTEXT_MANAGER: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (active, run, self, ...args) => storage.run(active, () => run.call(self, ...args)),
  bind: (_active, target) => target,
  enable: () => CONTEXT_MANAGER,
  disable: () => CONTEXT_MANAGER,
};
