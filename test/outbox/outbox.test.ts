/** The queue over a real database, with an upstream of a few lines in the place of the network. */
import { expect } from 'chai';
import { deleteDB, openDB } from 'idb';
import { readRulePack } from '../../src/checks/read-rule-pack.ts';
import { withRulePack } from '../../src/checks/rule-pack.ts';
import { packRefusalZh } from '../../src/checks/rule-pack-words-zh.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import type { OutboxEntry } from '../../src/outbox/outbox-entry.ts';
import { createOutboxStore, StoreFailure, type OutboxStore } from '../../src/outbox/outbox-store.ts';
import { payloadRefusalZh, reasonZh } from '../../src/outbox/outbox-words-zh.ts';
import { openOutbox, type Outbox, type OutboxOptions } from '../../src/outbox/outbox.ts';
import { readSendable, type RulesInForce } from '../../src/outbox/sendable.ts';
import { altered, digestIn, finishedText } from './finished-payload.ts';

const ADDRESS = 'https://upstream.test/in';
const UPSTREAM = { name: '市政府办公室', address: ADDRESS };
const ACCEPTED = { ok: true, message: '收件号 7' };

const real = globalThis.fetch;
const opened: Outbox[] = [];
const databases: string[] = [];
let posts: { address: string; init: RequestInit; at: number }[] = [];

/** What the upstream says, one answer after the other; the last one stays. A status, a body, or an error. */
type Said = readonly [status: number, body?: unknown, headers?: Record<string, string>] | 'broken' | 'never';

function upstreamSays(...answers: Said[]): void {
  let nth = 0;
  globalThis.fetch = async (input, init = {}) => {
    const said = answers[Math.min(nth, answers.length - 1)]!;
    nth += 1;
    posts.push({ address: String(input), init, at: Date.now() });
    if (said === 'broken') throw new TypeError('broken');
    if (said === 'never')
      return new Promise((_, reject) =>
        init.signal!.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
      );
    const [status, body = '', headers] = said;
    return new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      ...(headers && { headers }),
    });
  };
}

function newDatabase(): string {
  const name = `xxgk-test-outbox-${Date.now()}-${databases.length}`;
  databases.push(name);
  return name;
}

function open(options: OutboxOptions = {}): Outbox {
  const outbox = openOutbox({
    database: options.database ?? newDatabase(),
    firstPause: 30,
    longestPause: 60,
    patience: 200,
    ...options,
  });
  opened.push(outbox);
  return outbox;
}

