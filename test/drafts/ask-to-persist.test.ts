import { expect } from 'chai';
import { askToPersist, isPersisted } from '../../src/drafts/ask-to-persist.ts';
import { wait } from './sample-drafts.ts';

/** The storage as a page that was just loaded has it. */
function putStorage(value: unknown): void {
  Object.defineProperty(navigator, 'storage', { configurable: true, get: () => value });
}

describe('asking the browser to keep the storage', () => {
  afterEach(() => {
    delete (navigator as { storage?: unknown }).storage;
  });

  it('[D46] asks once per page, and not before it is told to', async () => {
    let asked = 0;
    const page = (): object => ({
      persist: () => Promise.resolve((asked += 1) > 0),
      persisted: () => Promise.resolve(true),
    });
    putStorage(page());
    expect(asked).to.equal(0);
    for (let nth = 0; nth < 3; nth += 1) expect(askToPersist()).to.equal(undefined);
    expect(asked).to.equal(1);
    expect(await isPersisted()).to.equal(true);
    putStorage(page());
    askToPersist();
    expect(asked).to.equal(2);
  });

  it('[D46] fails nowhere: absent, refused, thrown, without an answer', async () => {
    const unhandled: unknown[] = [];
    const hear = (event: PromiseRejectionEvent): void => void unhandled.push(event.reason);
    window.addEventListener('unhandledrejection', hear);
    const throwing = (): never => {
      throw new DOMException('no', 'SecurityError');
    };
    const refused = (): Promise<never> => Promise.reject(new TypeError('no'));
    for (const storage of [
      undefined,
      {},
      { persist: throwing, persisted: throwing },
      { persist: refused, persisted: refused },
      { persist: () => new Promise(() => {}), persisted: () => Promise.resolve(false) },
    ]) {
      putStorage(storage);
      askToPersist();
      expect(await isPersisted()).to.equal(false);
    }
    await wait(20);
    window.removeEventListener('unhandledrejection', hear);
    expect(unhandled).to.deep.equal([]);
  });

  it('[D46] the browser itself answers', async () => {
    expect(await isPersisted()).to.equal(await navigator.storage.persisted());
  });
});
