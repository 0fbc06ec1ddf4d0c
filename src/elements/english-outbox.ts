/** 报送 in English: sending upstream, and what comes back. */
import type { Phrase } from './english.ts';

export const OUTBOX: Readonly<Record<string, Phrase>> = {
  待发送: 'Waiting',
  发送中: 'Sending',
  已接收: 'Accepted',
  被退回: 'Returned',
  未确认: 'Not confirmed',

  // Addresses
  '请填写接收地址。': 'Enter the address of the receiver.',
  '地址过长，请核对。': 'The address is too long. Check it.',
  '地址应以 http:// 或 https:// 开头，请向接收方询问完整的地址。':
    'An address begins with http:// or https:// and is asked for whole at the receiver.',
  '地址中不能带用户名和密码，请去掉后再试。':
    'An address must not carry a user name or a password. Take them out.',
  '本页是 https 网页，浏览器不允许它向 http 地址发送。请向接收方询问 https 地址，或下载后另行报送。':
    'This is an https page, which a browser does not let send to an http address. Ask the receiver for an https address, or download the report and hand it in otherwise.',
  '页面自带的报送配置有误，未采用：{0}。':
    'The configuration of this page for sending is wrong and not used: {0}.',
  '不是有效的 JSON': 'no valid JSON',
  '“upstream”应为列表': '"upstream" is no list',
  接收方过多: 'too many receivers',
  '第 {0} 个接收方没有名称，或名称过长': 'receiver {0} has no name, or too long a one',
  '第 {0} 个接收方的名称或地址重复': 'receiver {0} has the name or the address of another',
  '第 {0} 个接收方的地址不能使用': 'the address of receiver {0} cannot be used',

  // Reports that are not sent
  '报告由更新的版本生成，请升级后再发送。':
    'The report was made by a newer version. Upgrade before you send it.',
  '这份报告还是草稿，没有发送。请处理完所有问题、定稿后再发送。':
    'This report is a draft and was not sent. Settle all findings and finish it first.',
  '报告内容与其核对码不一致，可能被改动过，没有发送。请重新生成。':
    'The report does not agree with its digest; it may have been changed, and was not sent. Make it again.',
  '签发以后报告曾在别处被改动，签发已失效，没有发送。请核对并重新签发（生成）后再发送。':
    'The report was changed elsewhere after it was signed off, so that the sign-off has lapsed; it was not sent. Check it and sign it off (make the file) anew.',
  '报告还有 {0} 处需要处理，没有发送。':
    'The report was not sent: {0} {0|finding has|findings have} to be settled first.',
  '请处理完、定稿后再发送。': 'Settle all findings, finish it, then send it.',
  '这份报告定稿时用的补充规则“{0}”没有载入，没有用它核对；请先打开补充规则文件，再报送。':
    'The rule pack "{0}" that this report was finished with is not loaded, and it was not checked by it. Open the rule pack first, then send the report.',
  '这份报告定稿时用的补充规则“{0}”没有载入，发送前没有用它核对，报告中也不写用它核对过。需要的，请先打开补充规则文件。':
    'The rule pack "{0}" that this report was finished with is not loaded: it is not checked by it before it is sent, and does not say that it was. If that is needed, open the rule pack first.',

  // What came of it
  '不能确定对方是否已收到；可以再发，接收方按核对码识别同一份报告。':
    'Nobody knows whether it arrived. It can be sent again: the receiver knows the report by its digest.',
  '长时间没有收到完整的答复。': 'No complete answer for a long time.',
  '没有收到答复：网络不通、对方没有运行，或对方没有允许本页访问（跨域）。':
    'No answer: no network, the receiver is not running, or it does not let this page in (CORS).',
  '对方要求转到别的地址，没有跟随。请向接收方询问正确的地址。':
    'The receiver points to another address, which was not followed. Ask it for the right one.',
  '本页的安全策略不允许向这个地址发送，没有发出。请联系系统管理员。':
    'The security policy of this page forbids sending to this address; nothing went out. Ask your administrator.',
  '对方答复的是另一份报告，请向接收方核实。': 'The answer is about another report. Ask the receiver.',
  '发送途中已停止。': 'Stopped on the way.',
  '保存的内容或地址已不能使用，没有发送。请删除后重新发送。':
    'The kept report or address can no longer be used; nothing was sent. Delete it and send again.',
  '对方答复：{0}': 'Answer: {0}',
  '对方的答复（状态 {0}）看不出是否已接收，请向接收方核实。':
    'The answer (status {0}) does not say whether it was accepted. Ask the receiver.',
  '对方说报告过大（约 {0} KB），没有接收。请联系接收方放宽大小限制。':
    'Too large for the receiver (about {0} KB), not accepted. Ask it to allow more.',
  '对方要求先登录，或不允许报送（状态 {0}）。':
    'The receiver wants a login, or does not allow it (status {0}).',
  '这个地址没有接收报告的程序（状态 {0}），请核对地址。':
    'Nothing receives reports at this address (status {0}). Check it.',
  '对方的网关没有等到答复（状态 {0}）。{1}': 'The gateway of the receiver had no answer (status {0}). {1}',
  '对方暂时不能接收（状态 {0}）。': 'The receiver cannot accept it now (status {0}).',
  '对方没有接收（状态 {0}）。': 'Not accepted (status {0}).',
  '当前离线，联网后自动发送': 'Offline; it is sent as soon as there is a network',
  即将发送: 'about to be sent',
  '{0} 秒后自动重试': 'tried again in {0} {0|second|seconds}',
  '约 {0} 分钟后自动重试': 'tried again in about {0} {0|minute|minutes}',
  '浏览器不允许本页保存数据（如无痕模式）':
    'The browser does not let this page save data (as in private mode)',
  '{0}：待发送的报告只在本页打开期间保留，关闭本页前请下载。':
    '{0}: reports that are waiting are kept only while this page is open. Download them before you close it.',
  '已从待发送的报告中删除。': 'Deleted from the reports that are waiting.',
  '报送 {0}': 'Sending {0}',

  // The panel
  报送报告: 'Send reports',
  发送给: 'Send to',
  其他地址: 'Another address',
  接收地址: 'Address',
  '按“发送”后，报告全文发往：{0}。{1}': '"Send" sends the whole report to: {0}. {1}',
  'http 不加密，同一网络中的其他人可能看到内容。':
    'http is not encrypted: others in the same network may see it.',
  发送: 'Send',
  报送情况: 'Reports sent',
  '有 {0} 份报送记录无法读取，原样保留。':
    '{0} {0|record|records} cannot be read and {0|is|are} left as found.',
  '没有待发送或已发送的报告。': 'No report is waiting or has been sent.',
  '核对码 {0}': 'digest {0}',
  尚未发送: 'not sent yet',
  '最近一次 {0}': 'last sent {0}',
  未能存入本浏览器: 'not saved in this browser',
  立即发送: 'Send now',
  答复原文: 'Answer as it came',
  '将删除{0}的报送记录和对方的答复，不能找回。对方已接收的报告不受影响。':
    'This deletes the record of {0} and the answer; it cannot be brought back. What the receiver has is not affected.',
  '将删除{0}的报送记录，不再发送，不能找回。需要留底的请先下载。':
    'This deletes the record of {0}, which is not sent any more; it cannot be brought back. Download it first if you want to keep it.',
  '已删除。': 'Deleted.',
  '约 {0} KB': 'about {0} KB',
  '这份报告对方此前已接收，没有再发。': 'The receiver has this report already; it was not sent again.',
  '已开始发送。': 'Sending has begun.',
  '{0}：{1}。': '{0}: {1}.',
  '较早的 {0} 份不再发送。': '{0} older {0|one is|ones are} not sent any more.',
  '这份报告还没有签发（没有填报人、审核人、负责人的记录），接收方可能退回。':
    'This report is not signed (no filler, reviewer or head on record); its receiver may refuse it.',
};
