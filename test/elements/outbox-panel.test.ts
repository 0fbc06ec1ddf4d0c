/** 报送 over a real outbox: what a person sees of it and does with it. */
import { expect } from 'chai';
import { deleteDB } from 'idb';
import { html, LitElement, type TemplateResult } from 'lit';
import type { Rule, RuleSet } from '../../src/checks/rule.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { OutboxPanel, type OutboxPanelOptions } from '../../src/elements/outbox-panel.ts';
import { baseStyles, calmBox } from '../../src/elements/styles.ts';
import { StoreFailure, type OutboxStore } from '../../src/outbox/outbox-store.ts';
import { badgeZh } from '../../src/outbox/outbox-words-zh.ts';
import { openOutbox, type Outbox, type OutboxOptions } from '../../src/outbox/outbox.ts';
import { expectAccessible } from '../browser/axe.ts';
import { altered, digestIn, finishedText } from '../outbox/finished-payload.ts';
import { downloads } from './drafts-panel-fixture.ts';
import {
  cleanUp,
  click,
  drawn,
  focused,
  payload,
  place,
  press,
  push as pushIn,
  settled,
  show as showEditor,
  type,
} from './editor-fixture.ts';

const UPSTREAMS = [
  { name: '市政府办公室', address: 'https://city.test/in' },
  { name: '省政府办公厅', address: 'http://10.0.0.8/in' },
];
const PROBES = [
  '<img src=x onerror="globalThis.owned=1">',
  '<script>globalThis.owned=1</script>',
  '"\'>&lt;b&gt;',
];

class Host extends LitElement {
  static override styles = [baseStyles];
  outbox!: Outbox;
  more: Partial<OutboxPanelOptions> = {};
  #panel: OutboxPanel | undefined;

