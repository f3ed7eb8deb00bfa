import { context, ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide.ts';

/** A context that stands in the place of another one until its span has ended. */
interface Attached {
  readonly over: Context;
  readonly context: Context;
  isEnded(): boolean;
  readonly previous: Attached | undefined;
}

/** OpenTelemetry has no way to set the context for the rest of a function, so it is kept beside its own. */
const attachments = processWide('attached-contexts/1', () => new AsyncLocalStorage<Attached | undefined>());

/** The context that is active here, for OpenTelemetry or by `attachContext`, whichever is further inside. */
export function activeContext(): Context {
  return attachedOver(context.active());
}

/**
 * Makes a context the active one for the rest of this function and all that it starts, until its span has ended. A
 * caller sees it too when nothing was awaited before.
 */
export function attachContext(attached: Context, isEnded: () => boolean): void {
  let previous = attachments.getStore();
  while (previous?.isEnded() === true) previous = previous.previous;
  attachments.enterWith({ over: activeContext(), context: attached, isEnded, previous });
}

/**
 * Lets OpenTelemetry follow contexts across asynchronous calls, unless the application has seen to that. Its
 * instrumentations then see attached contexts too.
 */
export function ensureContextManager(): void {
  const probe = ROOT_CONTEXT.setValue(Symbol('probe'), true);
  const hasOne = context.with(probe, () => context.active() === probe);
  if (!hasOne) context.setGlobalContextManager(new AsyncContextManager());
}

function attachedOver(active: Context): Context {
  let innermost = active;
  let result = active;
  for (const attached of outermostFirst(attachments.getStore())) {
    if (attached.over !== innermost) continue;
    innermost = attached.context;
    if (!attached.isEnded()) result = innermost;
  }
  return result;
}

function outermostFirst(innermost: Attached | undefined): Attached[] {
  const list: Attached[] = [];
  for (let attached = innermost; attached !== undefined; attached = attached.previous) list.unshift(attached);
  return list;
}

class AsyncContextManager implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return attachedOver(this.#storage.getStore() ?? ROOT_CONTEXT);
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    active: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(active, () => fn.apply(thisArg, args));
  }

  /** Binds a function, or all listeners of an event emitter. */
  bind<T>(active: Context, target: T): T {
    if (typeof target === 'function')
      return this.#bindFunction(active, target as T & ((...args: unknown[]) => unknown));
    if (isEmitter(target)) target.emit = this.#bindFunction(active, target.emit.bind(target));
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#storage.disable();
    return this;
  }

  #bindFunction<F extends (...args: unknown[]) => unknown>(active: Context, fn: F): F {
    const storage = this.#storage;
    return function (this: unknown, ...args: unknown[]): unknown {
      return storage.run(active, () => fn.apply(this, args));
    } as F;
  }
}

function isEmitter(target: unknown): target is { emit(...args: unknown[]): unknown } {
  return typeof target === 'object' && target !== null && 'emit' in target && typeof target.emit === 'function';
}