async function until(condition: () => boolean, patience = 4_000): Promise<void> {
  const end = performance.now() + patience;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${condition.toString()}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

const later = (time: number): Promise<void> => new Promise((done) => setTimeout(done, time));
const only = (outbox: Outbox): OutboxEntry => {
  expect(outbox.entries).to.have.length(1);
  return outbox.entries[0]!;
};
const settled = async (outbox: Outbox, state: string): Promise<OutboxEntry> => {
  await until(() => outbox.entries[0]?.state === state && outbox.entries[0].lease === null);
  return only(outbox);
};

describe('outbox', () => {
  afterEach(async () => {
    for (const outbox of opened.splice(0)) outbox.close();
    globalThis.fetch = real;
    posts = [];
    for (const name of databases.splice(0)) await deleteDB(name);
  });

  it('[S3] takes a finished report only, and says why it takes no other, before anybody is contacted', async () => {
    upstreamSays([200, ACCEPTED]);
    const outbox = open();
    const text = finishedText();
    const tables = JSON.parse(text) as { tables: { requests: { received: { 'natural-person': number } } } };
    tables.tables.requests.received['natural-person'] = 7;
    const unfinished = altered(text, { tables: tables.tables, digest: undefined, tablesDigest: undefined });
    for (const [bad, sentence] of [
      [altered(text, { draft: true, digest: undefined }), /这份报告还是草稿/],
      [unfinished, /还有 \d+ 处需要处理/],
      [altered(text, { contact: { phone: '1' } }), /与其核对码不一致/],
      [
        finishedText('示例县审批服务局', {
          signOff: { filledBy: '张三', at: '2026-01-15', lapsed: `sha256:${'0'.repeat(64)}` },
        }),
        /签发已失效，没有发送/,
      ],
      [altered(text, { schema: 'xxgk-annual-report/2' }), /更新的版本/],
      ['{"a":1}', /没有标明 schema/],
      ['<html>', /不是有效的 JSON/],
      ['', /文件是空的/],
    ] as const) {
      const added = await outbox.add(bad, UPSTREAM);
      expect(
        !added.ok && 'payload' in added ? payloadRefusalZh(added.payload) : '',
        bad.slice(0, 40),
      ).to.match(sentence);
    }
    expect(await outbox.add(text, { name: '', address: 'ftp://a' })).to.deep.equal({
      ok: false,
      address: 'not-web',
    });
    expect(outbox.entries).to.deep.equal([]);
    expect(posts).to.deep.equal([]);
  });

  it('[S23] what is put in line is checked once more, by the rules in force at that moment, and says by which', async () => {
    upstreamSays([200, ACCEPTED]);
    const outbox = open();
    const text = finishedText();
    const cell = 'disclosure/licensing/decisions';
    const pack = (sign: '>' | '<=', good: number, bad: number): RulesInForce => {
      const holds = { left: [cell], sign, right: [{ constant: 3 }] };
      const rule = { id: 'EX-01', severity: 'must', source: '省', title: '许可', holds };
      const read = readRulePack(
        JSON.stringify({
          schema: 'xxgk-rule-pack/1',
          id: 'example',
          version: '2026.1',
          title: '示例省',
          rules: [{ ...rule, wording: { zh: '{cell}为{left}，应大于{right}。' } }],
          tests: [
            { rule: 'EX-01', cells: { [cell]: good }, holds: true },
            { rule: 'EX-01', cells: { [cell]: bad }, holds: false },
          ],
        }),
      );
      if (!read.ok) throw new Error(packRefusalZh(read.refusal));
      return { rules: withRulePack(OFFICIAL_RULES, read.pack) };
    };
    const broken = pack('>', 4, 3);
    const kept = pack('<=', 3, 4);
    const refused = async (payload: string, inForce?: RulesInForce): Promise<string> => {
      const added = await outbox.add(payload, UPSTREAM, inForce);
      return !added.ok && 'payload' in added ? payloadRefusalZh(added.payload) : '';
    };
    expect(await refused(text, broken)).to.match(
      /还有 1 处需要处理，没有发送。.*行政许可.*为0，应大于3。请处理完、定稿后再发送。/,
    );
    const checks = { rules: '2021@1+example@2026.1', must: 0, verify: 0, info: 0, open: 0 };
    const stated = altered(text, { checks });
    expect(await refused(stated, broken)).to.include('应大于3');
    // It says that a pack was in force when it was finished: no reason to let it pass, nor to repeat it unchecked.
    const blank = JSON.parse(text) as { tables: { disclosure: { rules: { issued: unknown } } } };
    blank.tables.disclosure.rules.issued = null;
    const unfinished = JSON.stringify({ ...blank, checks, digest: undefined, tablesDigest: undefined });
    expect(await refused(unfinished))
      .to.include('“example@2026.1”没有载入')
      .and.include('请先打开补充规则文件');
    expect([outbox.entries, posts]).to.deep.equal([[], []]);

    for (const [payload, inForce, rules] of [
      [stated, kept, '2021@1+example@2026.1'],
      [stated, undefined, '2021@1'],
      [text, kept, '2021@1+example@2026.1'],
    ] as const) {
      const added = await outbox.add(payload, UPSTREAM, inForce);
      expect(added.ok).to.equal(true);
      await settled(outbox, 'accepted');
      const { payload: sent, id } = outbox.entries[0]!;
      expect((JSON.parse(sent) as { checks: { rules: string } }).checks.rules).to.equal(rules);
      expect(readSendable(sent)).to.include({ ok: true, digest: digestIn(text) });
      await outbox.delete(id);
    }
    expect((posts as unknown[]).length).to.equal(3);
  });

  it('[S4] has the same report for the same address once, and sends it once', async () => {
    upstreamSays([200, ACCEPTED]);
    const outbox = open();
    const text = finishedText();
    await Promise.all([outbox.add(text, UPSTREAM), outbox.add(text, UPSTREAM)]);
    // Not as it was written: the same report all the same.
    await outbox.add(
      JSON.stringify(JSON.parse(altered(text, { revision: { number: 9, base: null } })), null, 2),
      UPSTREAM,
    );
    await settled(outbox, 'accepted');
    expect(posts).to.have.length(1);
    const again = await outbox.add(text, UPSTREAM);
    expect(again.ok && again.entry.state).to.equal('accepted');
    await later(80);
    expect(posts).to.have.length(1);
    await outbox.add(text, { name: '', address: 'https://other.test/' });
    await outbox.add(finishedText('某县教育局'), UPSTREAM);
    await until(() => outbox.count === 0);
    expect(outbox.entries).to.have.length(3);
    expect(outbox.entries.map(({ organization }) => organization)).to.include('某县教育局');
  });

  it('[S5] posts the canonical text as JSON, without credentials for others and without a header of its own', async () => {
    upstreamSays([200, ACCEPTED]);
    const outbox = open();
    const text = finishedText();
    await outbox.add(JSON.stringify(JSON.parse(text), null, 2), UPSTREAM);
    await settled(outbox, 'accepted');
    const [{ address, init }] = posts as [(typeof posts)[0]];
    expect(address).to.equal(ADDRESS);
    expect(init.method).to.equal('POST');
    expect(init.headers).to.deep.equal({ 'content-type': 'application/json' });
    expect(init.body).to.equal(text);
    expect([init.credentials, init.redirect]).to.deep.equal(['same-origin', 'manual']);
  });

  const digest = digestIn(finishedText());
  const other = `sha256:${'0'.repeat(64)}`;
  const verdicts: readonly (readonly [said: Said, state: string, again: boolean, sentence: RegExp])[] = [
    [[200, ACCEPTED], 'accepted', false, /^对方答复：收件号 7$/],
    [[201, { ok: true, digest }], 'accepted', false, /^$/],
    [[200, { ok: true, digest: other }], 'undecided', false, /另一份报告/],
    [[200, { ok: false, message: '年度不对' }], 'refused', false, /状态 200.*年度不对/],
    [[200, '<html>请登录</html>'], 'undecided', false, /看不出是否已接收/],
    [[200, ''], 'undecided', false, /看不出/],
    [[204], 'undecided', false, /看不出/],
    [[200, '{"ok":"true"}'], 'undecided', false, /看不出/],
    [[200, '{"ok":true,"__proto__":{}}'], 'undecided', false, /看不出/],
    [[409, { ok: true, digest }], 'accepted', false, /^$/],
    [[409, { ok: true }], 'refused', false, /没有接收（状态 409）/],
    [[409, { ok: false, digest, message: '不同的一份' }], 'refused', false, /不同的一份/],
    [[413], 'refused', false, /报告过大（约 \d+ KB）/],
    [[401], 'refused', false, /登录/],
    [[404], 'refused', false, /没有接收报告的程序/],
    [
      [422, { ok: false, message: '有误', findings: [{ rule: 'T3-01', message: '不平' }] }],
      'refused',
      false,
      /有误/,
    ],
    [[500], 'waiting', true, /暂时不能接收（状态 500）/],
    [[503], 'waiting', true, /暂时不能接收/],
    [[408], 'waiting', true, /暂时不能接收/],
    [[425], 'waiting', true, /暂时不能接收/],
    [[429], 'waiting', true, /暂时不能接收/],
    [[502], 'undecided', true, /网关没有等到答复/],
    [[504], 'undecided', true, /网关/],
    ['broken', 'undecided', true, /没有收到答复.*可以再发/],
    ['never', 'undecided', true, /长时间没有收到完整的答复.*可以再发/],
  ];
  it('[S6] takes for accepted only what the upstream says it has, and says of everything else what it is', async () => {
    for (const [said, state, again, sentence] of verdicts) {
      upstreamSays(said);
      const outbox = open({ firstPause: 60_000, longestPause: 60_000, patience: 40 });
      await outbox.add(finishedText(), UPSTREAM);
      await until(() => (outbox.entries[0]?.attempts.length ?? 0) > 0 && outbox.entries[0]!.lease === null);
      const entry = only(outbox);
      expect([entry.state, entry.next !== null], JSON.stringify(said)).to.deep.equal([state, again]);
      expect(reasonZh(entry), JSON.stringify(said)).to.match(sentence);
      outbox.close();
    }
  });

  it('[S7] tries again after pauses that grow, and no sooner than it was asked to', async () => {
    upstreamSays([500], 'broken', [503], [500], [200, ACCEPTED]);
    const outbox = open({ firstPause: 40, longestPause: 100 });
    await outbox.add(finishedText(), UPSTREAM);
    const { attempts } = await settled(outbox, 'accepted');
    expect(attempts.map(({ status }) => status)).to.deep.equal([500, null, 503, 500, 200]);
    const pauses = posts.slice(1).map(({ at }, index) => at - posts[index]!.at);
    // 40, 80 and then 100, a quarter more or less; what the machine adds only lengthens them.
    for (const [index, least] of [30, 60, 75, 75].entries()) expect(pauses[index]).to.be.at.least(least - 2);
    const asked = open({ firstPause: 10, longestPause: 10 });
    posts = [];
    upstreamSays([429, '', { 'retry-after': '1' }], [200, ACCEPTED]);
    await asked.add(finishedText(), UPSTREAM);
    await settled(asked, 'accepted');
    expect(posts[1]!.at - posts[0]!.at).to.be.at.least(990);
    for (const header of ['99999999', new Date(Date.now() + 9e9).toUTCString()]) {
      const patient = open();
      upstreamSays([503, '', { 'retry-after': header }]);
      await patient.add(finishedText(), UPSTREAM);
      const { notBefore } = await settled(patient, 'waiting').then(async (entry) => {
        if (entry.attempts.length === 0) await until(() => patient.entries[0]!.attempts.length > 0);
        return only(patient);
      });
      expect(notBefore - Date.now()).to.be.within(3_500_000, 3_600_000);
    }
  });

  it('[S8] reads no more of an answer than it can keep, and of that a few known members', async () => {
    const long = `${'长'.repeat(3_000)}<b>`;
    upstreamSays([400, long]);
    const outbox = open();
    await outbox.add(finishedText(), UPSTREAM);
    const [attempt] = (await settled(outbox, 'refused')).attempts;
    expect(attempt!.answer).to.equal('长'.repeat(2_000));
    expect([attempt!.message, attempt!.findings]).to.deep.equal(['', []]);
    let pulled = 0;
    globalThis.fetch = async () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            pulled += 1;
            controller.enqueue(new TextEncoder().encode('x'.repeat(10_000)));
          },
        }),
        { status: 400 },
      );
    const endless = open();
    await endless.add(finishedText(), UPSTREAM);
    expect((await settled(endless, 'refused')).attempts[0]!.answer).to.have.length(2_000);
    expect(pulled).to.be.within(7, 10);
    upstreamSays([
      422,
      {
        message: '长'.repeat(600),
        findings: [
          '\u202e一\n',
          { message: '二', rule: 'T' },
          { rule: 'T3-01' },
          7,
          null,
          ...Array(40).fill('多'),
        ],
        html: '<script>',
      },
    ]);
    const known = open();
    await known.add(finishedText(), UPSTREAM);
    const [said] = (await settled(known, 'refused')).attempts;
    expect(said!.message).to.have.length(500);
    expect(said!.findings.slice(0, 4)).to.deep.equal(['一', '二', 'T3-01', '多']);
    expect(said!.findings).to.have.length(20);
    const gbk = new Uint8Array([0xb2, 0xbb, 0xca, 0xd5]);
    globalThis.fetch = async () =>
      new Response(gbk, { status: 403, headers: { 'content-type': 'text/plain;charset=GBK' } });
    const old = open();
    await old.add(finishedText(), UPSTREAM);
    expect((await settled(old, 'refused')).attempts[0]!.answer).to.equal('不收');
  });

  it('[S9] goes on when it is opened again, and when the browser is online again', async () => {
    upstreamSays([500]);
    const database = newDatabase();
    const one = open({ database, firstPause: 60_000, longestPause: 60_000 });
    await one.add(finishedText(), UPSTREAM);
    await until(() => one.entries[0]!.attempts.length > 0 && one.entries[0]!.lease === null);
    one.close();
    let isOnline = false;
    upstreamSays([200, ACCEPTED]);
    posts = [];
    const two = open({ database, firstPause: 60_000, online: () => isOnline });
    await two.ready;
    expect(only(two).state).to.equal('waiting');
    await two.add(finishedText('某县教育局'), UPSTREAM);
    await later(60);
    expect([two.count, posts.length]).to.deep.equal([2, 0]);
    isOnline = true;
    window.dispatchEvent(new Event('online'));
    await until(() => two.count === 0);
    expect(posts).to.have.length(2);
    two.close();
    posts = [];
    const three = open({ database });
    await three.ready;
    await later(60);
    expect([three.entries.length, three.count, posts.length]).to.deep.equal([2, 0, 0]);
    expect(three.entries.map(({ attempts }) => attempts[attempts.length - 1]!.message)).to.deep.equal([
      '收件号 7',
      '收件号 7',
    ]);
  });

  it('[S10] is sent by one page at a time; one that is gone is followed after its time is over', async () => {
    const database = newDatabase();
    upstreamSays('never');
    const one = open({ database, patience: 600 });
    await one.add(finishedText(), UPSTREAM);
    await until(() => posts.length === 1);
    const others = [open({ database, patience: 600 }), open({ database, patience: 600 })];
    for (const other of others) {
      await other.ready;
      expect(only(other).state).to.equal('sending');
      await other.sendNow(only(other).id);
    }
    expect(posts).to.have.length(1);
    // The page is gone in the middle of it.
    one.close();
    upstreamSays([200, ACCEPTED]);
    const handle = await openDB(database, 1);
    const left = (await handle.getAll('entries'))[0] as OutboxEntry;
    expect(left.state).to.equal('sending');
    await handle.put('entries', { ...left, lease: { ...left.lease!, until: Date.now() + 100 } });
    handle.close();
    for (const other of others) other.close();
    const next = open({ database, patience: 600 });
    await next.ready;
    expect(only(next).state).to.equal('sending');
    await until(() => next.count === 0);
    expect(posts).to.have.length(2);
    // Clocks may have been set back: nobody waits for a year.
    const far = await openDB(database, 1);
    await far.put('entries', { ...left, lease: { holder: 'x', until: Date.now() + 4e10 }, next: null });
    far.close();
    const last = open({ database });
    await last.ready;
    expect(only(last).state).to.equal('undecided');
  });

  it('[S11] works where nothing can be kept, says so, and keeps it as soon as it can', async () => {
    const database = newDatabase();
    for (const reason of ['refused', 'full', 'failed'] as const) {
      const good = createOutboxStore(database);
      let broken = true;
      const fails = async (): Promise<never> => {
        throw new StoreFailure(reason);
      };
      const store: OutboxStore = {
        all: () => (broken ? fails() : good.all()),
        change: (...change) => (broken ? fails() : good.change(...change)),
        lastAddress: fails,
        keepLastAddress: fails,
      };
      upstreamSays([500]);
      const outbox = open({ store, firstPause: 20, longestPause: 20 });
      const added = await outbox.add(finishedText(reason), UPSTREAM);
      const { id } = only(outbox);
      expect([added.ok, outbox.failure, outbox.isKept(id)]).to.deep.equal([true, reason, false]);
      await until(() => only(outbox).attempts.length > 1);
      broken = false;
      await until(() => outbox.isKept(id) && outbox.failure === undefined);
      expect(((await good.all()) as OutboxEntry[]).some((entry) => entry.id === id)).to.equal(true);
      upstreamSays([200, ACCEPTED]);
      await settled(outbox, 'accepted');
      outbox.close();
    }
    // A browser that refuses, and one that has no room, as they say it themselves.
    const { open: openDatabase } = IDBFactory.prototype;
    const { put } = IDBObjectStore.prototype;
    try {
      IDBFactory.prototype.open = () => {
        throw new DOMException('no', 'SecurityError');
      };
      const refused = open();
      await refused.add(finishedText(), UPSTREAM);
      expect(refused.failure).to.equal('refused');
      await settled(refused, 'accepted');
      IDBFactory.prototype.open = openDatabase;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no', 'QuotaExceededError');
      };
      const full = open();
      await full.add(finishedText(), UPSTREAM);
      expect(full.failure).to.equal('full');
      await settled(full, 'accepted');
    } finally {
      IDBFactory.prototype.open = openDatabase;
      IDBObjectStore.prototype.put = put;
    }
  });

  it('[S12] leaves what it cannot read where it lies, counts it, and never sends it', async () => {
    const database = newDatabase();
    upstreamSays([500]);
    const first = open({ database, firstPause: 60_000 });
    await first.add(finishedText(), UPSTREAM);
    await until(() => first.entries[0]!.attempts.length > 0 && first.entries[0]!.lease === null);
    const good = only(first);
    first.close();
    const handle = await openDB(database, 1);
    const damaged: object[] = [
      { ...good, version: 2 },
      { ...good, state: 'sent' },
      { ...good, next: '1' },
      { ...good, next: Number.NaN },
      { ...good, payload: 7 },
      { ...good, attempts: {} },
      { ...good, attempts: [{ ...good.attempts[0], answer: 'x'.repeat(2_001) }] },
      { ...good, attempts: [{ ...good.attempts[0], fault: 'x' }] },
      { ...good, lease: 'x' },
    ];
    for (const [index, record] of damaged.entries())
      await handle.put('entries', { ...record, id: `x${index}` });
    await handle.put('entries', { id: 'y' });
    // It looks right, and is not what was to be sent.
    await handle.put('entries', {
      ...good,
      payload: good.payload.replace('示例县', '示例市'),
      next: Date.now(),
    });
    handle.close();
    posts = [];
    const outbox = open({ database });
    await outbox.ready;
    expect(outbox.unreadable).to.equal(damaged.length + 1);
    const entry = await settled(outbox, 'refused');
    expect(reasonZh(entry)).to.include('已不能使用');
    expect(posts).to.deep.equal([]);
    const after = await openDB(database, 1);
    expect(await after.count('entries')).to.equal(damaged.length + 2);
    after.close();
  });

  it('[S13] stops, goes on and forgets when somebody says so', async () => {
    const database = newDatabase();
    upstreamSays('never');
    const outbox = open({ database, patience: 5_000 });
    await outbox.add(finishedText(), UPSTREAM);
    await until(() => posts.length === 1);
    const { id } = only(outbox);
    await outbox.stop(id);
    const stopped = await settled(outbox, 'undecided');
    expect(stopped.next).to.equal(null);
    expect(reasonZh(stopped)).to.match(/已停止.*不能确定/);
    upstreamSays([400], [200, ACCEPTED]);
    await outbox.sendNow(id);
    expect(only(outbox).state).to.equal('refused');
    await later(60);
    expect(posts).to.have.length(2);
    // What was returned is sent again only by hand.
    await outbox.sendNow(id);
    expect(only(outbox).state).to.equal('accepted');
    await outbox.sendNow(id);
    expect(posts).to.have.length(3);
    await outbox.delete(id);
    expect(outbox.entries).to.deep.equal([]);
    const again = open({ database });
    await again.ready;
    expect(again.entries).to.deep.equal([]);
  });

  it('[S13] stays stopped where that was said in another page that this one does not hear', async () => {
    const database = newDatabase();
    let answer: (response: Response) => void = () => {};
    globalThis.fetch = () => new Promise((resolve) => (answer = resolve));
    const outbox = open({ database, patience: 5_000 });
    await outbox.add(finishedText(), UPSTREAM);
    await until(() => only(outbox).state === 'sending');
    const handle = await openDB(database, 1);
    const [record] = (await handle.getAll('entries')) as OutboxEntry[];
    await handle.put('entries', { ...record, next: null });
    handle.close();
    answer(new Response('', { status: 500 }));
    expect((await settled(outbox, 'waiting')).next).to.equal(null);
  });

  it('[S13] is stopped by another page in the middle of it', async () => {
    const database = newDatabase();
    upstreamSays('never');
    const [one, two] = [open({ database, patience: 5_000 }), open({ database, patience: 5_000 })];
    await one.add(finishedText(), UPSTREAM);
    await until(() => posts.length === 1 && two.entries[0]?.state === 'sending');
    await two.stop(only(two).id);
    for (const outbox of [one, two]) expect((await settled(outbox, 'undecided')).next).to.equal(null);
  });

  it('[S14] answers a request to submit: with the words of the upstream, or with why not', async () => {
    const outbox = open();
    upstreamSays([500], [200, ACCEPTED]);
    expect(await outbox.deliver(finishedText(), UPSTREAM)).to.deep.equal({ message: '收件号 7' });
    // It has it already: the same words.
    expect(await outbox.deliver(finishedText(), UPSTREAM)).to.deep.equal({ message: '收件号 7' });
    const why = (text: string, address = ADDRESS): Promise<string> =>
      outbox.deliver(text, { name: '', address }).then(
        () => 'delivered',
        (error: Error) => error.message,
      );
    upstreamSays([422, { ok: false, message: '年度不对' }]);
    expect(await why(finishedText('甲'))).to.match(/状态 422.*年度不对/);
    upstreamSays([200, '<html>']);
    expect(await why(finishedText('乙'))).to.include('看不出是否已接收');
    expect(await why('{}')).to.include('schema');
    expect(await why(finishedText('丙'), 'a.cn')).to.include('http://');
    upstreamSays('never');
    const waiting = why(finishedText('丁'));
    await until(() => outbox.entries.some(({ state }) => state === 'sending'));
    await outbox.delete(outbox.entries.find(({ state }) => state === 'sending')!.id);
    expect(await waiting).to.include('删除');
  });

  it('[S15] contacts nobody that it was not told to, and remembers an address without using it', async () => {
    upstreamSays([200, ACCEPTED]);
    const database = newDatabase();
    const outbox = open({ database });
    await outbox.add(finishedText(), { name: '', address: 'https://typed.test/in' });
    await settled(outbox, 'accepted');
    await outbox.add(finishedText(), UPSTREAM);
    await until(() => outbox.count === 0);
    outbox.close();
    posts = [];
    const again = open({ database });
    await again.ready;
    window.dispatchEvent(new Event('online'));
    await later(60);
    expect(again.lastAddress).to.equal('https://typed.test/in');
    expect(posts).to.deep.equal([]);
  });

  it('[S22] an older edit of a report is not tried any more when a newer one is sent, one of another unit is', async () => {
    upstreamSays('broken');
    const outbox = open({ firstPause: 60_000, longestPause: 60_000 });
    const older = finishedText();
    const newer = finishedText('示例县审批服务局', { 'x-note': '改过' });
    await outbox.add(older, UPSTREAM);
    await outbox.add(finishedText('另一个单位'), UPSTREAM);
    await until(
      () => outbox.entries.length === 2 && outbox.entries.every(({ state }) => state === 'undecided'),
    );
    upstreamSays([200, ACCEPTED]);
    const added = await outbox.add(newer, UPSTREAM);
    expect(added.ok && added.stopped).to.equal(1);
    await until(() => outbox.entries.some(({ state }) => state === 'accepted'));
    const of = (text: string): OutboxEntry => outbox.entries.find(({ digest }) => digest === digestIn(text))!;
    expect(of(older).next).to.equal(null);
    expect(of(newer).state).to.equal('accepted');
    expect(of(finishedText('另一个单位')).next).not.to.equal(null);
    // Sent by hand it goes all the same.
    await outbox.sendNow(of(older).id);
    await until(() => of(older).state === 'accepted');
  });
});
