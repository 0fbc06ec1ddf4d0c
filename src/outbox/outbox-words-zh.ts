/** The sentences of the outbox. What an upstream says is put in as it came: text, never more. */
import { findingSentenceZh } from '../checks/wording-zh.ts';
import { FORMATS } from '../format/formats.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { refusalSentence } from '../payload/reading-words.ts';
import { lastAttempt, type EntryState, type OutboxEntry } from './outbox-entry.ts';
import type { KeepingFailure } from './outbox-store.ts';
import type { PayloadRefusal, Sendable } from './sendable.ts';
import type { Fault } from './send-payload.ts';
import type { AddressRefusal, ConfigurationRefusal } from './upstream-address.ts';

type Unfinished = Extract<PayloadRefusal, { code: 'unfinished' }>;

const STATES: Readonly<Record<EntryState, string>> = {
  waiting: zh`待发送`,
  sending: zh`发送中`,
  accepted: zh`已接收`,
  refused: zh`被退回`,
  undecided: zh`未确认`,
};

export const stateZh = (state: EntryState): string => told(STATES[state]);

const ADDRESSES: Readonly<Record<AddressRefusal, string>> = {
  empty: zh`请填写接收地址。`,
  'too-long': zh`地址过长，请核对。`,
  'not-web': zh`地址应以 http:// 或 https:// 开头，请向接收方询问完整的地址。`,
  password: zh`地址中不能带用户名和密码，请去掉后再试。`,
  mixed: zh`本页是 https 网页，浏览器不允许它向 http 地址发送。请向接收方询问 https 地址，或下载后另行报送。`,
};

export const addressRefusalZh = (refusal: AddressRefusal): string => told(ADDRESSES[refusal]);

export function payloadRefusalZh(refusal: PayloadRefusal): string {
  switch (refusal.code) {
    case 'unreadable':
      return refusalSentence(refusal.refusal);
    case 'newer':
      return t`报告由更新的版本生成，请升级后再发送。`;
    case 'draft':
      return t`这份报告还是草稿，没有发送。请处理完所有问题、定稿后再发送。`;
    case 'digest':
      return t`报告内容与其核对码不一致，可能被改动过，没有发送。请重新生成。`;
    case 'lapsed':
      return t`签发以后报告曾在别处被改动，签发已失效，没有发送。请核对并重新签发（生成）后再发送。`;
    case 'unfinished':
      return unfinishedZh(refusal);
  }
}

/** How many findings are told in full. */
const NAMED = 3;

function unfinishedZh({ findings, version, missingPack }: Unfinished): string {
  return joined(
    [
      t`报告还有 ${findings.length} 处需要处理，没有发送。`,
      ...findings.slice(0, NAMED).map((finding) => findingSentenceZh(finding, FORMATS[version])),
      missingPack === ''
        ? t`请处理完、定稿后再发送。`
        : t`这份报告定稿时用的补充规则“${missingPack}”没有载入，没有用它核对；请先打开补充规则文件，再报送。`,
    ],
    '',
  );
}

/** What is to be known before it is sent, '' for nothing. */
export function missingPackZh({ missingPack }: Sendable): string {
  return missingPack === ''
    ? ''
    : t`这份报告定稿时用的补充规则“${missingPack}”没有载入，发送前没有用它核对，报告中也不写用它核对过。需要的，请先打开补充规则文件。`;
}

/** Why a report was not put in line. */
export function addedRefusalZh(
  refused: { readonly address: AddressRefusal } | { readonly payload: PayloadRefusal },
): string {
  return 'address' in refused ? addressRefusalZh(refused.address) : payloadRefusalZh(refused.payload);
}

export function configurationRefusalZh(refusal: ConfigurationRefusal): string {
  const words = (): string => {
    switch (refusal.code) {
      case 'not-json':
        return t`不是有效的 JSON`;
      case 'no-list':
        return t`“upstream”应为列表`;
      case 'too-many':
        return t`接收方过多`;
      case 'name':
        return t`第 ${refusal.nth} 个接收方没有名称，或名称过长`;
      case 'twice':
        return t`第 ${refusal.nth} 个接收方的名称或地址重复`;
      case 'address':
        return t`第 ${refusal.nth} 个接收方的地址不能使用`;
    }
  };
  const more = 'address' in refusal && refusal.address !== undefined ? addressRefusalZh(refusal.address) : '';
  return joined([t`页面自带的报送配置有误，未采用：${words()}。`, more], '');
}