  get panel(): OutboxPanel {
    return (this.#panel ??= new OutboxPanel(this, { outbox: this.outbox, ...this.more }));
  }

  protected override createRenderRoot(): HTMLElement {
    return calmBox(super.createRenderRoot());
  }

  protected override render(): TemplateResult {
    return html`<button type="button" id="opener">报送</button>
      <main>${this.panel.queue()}</main>
      ${this.panel.view()}`;
  }
}
customElements.define('test-outbox-host', Host);

const real = globalThis.fetch;
let posts: string[] = [];
const opened: Outbox[] = [];
const databases: string[] = [];

function upstreamSays(...answers: readonly (readonly [number, unknown])[]): void {
  let nth = 0;
  globalThis.fetch = async (input) => {
    posts.push(String(input));
    const [status, body] = answers[Math.min(nth, answers.length - 1)]!;
    nth += 1;
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
}

function open(options: OutboxOptions = {}): Outbox {
  const database = options.database ?? `xxgk-test-outbox-panel-${Date.now()}-${databases.length}`;
  databases.push(database);
  const outbox = openOutbox({ firstPause: 60_000, longestPause: 60_000, ...options, database });
  opened.push(outbox);
  return outbox;
}

async function show(outbox = open(), more: Partial<OutboxPanelOptions> = {}): Promise<Host> {
  const host = document.createElement('test-outbox-host') as Host;
  host.outbox = outbox;
  host.more = more;
  place(host);
  await host.updateComplete;
  await outbox.ready;
  await host.updateComplete;
  return host;
}

const root = (host: Host): ShadowRoot => host.shadowRoot!;
const dialog = (host: Host): HTMLDialogElement => root(host).querySelector('dialog')!;
const plain = (node: Element | null): string => node?.textContent!.replace(/\s+/g, ' ').trim() ?? '';
const list = (host: Host): string => plain(root(host).querySelector('main ul'));

function button(place: Element | ShadowRoot, text: string): HTMLButtonElement {
  const found = [...place.querySelectorAll('button')].find((one) => plain(one).startsWith(text));
  if (found === undefined) throw new Error(`There is no ${text}.`);
  return found;
}

async function push(place: Element | ShadowRoot, text: string): Promise<void> {
  await click(button(place, text));
  await settled();
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 4_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${condition.toString()}`);
    await settled();
  }
}

/** In the list, and somebody has answered. */
async function sent(host: Host, text = finishedText(), upstream = UPSTREAMS[0]!): Promise<void> {
  const added = await host.outbox.add(text, upstream);
  const id = added.ok ? added.entry.id : '';
  await until(() =>
    host.outbox.entries.some((one) => one.id === id && one.attempts.length > 0 && one.lease === null),
  );
  await host.updateComplete;
}

describe('sending upstream', () => {
  afterEach(async () => {
    cleanUp();
    for (const outbox of opened.splice(0)) outbox.close();
    globalThis.fetch = real;
    posts = [];
    for (const name of databases.splice(0)) await deleteDB(name);
  });

  it('[E320] the dialog shows what is sent and exactly whom it contacts, and contacts nobody before 发送', async () => {
    upstreamSays([200, { ok: true, message: '收件号 7' }]);
    const host = await show(open(), { upstreams: UPSTREAMS });
    const text = finishedText();
    await host.panel.open(text);
    const inside = dialog(host);
    expect(plain(inside)).to.include(
      `示例县审批服务局 2022 年度，核对码 ${digestIn(text).slice(7, 15)}，约 `,
    );
    expect(plain(inside.querySelector('.contacted'))).to.equal(
      '按“发送”后，报告全文发往：https://city.test/in。',
    );
    const radios = [...inside.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    expect(radios.map(({ checked }) => checked)).to.deep.equal([true, false, false]);
    await click(radios[1]!);
    await settled();
    expect(plain(inside.querySelector('.contacted'))).to.match(/http:\/\/10\.0\.0\.8\/in。.*http 不加密/);
    await click(radios[2]!);
    await settled();
    const input = inside.querySelector<HTMLInputElement>('input[type="text"]')!;
    await click(input);
    await type('https://TYPED.test/in?a=1#x');
    await settled();
    expect(plain(inside.querySelector('.contacted'))).to.include('发往：https://typed.test/in?a=1。');
    await expectAccessible(host);
    expect(posts).to.deep.equal([]);
    await push(inside, '发送');
    await until(() => host.outbox.count === 0 && host.outbox.entries.length === 1);
    expect(posts).to.deep.equal(['https://typed.test/in?a=1']);
    await settled();
    expect(plain(inside)).not.to.include('发送给');
    expect(plain(inside)).to.include('对方答复：收件号 7');
    // What was typed is offered the next time, where nothing is named.
    await push(inside, '关闭');
    const again = await show(open({ database: databases[0]! }));
    await again.panel.open(finishedText('某县教育局'));
    await again.updateComplete;
    expect(dialog(again).querySelector<HTMLInputElement>('input[type="text"]')!.value).to.equal(
      'https://typed.test/in?a=1',
    );
    expect(posts).to.have.length(1);
  });

  it('[E347, E348] a lapsed sign-off is not sent; one that names nobody is cautioned like none', async () => {
    const host = await show();
    const at = '2026-01-15';
    const warning = async (signOff: { at?: string; filledBy?: string }): Promise<string> => {
      await host.panel.open(finishedText('示例县审批服务局', { signOff }));
      const said = plain(dialog(host).querySelector('.refusal'));
      await push(dialog(host), '关闭');
      return said;
    };
    for (const signOff of [{}, { at }, { at, filledBy: ' ' }, { filledBy: '张三' }])
      expect(await warning(signOff), JSON.stringify(signOff)).to.include(
        '还没有签发（没有填报人、审核人、负责人的记录）',
      );
    expect(await warning({ at, filledBy: '张三' })).to.equal('');
    await host.panel.open(
      finishedText('示例县审批服务局', {
        signOff: { at, filledBy: '张三', lapsed: `sha256:${'0'.repeat(64)}` },
      }),
    );
    expect(plain(dialog(host).querySelector('[role="alert"]'))).to.include('签发已失效，没有发送');
    expect(dialog(host).querySelector('form')).to.equal(null);
    await expectAccessible(host);
  });

  it('[E321] a report or an address that cannot be used is told there, and nothing is sent', async () => {
    upstreamSays([200, { ok: true }]);
    const host = await show();
    await host.panel.open(altered(finishedText(), { draft: true, digest: undefined }));
    expect(plain(dialog(host).querySelector('[role="alert"]'))).to.include('这份报告还是草稿，没有发送');
    expect(dialog(host).querySelector('form')).to.equal(null);
    await push(dialog(host), '关闭');
    await host.panel.open(finishedText());
    const input = (): HTMLInputElement => dialog(host).querySelector('input[type="text"]')!;
    for (const [text, sentence] of [
      ['', '请填写接收地址。'],
      ['city.test/in', '地址应以 http:// 或 https:// 开头，请向接收方询问完整的地址。'],
      ['https://u:p@city.test/', '地址中不能带用户名和密码，请去掉后再试。'],
    ] as const) {
      input().value = text;
      input().dispatchEvent(new InputEvent('input', { bubbles: true }));
      await push(dialog(host), '发送');
      expect(plain(dialog(host).querySelector('[role="alert"]'))).to.equal(sentence);
      expect(input().value).to.equal(text);
    }
    await expectAccessible(host);
    expect([posts, host.outbox.entries]).to.deep.equal([[], []]);
  });

  it('[E331] it is checked by the rules in force when it is opened and again when it is sent; a pack that is not loaded is named', async () => {
    upstreamSays([200, { ok: true }]);
    const host = await show(open(), { upstreams: UPSTREAMS });
    const checks = { rules: '2021@1+hunan@2026.1', must: 0, verify: 0, info: 0, open: 0 };
    await host.panel.open(altered(finishedText(), { checks }));
    expect(plain(dialog(host).querySelector('form'))).to.include(
      '这份报告定稿时用的补充规则“hunan@2026.1”没有载入，发送前没有用它核对',
    );
    await expectAccessible(host);
    await push(dialog(host), '关闭');
    // A session is what the rules in force are told by: another pack is opened while the dialog is.
    const rule: Rule = {
      id: 'EX-01',
      severity: 'must',
      source: '省',
      holds: { left: ['disclosure/licensing/decisions'], sign: '>', right: [{ constant: 3 }] },
      wording: { title: '许可', zh: '{cell}为{left}，应大于{right}。' },
    };
    const inForce: { rules: RuleSet } = { rules: OFFICIAL_RULES };
    await host.panel.open(finishedText(), inForce);
    expect(plain(dialog(host).querySelector('form'))).not.to.include('没有载入');
    inForce.rules = { version: '1+example@2', rules: [...OFFICIAL_RULES.rules, rule] };
    await push(dialog(host), '发送');
    const alert = plain(dialog(host).querySelector('[role="alert"]'));
    expect(alert)
      .to.include('报告还有 1 处需要处理，没有发送。')
      .and.include('行政许可')
      .and.include('应大于3');
    await push(dialog(host), '关闭');
    await host.panel.open(finishedText(), inForce);
    expect(plain(dialog(host).querySelector('[role="alert"]'))).to.equal(alert);
    expect(dialog(host).querySelector('form')).to.equal(null);
    expect([posts, host.outbox.entries]).to.deep.equal([[], []]);
  });

  it('[E322] the list says of each what it is, when it is tried again and what the upstream said, as text', async () => {
    upstreamSays(
      [200, { ok: true, message: PROBES[0] }],
      [422, { ok: false, message: PROBES[1], findings: [{ rule: 'T3-01', message: PROBES[2] }] }],
      [503, ''],
      [200, PROBES[0]],
    );
    const host = await show();
    await sent(host, finishedText(PROBES[1]));
    for (const name of ['乙局', '丙局', '丁局'])
      await sent(host, finishedText(name), { ...UPSTREAMS[1]!, name: PROBES[0]! });
    const items = [...root(host).querySelectorAll('main .queue > ul > li')].map(plain).reverse();
    expect(items[0]).to.include('已接收').and.include(PROBES[1]).and.include(`对方答复：${PROBES[0]}`);
    expect(items[0]).to.match(/市政府办公室 https:\/\/city\.test\/in核对码 [0-9a-f]{8}，最近一次 \d\d:\d\d/);
    expect(items[1])
      .to.include('被退回')
      .and.include(`对方没有接收（状态 422）。对方答复：${PROBES[1]}`)
      .and.include(PROBES[2]);
    expect(items[2])
      .to.match(/待发送.*\d\d 秒后自动重试/)
      .and.include('对方暂时不能接收（状态 503）。');
    expect(items[3])
      .to.include('未确认')
      .and.include('看不出是否已接收')
      .and.include(`答复原文丁局 2022 年度 ${PROBES[0]}`);
    const seconds = (): number => Number(/(\d+) 秒后/.exec(list(host))![1]);
    const before = seconds();
    await until(() => seconds() < before);
    expect((globalThis as { owned?: unknown }).owned).to.equal(undefined);
    expect(root(host).querySelector('img, script, b')).to.equal(null);
    await expectAccessible(host);
  });

  it('[E323] sends now, stops, hands out the report, and asks before it deletes', async () => {
    upstreamSays([503, ''], [400, ''], [200, { ok: true }]);
    const host = await show();
    await sent(host);
    const inside = (): Element => root(host).querySelector('main')!;
    await push(inside(), '停止');
    await until(() => !list(host).includes('自动重试'));
    await push(inside(), '立即发送');
    await until(() => list(host).includes('被退回'));
    const files = await downloads(async () => push(inside(), '下载'));
    expect([...files]).to.deep.equal([['政府信息公开年报_示例县审批服务局_2022.json', finishedText()]]);
    await push(inside(), '删除…');
    expect(plain(root(host).querySelector('.question'))).to.include(
      '不再发送，不能找回。需要留底的请先下载。',
    );
    expect(plain(focused())).to.equal('取消');
    await expectAccessible(host);
    await push(inside(), '取消');
    expect(host.outbox.entries).to.have.length(1);
    await push(inside(), '立即发送');
    await until(() => list(host).includes('已接收'));
    expect(
      [...inside().querySelectorAll('.buttons button')].map((one) => plain(one).slice(0, 2)),
    ).to.deep.equal(['下载', '删除']);
    await push(inside(), '删除…');
    expect(plain(root(host).querySelector('.question'))).to.include('对方已接收的报告不受影响');
    await push(root(host).querySelector('.question')!, '删除');
    await until(() => host.outbox.entries.length === 0);
    await settled();
    expect(plain(inside())).to.include('没有待发送或已发送的报告。').and.include('已删除。');
    expect(focused().localName).to.equal('h3');
  });

  it('[E324] offline it says that it sends by itself once there is a network', async () => {
    upstreamSays([200, { ok: true }]);
    let isOnline = false;
    const host = await show(open({ online: () => isOnline }), { upstreams: UPSTREAMS });
    await host.panel.open(finishedText());
    await push(dialog(host), '发送');
    await until(() => host.outbox.entries.length === 1);
    await settled();
    expect(plain(dialog(host).querySelector('.warn'))).to.equal('当前离线，联网后自动发送');
    expect(plain(dialog(host).querySelector('ul')))
      .to.include('待发送')
      .and.include('尚未发送，当前离线，联网后自动发送');
    expect(plain(dialog(host).querySelector('[role="status"]'))).to.equal('当前离线，联网后自动发送');
    expect(posts).to.deep.equal([]);
    isOnline = true;
    window.dispatchEvent(new Event('online'));
    await until(() => plain(dialog(host)).includes('已接收'));
    expect(plain(dialog(host))).not.to.include('当前离线');
  });

  it('[E325] what becomes of a report is announced politely; Escape takes back a question first, then closes', async () => {
    upstreamSays([400, ''], [200, { ok: true }]);
    const host = await show(open(), { upstreams: UPSTREAMS });
    const opener = root(host).querySelector<HTMLElement>('#opener')!;
    opener.focus();
    await host.panel.open(finishedText());
    expect(focused().localName).to.equal('h2');
    await push(dialog(host), '发送');
    const status = dialog(host).querySelector('[role="status"]')!;
    expect(status.getAttribute('aria-live')).to.equal('polite');
    await until(() => plain(status) === '示例县审批服务局 2022 年度：被退回。');
    expect(focused().localName).to.equal('h3');
    await push(dialog(host), '立即发送');
    await until(() => plain(status) === '示例县审批服务局 2022 年度：已接收。');
    await push(dialog(host), '删除…');
    await press('Escape');
    await until(() => root(host).querySelector('.question') === null);
    expect(dialog(host).open).to.equal(true);
    await press('Escape');
    await until(() => root(host).querySelector('dialog') === null);
    expect(focused()).to.equal(opener);
    // Taken out of the page and put back it goes on.
    const parent = host.parentElement!;
    host.remove();
    await sent(host, finishedText('某县教育局'));
    parent.append(host);
    await host.updateComplete;
    expect(list(host)).to.include('某县教育局');
  });

  it('[E326] its badge counts the reports that no upstream has', async () => {
    upstreamSays([200, { ok: true }], [400, '']);
    const host = await show();
    const badges: string[] = [];
    host.outbox.listen(() => badges.push(badgeZh(host.outbox.count)));
    expect(badgeZh(host.outbox.count)).to.equal('报送');
    await sent(host);
    expect(badges).to.include('报送 1');
    expect(badgeZh(host.outbox.count)).to.equal('报送');
    await sent(host, finishedText('甲局'));
    await sent(host, finishedText('乙局'));
    expect(badgeZh(host.outbox.count)).to.equal('报送 2');
    // To look only.
    await host.panel.open();
    expect(dialog(host).querySelector('form')).to.equal(null);
    expect(dialog(host).querySelectorAll('.queue > ul > li')).to.have.length(3);
  });

  it('[E328] a host answers 提交 with the queue: the receipt has the upstream’s words, a refusal leaves the report unsigned', async () => {
    upstreamSays(
      [422, { ok: false, message: '年度不对。' }],
      [503, ''],
      [200, { ok: true, message: '收件号 7' }],
    );
    const outbox = open({ firstPause: 50 });
    const editor = await showEditor((one) => {
      one.value = payload(0);
      one.addEventListener('xxgk-submit-request', (event) =>
        event.respondWith(outbox.deliver(event.text, UPSTREAMS[0]!)),
      );
    });
    await drawn(editor);
    const view = (): string => plain(editor.shadowRoot!.querySelector('.submission'));
    await pushIn(editor, '提交');
    await until(() => view() !== '');
    await pushIn(editor, '确认提交');
    await until(() => view().includes('没有成功'));
    expect(view()).to.include('提交没有成功：对方没有接收（状态 422）。对方答复：年度不对。');
    expect(editor.payload()['signOff']).to.equal(undefined);
    await pushIn(editor, '确认提交');
    await until(() => view().includes('已提交'));
    expect(view()).to.include('收件号 7');
    expect(posts).to.have.length(3);
    expect(outbox.entries).to.have.length(1);
    expect(outbox.entries[0]!.payload).to.equal(editor.value);
  });

  it('[E327] where nothing can be kept, or something cannot be read, that is said beside the list', async () => {
    upstreamSays([503, '']);
    for (const [reason, sentence] of [
      [
        'refused',
        '浏览器不允许本页保存数据（如无痕模式）：待发送的报告只在本页打开期间保留，关闭本页前请下载。',
      ],
      ['full', '磁盘已满：待发送的报告只在本页打开期间保留，关闭本页前请下载。'],
      ['failed', '浏览器的存储出错：待发送的报告只在本页打开期间保留，关闭本页前请下载。'],
    ] as const) {
      const fails = async (): Promise<never> => {
        throw new StoreFailure(reason);
      };
      const store: OutboxStore = { all: fails, change: fails, lastAddress: fails, keepLastAddress: fails };
      const host = await show(open({ store }));
      await sent(host);
      expect(plain(root(host).querySelector('.warn'))).to.equal(sentence);
      expect(list(host)).to.include('未能存入本浏览器');
      cleanUp();
    }
    const odd: OutboxStore = {
      all: async () => [{ id: 'x' }],
      change: async () => undefined,
      lastAddress: async () => undefined,
      keepLastAddress: async () => undefined,
    };
    const host = await show(open({ store: odd }));
    expect(plain(root(host).querySelector('.warn'))).to.equal('有 1 份报送记录无法读取，原样保留。');
  });
});
