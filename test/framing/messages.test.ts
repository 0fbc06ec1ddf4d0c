/** What the two sides take for a message, and what they do not. */
import { assert } from 'chai';
import * as fc from 'fast-check';
import { readOrigins } from '../../src/framing/frame-door.ts';
import {
  fits,
  fitsDraft,
  HELLO,
  MAX_CHARACTERS,
  MAX_DRAFT_CHARACTERS,
  readMessage,
  READY,
  TO_FRAME,
  TO_PAGE,
  VERSION,
  written,
  type MessageOf,
} from '../../src/framing/messages.ts';
import { createRequests, NO_ANSWER } from '../../src/framing/requests.ts';

const value = { text: '{}', turn: 1, edited: true, open: false, valid: true, problem: '' };
const good: readonly MessageOf<typeof TO_PAGE>[] = [
  { type: 'welcome' },
  { type: 'height', height: 100 },
  { type: 'value', ...value },
  { type: 'value', turn: 1, edited: true, open: false, valid: true, problem: '' },
  { type: 'answer', id: 1, ok: true, text: '', count: 3 },
  { type: 'answer', id: 1, ok: true, text: '' },
  { type: 'change', id: 2, whose: '[]', put: ['k', 'm', 't'], remove: [], note: [] },
  {
    type: 'change',
    id: 2,
    whose: '[]',
    head: 'h',
    expected: '',
    put: [],
    remove: ['a', 'b'],
    note: ['n', ''],
  },
];