const UNKNOWN = zh`不能确定对方是否已收到；可以再发，接收方按核对码识别同一份报告。`;
const FAULTS: Readonly<Record<Exclude<Fault, 'unclear'>, string>> = {
  timeout: zh`长时间没有收到完整的答复。`,
  network: zh`没有收到答复：网络不通、对方没有运行，或对方没有允许本页访问（跨域）。`,
  redirect: zh`对方要求转到别的地址，没有跟随。请向接收方询问正确的地址。`,
  policy: zh`本页的安全策略不允许向这个地址发送，没有发出。请联系系统管理员。`,
  other: zh`对方答复的是另一份报告，请向接收方核实。`,
  stopped: zh`发送途中已停止。`,
  damaged: zh`保存的内容或地址已不能使用，没有发送。请删除后重新发送。`,
};

/** What came of the last attempt; '' where there was none. */
export function reasonZh(entry: OutboxEntry): string {
  const last = lastAttempt(entry);
  if (last === undefined) return entry.state === 'undecided' ? told(UNKNOWN) : '';
  const { fault, status, message } = last;
  const said = message === '' ? '' : t`对方答复：${message}`;
  if (entry.state === 'accepted') return said;
  if (fault === null) return joined([statusZh(status ?? 0, entry), said], '');
  if (fault === 'unclear')
    return joined([t`对方的答复（状态 ${status ?? 0}）看不出是否已接收，请向接收方核实。`, said], '');
  const isUnknown = fault === 'timeout' || fault === 'network' || fault === 'stopped';
  return joined([told(FAULTS[fault]), isUnknown ? told(UNKNOWN) : '', said], '');
}

function statusZh(status: number, { payload }: OutboxEntry): string {
  if (status === 413)
    return t`对方说报告过大（约 ${Math.ceil(new Blob([payload]).size / 1000)} KB），没有接收。请联系接收方放宽大小限制。`;
  if (status === 401 || status === 403) return t`对方要求先登录，或不允许报送（状态 ${status}）。`;
  if (status === 404 || status === 405) return t`这个地址没有接收报告的程序（状态 ${status}），请核对地址。`;
  if (status === 502 || status === 504) return t`对方的网关没有等到答复（状态 ${status}）。${told(UNKNOWN)}`;
  return status >= 500 || status === 408 || status === 425 || status === 429
    ? t`对方暂时不能接收（状态 ${status}）。`
    : t`对方没有接收（状态 ${status}）。`;
}

/** When it is tried again; '' where it is not, by itself. */
export function nextZh({ state, next, notBefore }: OutboxEntry, online: boolean, now: number): string {
  if (next === null || state === 'accepted' || state === 'sending') return '';
  if (!online) return t`当前离线，联网后自动发送`;
  const seconds = Math.ceil((Math.max(next, notBefore) - now) / 1000);
  if (seconds <= 0) return t`即将发送`;
  return seconds < 120 ? t`${seconds} 秒后自动重试` : t`约 ${Math.round(seconds / 60)} 分钟后自动重试`;
}

const KEEPING: Readonly<Record<KeepingFailure, string>> = {
  refused: zh`浏览器不允许本页保存数据（如无痕模式）`,
  full: zh`磁盘已满`,
  failed: zh`浏览器的存储出错`,
};

/** Some of it is kept by this page alone. */
export function keepingZh(failure: KeepingFailure): string {
  return t`${told(KEEPING[failure])}：待发送的报告只在本页打开期间保留，关闭本页前请下载。`;
}

export function deletedZh(): string {
  return t`已从待发送的报告中删除。`;
}

/** The label of its tab: with the number of reports that no upstream has yet. */
export function badgeZh(count: number): string {
  return t`报送 ${count === 0 ? '' : count}`.trim();
}
