// An upstream of few lines over dist/core.js: takes finished reports and refuses what the page would refuse.
//   node demo/receiver/receiver.mjs FOLDER [PORT] [ORIGIN…]
// Each ORIGIN is a site whose pages may send from elsewhere; `null` are pages opened from a disk. It listens on 127.0.0.1
// only: https, the log-in and the outside are for a web server in front of it.

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import {
  checkedReport,
  checkReport,
  findingSentenceZh,
  FORMATS,
  OFFICIAL_RULES,
  openFindings,
  readPayload,
  refusalSentence,
  valuesOf,
} from '../../dist/core.js';

const [folder = 'received', port = '8080', ...origins] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

/** Bytes: the door reads a million characters, which Chinese fills with three bytes each. */
const LARGEST = 3_000_000;

/** The status and what is answered: `ok`, `message`, and whatever else the clerk should know. */
function receive(text) {
  const refuse = (message, more = {}, status = 422) => [status, { ok: false, message, ...more }];
  const read = readPayload(text);
  if (!read.ok)
    return refuse(refusalSentence(read.refusal), {}, read.refusal.code === 'too-large' ? 413 : 422);
  const { report, digest } = read;
  if (read.readOnly) return refuse('报告由更新的版本生成，本系统还不能接收。');
  if (read.draft) return refuse('这份报告还是草稿，请定稿后再报送。');
  if (read.digestStated === 'differs') return refuse('报告内容与其核对码不一致，可能被改动过，请重新生成。');
  if (report.signed?.lapsed !== undefined)
    return refuse('签发以后报告曾在别处被改动，签发已失效，请核对并重新签发后再报送。');
  const findings = unfinished(report);
  if (findings.length > 0)
    return refuse(`报告有 ${findings.length} 处需要处理，请改正后再报送。`, {
      findings: findings.slice(0, 100).map((finding) => ({
        rule: finding.rule,
        severity: finding.severity,
        cells: finding.cells,
        message: findingSentenceZh(finding, FORMATS[report.version]),
      })),
    });
  // Named by its digest alone: nothing that somebody wrote becomes a path, and the same report is one file.
  const path = join(folder, `${digest.slice('sha256:'.length)}.json`);
  const isKnown = existsSync(path);
  if (!isKnown) {
    writeFileSync(`${path}.part`, text, { flush: true });
    renameSync(`${path}.part`, path);
  }
  // The contract lets a payload be without it: then nobody can tell whether it was changed, and the clerk should know.
  const unstated = read.digestStated === 'absent' ? '（报告没有自带核对码，无法核对是否改动过）' : '';
  const message = `${isKnown ? '此前已接收' : '已接收'}，收件号 ${digest.slice(7, 15)}${unstated}`;
  return [isKnown ? 200 : 201, { ok: true, digest, message }];
}

/** What must be corrected, equations without all their numbers, and what nobody has confirmed or explained. */
function unfinished(report) {
  const checked = checkedReport(report);
  const findings = checkReport(checked, OFFICIAL_RULES.rules, { finishing: true });
  const open = openFindings(findings, report, { values: valuesOf(checked) });
  return findings.filter(
    (finding) => ['format', 'must'].includes(finding.severity) || open.includes(finding),
  );
}

async function bodyOf(request) {
  const pieces = [];
  let size = 0;
  // What is too large is still taken from the line: who is cut off hears no answer.
  for await (const piece of request) if ((size += piece.length) <= LARGEST) pieces.push(piece);
  return size > LARGEST ? undefined : Buffer.concat(pieces);
}

async function answer(request) {
  if (request.method !== 'POST') return [405, { ok: false, message: '请用 POST 报送。' }];
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return [415, { ok: false, message: '请以 application/json 报送。' }];
  const body = await bodyOf(request);
  if (body === undefined) return [413, { ok: false, message: '报告过大：数据最多100万个字符（3 MB）。' }];
  try {
    return receive(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    if (error instanceof TypeError) return [400, { ok: false, message: '不是 UTF-8 编码的文本。' }];
    console.error(error);
    return [500, { ok: false, message: '接收系统出错，没有保存，请稍后再发。' }];
  }
}

const server = createServer(async (request, response) => {
  const { origin } = request.headers;
  if (origin !== undefined && origins.includes(origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'retry-after');
    response.setHeader('vary', 'origin');
  }
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader('access-control-allow-headers', 'content-type');
    response.writeHead(204).end();
    return;
  }
  const [status, said] = await answer(request);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(said));
});
server.requestTimeout = 60_000;
server.listen(Number(port), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}/ → ${folder}`),
);
