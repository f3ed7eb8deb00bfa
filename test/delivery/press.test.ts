import { expect } from 'chai';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { Press } from '../../src/delivery/press.ts';
import { until } from './fake-clock.ts';

describe('Press', () => {
  const compressed = async (press: Press, text: string): Promise<string> => {
    press.memory.set(Buffer.from(text));
    return gunzipSync(await press.compress(text.length)).toString();
  };

  it('compresses one body after the other', async () => {
    const press = new Press(10);
    expect(await compressed(press, '[1,2,3]')).to.equal('[1,2,3]');
    expect(await compressed(press, '[]')).to.equal('[]');
    expect(await compressed(press, '[12345678]')).to.equal('[12345678]');
  });

  it('keeps nothing alive of the context that it was made in', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const contexts = new AsyncLocalStorage<object>();
    const open = async (store: object): Promise<{ press: Press; store: WeakRef<object> }> => {
      const press = await contexts.run(store, async () => {
        const made = new Press(10);
        await compressed(made, '[1]');
        return made;
      });
      return { press, store: new WeakRef(store) };
    };
    const { press, store } = await open({ request: 'of a user' });
    await until(() => {
      collectGarbage();
      return store.deref() === undefined;
    });
    expect(await compressed(press, '[2]')).to.equal('[2]');
  });
});