describe('messages between a page and its frame', () => {
  it('[E255] are read as they were written, through a structured clone', () => {
    for (const message of good)
      assert.deepEqual(readMessage(TO_PAGE, structuredClone(written<typeof TO_PAGE>(message))), message);
    assert.deepEqual(readMessage(READY, { xxgk: VERSION, type: 'ready' }), { type: 'ready' });
  });

  it('[E255] are none with another version, type, kind or a field missing; what is not known is left behind', () => {
    const none: readonly unknown[] = [
      undefined,
      null,
      1,
      'value',
      [],
      {},
      { type: 'welcome' },
      { xxgk: VERSION + 1, type: 'welcome' },
      { xxgk: String(VERSION), type: 'welcome' },
      { xxgk: VERSION, type: 'toString' },
      { xxgk: VERSION, type: '__proto__' },
      { xxgk: VERSION, type: ['welcome'] },
      { xxgk: VERSION, type: 'begin' },
      { xxgk: VERSION, type: 'height' },
      { xxgk: VERSION, type: 'height', height: '1' },
      { xxgk: VERSION, type: 'height', height: Number.NaN },
      { xxgk: VERSION, type: 'height', height: Number.POSITIVE_INFINITY },
      { xxgk: VERSION, type: 'value', ...value, edited: 'yes' },
      { xxgk: VERSION, type: 'value', ...value, text: { toString: () => '{}' } },
      { xxgk: VERSION, type: 'answer', id: 1, ok: true, text: '', count: '3' },
      { xxgk: VERSION, type: 'change', id: 1, whose: '', put: 'k', remove: [], note: [] },
      { xxgk: VERSION, type: 'change', id: 1, whose: '', put: ['k', 1], remove: [], note: [] },
    ];
    for (const data of none) assert.strictEqual(readMessage(TO_PAGE, data), undefined, JSON.stringify(data));
    const more = { xxgk: VERSION, type: 'welcome', onerror: 'x', ['__proto__']: { polluted: true } };
    assert.deepEqual(readMessage(TO_PAGE, more), { type: 'welcome' });
    assert.strictEqual(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('[E255] are none beyond 1 MB, or 5 where it is a draft, all texts together', () => {
    const half = 'x'.repeat(MAX_CHARACTERS / 2);
    const told = (text: string): unknown =>
      readMessage(TO_PAGE, { xxgk: VERSION, type: 'value', ...value, text });
    assert.notStrictEqual(told(half + half), undefined);
    assert.strictEqual(told(`${half}${half}x`), undefined);
    const draft = 'x'.repeat(MAX_DRAFT_CHARACTERS / 2);
    const put = (...texts: string[]): unknown =>
      readMessage(TO_PAGE, {
        xxgk: VERSION,
        type: 'change',
        id: 1,
        whose: '',
        put: texts,
        remove: [],
        note: [],
      });
    assert.notStrictEqual(put(draft, draft), undefined);
    assert.strictEqual(put(draft, draft, 'x'), undefined);
    assert.strictEqual(put(...Array.from({ length: 5_000 }, () => '')), undefined);
    // Of the page, which may embed the frame, a value of any length: the editor says why it does not take it.
    const set = { xxgk: VERSION, type: 'set', name: 'value', text: `${half}${half}x`, turn: 1 };
    assert.strictEqual(readMessage(TO_FRAME, set), undefined);
    assert.notStrictEqual(readMessage(TO_FRAME, set, Infinity), undefined);
    assert.strictEqual(fits(half, half), true);
    assert.strictEqual(fits(half, half, 'x'), false);
    assert.strictEqual(fitsDraft(draft, draft), true);
    assert.strictEqual(fitsDraft(draft, draft, 'x'), false);
  });

  it('[E255] never throw, whatever comes', () => {
    const hostile = Object.defineProperty({ xxgk: VERSION }, 'type', {
      get() {
        throw new Error('no');
      },
    });
    assert.strictEqual(readMessage(TO_PAGE, hostile), undefined);
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (data) => {
        for (const schema of [TO_PAGE, TO_FRAME, HELLO, READY]) {
          readMessage(schema, data);
          for (const type of Object.keys(schema))
            readMessage(schema, { ...(data as object), xxgk: VERSION, type });
        }
      }),
    );
  });
});

describe('questions to the other side', () => {
  type Answer = { id: number; ok: boolean; text: string };

  it('[E255] are answered once, by their number, or fail in time', async () => {
    const requests = createRequests<Answer>();
    const sent: number[] = [];
    const ask = (patience: number): Promise<string> =>
      requests
        .ask((id) => sent.push(id), patience)
        .then(
          ({ text }) => text,
          (error: Error) => `no: ${error.message}`,
        );
    const answers = [ask(1_000), ask(1_000), ask(10), ask(1_000)];
    assert.deepEqual(sent, [1, 2, 3, 4]);
    requests.answered({ id: 99, ok: true, text: 'nobody asked' });
    requests.answered({ id: 2, ok: false, text: 'why' });
    requests.answered({ id: 1, ok: true, text: 'first' });
    requests.answered({ id: 1, ok: true, text: 'again' });
    await answers[2];
    requests.answered({ id: 3, ok: true, text: 'late' });
    requests.end();
    assert.deepEqual(await Promise.all(answers), [
      'first',
      'no: why',
      `no: ${NO_ANSWER}`,
      `no: ${NO_ANSWER}`,
    ]);
  });
});

describe('who may embed the frame', () => {
  it('[E256] is a list of exact origins; patterns, paths and opaque ones are none', () => {
    const { origins, wrong } = readOrigins(
      ' https://cms.example.cn\n https://OA.example.cn:8443/ http://10.1.2.3 https://*.example.cn * null file:///x cms.example.cn https://a.cn/path https://u@a.cn javascript:alert(1) ',
    );
    assert.deepEqual(
      [...origins],
      ['https://cms.example.cn', 'https://oa.example.cn:8443', 'http://10.1.2.3'],
    );
    assert.deepEqual(wrong, [
      'https://*.example.cn',
      '*',
      'null',
      'file:///x',
      'cms.example.cn',
      'https://a.cn/path',
      'https://u@a.cn',
      'javascript:alert(1)',
    ]);
    assert.strictEqual(readOrigins('').origins.size, 0);
  });
});
