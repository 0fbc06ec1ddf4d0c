/** Reading beside the page: in a worker of the real file, and where none can be had or it takes too long. */
import { expect } from 'chai';
import { readApart } from '../../src/elements/document-worker.ts';

const SOURCE = { html: '', text: '今天天气好' };
const never = (): AbortSignal => new AbortController().signal;

/** A worker of these lines. */
function scripted(lines: string): string {
  return URL.createObjectURL(new Blob([lines], { type: 'text/javascript' }));
}

/** The address of nothing. */
function revoked(): string {
  const address = scripted('');
  URL.revokeObjectURL(address);
  return address;
}

/** How often the page's own thread waited for a paint: it does before it reads itself. */
async function paintsWaitedFor(act: () => Promise<unknown>): Promise<number> {
  const real = window.requestAnimationFrame;
  let count = 0;
  window.requestAnimationFrame = (callback) => {
    count += 1;
    return real.call(window, callback);
  };
  try {
    await act();
  } finally {
    window.requestAnimationFrame = real;
  }
  return count;
}

describe('document worker', () => {
  it('[E165] reads in a worker of its own file, and answers as the page itself would', async () => {
    const results: unknown[] = [];
    const read = async (address?: string): Promise<unknown> =>
      results.push(await readApart(SOURCE, never(), address));
    expect(await paintsWaitedFor(() => read())).to.equal(0);
    expect(await paintsWaitedFor(() => read(''))).to.equal(1);
    expect(results[0]).to.deep.equal(results[1]);
    expect(results[0]).to.deep.equal({ ok: false, refusal: { code: 'no-table' } });
  });

  it('[E165] reads on the page after a paint where the worker does not start', async () => {
    for (const address of [scripted('throw new Error("no")'), revoked(), 'https://elsewhere.invalid/w.js']) {
      const result = await readApart(SOURCE, never(), address);
      expect(result, address).to.deep.equal({ ok: false, refusal: { code: 'no-table' } });
    }
  });

  it('[E165] gives up what takes too long, and what is given up by the user', async () => {
    const endless = scripted('postMessage({ runs: true }); onmessage = () => { for (;;); };');
    const start = performance.now();
    expect(await readApart(SOURCE, never(), endless, 300)).to.deep.equal({
      ok: false,
      refusal: { code: 'too-slow' },
    });
    expect(performance.now() - start).to.be.below(3_000);
    const user = new AbortController();
    const reading = readApart(SOURCE, user.signal, endless);
    setTimeout(() => user.abort(), 100);
    expect((await reading).ok).to.equal(false);
  });

  it('[E165] one that breaks down is not tried again on the page', async () => {
    const broken = scripted(
      'postMessage({ runs: true }); onmessage = () => { throw new Error("too much"); };',
    );
    expect(await paintsWaitedFor(() => readApart(SOURCE, never(), broken))).to.equal(0);
    expect(await readApart(SOURCE, never(), broken)).to.deep.equal({
      ok: false,
      refusal: { code: 'too-large', what: 'unpacked' },
    });
  });
});
