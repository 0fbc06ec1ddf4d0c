/** The example receiver: its verdict is the page's and the command line's, and nobody's text becomes a path. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import type { Json } from '../../src/format/canonical-json.ts';
import { readSendable } from '../../src/outbox/sendable.ts';
import { completeReport, readPayload } from '../../src/payload/read-payload.ts';
import { openFindings } from '../../src/report/explanations.ts';
import { Session } from '../../src/report/session.ts';
import { digestIn, finishedText } from '../outbox/finished-payload.ts';
import { xxgk } from './xxgk.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SAMPLES = ['zero', 'large', 'wrong', 'city-2023', 'city-2024'];

interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly message: string;
  readonly digest?: string;
  readonly findings?: readonly { readonly rule: string; readonly message: string }[];
}

type Payload = Record<string, Json> & {
  tables: Record<string, Record<string, Record<string, number | null>>>;
};

/** What may be wrong with a report, or nothing at all. */
const MUTATIONS: Readonly<Record<string, (payload: Payload) => void>> = {
  'nothing changed': () => {},
  'a draft': (payload) => void (payload['draft'] = true),
  'one more received': ({ tables }) => void (tables['requests']!['received']!['natural-person']! += 1),
  'an empty cell': ({ tables }) => void (tables['requests']!['granted']!['other'] = null),
  'a cell that is absent': ({ tables }) => void delete tables['disclosure']!['rules']!['issued'],
  'a row that is absent': ({ tables }) => void delete tables['requests']!['denied.internal-affairs'],
  'a total that is no sum': ({ tables }) => void (tables['proceedings']!['review']!['total']! += 3),
  'a negative number': ({ tables }) => void (tables['disclosure']!['licensing']!['decisions'] = -1),
  'half a case': ({ tables }) => void (tables['disclosure']!['licensing']!['decisions'] = 0.5),
  'a text for a number': ({ tables }) =>
    void ((tables['requests']!['received'] as Record<string, Json>)['other'] = '3'),
  'no unit': (payload) => void (payload['organization'] = { name: '' }),
  'another schema': (payload) => void (payload['schema'] = 'xxgk/1'),
  'a later schema': (payload) => void (payload['schema'] = 'xxgk-annual-report/2'),
  'another format': (payload) => void (payload['format'] = '2030'),
  'a year of no report': (payload) => void (payload['year'] = 1999),
  'a wrong digest': (payload) => void (payload['digest'] = `sha256:${'0'.repeat(64)}`),
  'a wrong digest of the tables': (payload) => void (payload['tablesDigest'] = `sha256:${'0'.repeat(64)}`),
  'a sign-off that has lapsed': (payload) =>
    void (payload['signOff'] = {
      filledBy: '张三',
      at: '2026-01-15',
      lapsed: `sha256:${'0'.repeat(64)}`,
    }),
  'a member nobody knows': (payload) => void (payload['x-note'] = { html: '<script>' }),
  'an undecided cell': (payload) =>
    void (payload['marks'] = { 'requests/granted/other': { kind: 'uncertain', raw: '1?', candidate: 1 } }),
};

/** As the editor decides when it stamps a report. */
function isFinishedOnThePage(text: string): boolean {
  const result = readPayload(text);
  if (!result.ok || result.readOnly || result.draft) return false;
  const session = new Session(completeReport(result.report), OFFICIAL_RULES);
  const findings = session.findingsOnFinishing();
  return (
    !findings.some(({ severity }) => severity === 'format' || severity === 'must') &&
    openFindings(findings, session.report, session.state).length === 0
  );
}

describe('the example receiver', () => {
  const folder = mkdtempSync(join(tmpdir(), 'received-'));
  const scratch = mkdtempSync(join(tmpdir(), 'sent-'));
  const origin = 'http://intranet.test';
  let receiver: ChildProcess;
  let address = '';
  before(async () => {
    receiver = spawn(process.execPath, ['demo/receiver/receiver.mjs', folder, '0', origin], { cwd: ROOT });
    address = await new Promise((done, fail) => {
      receiver.stdout!.once('data', (data) => done(/http:\/\/\S+/.exec(String(data))![0]));
      receiver.stderr!.once('data', (data) => fail(new Error(String(data))));
    });
  });
  after(() => {
    receiver.kill();
    for (const one of [folder, scratch]) rmSync(one, { recursive: true, force: true });
  });

  const post = async (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: body as string,
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  };

  it('[S20] accepts and refuses what the page and the command line do: every sample, as it is and in many ways wrong', async () => {
    const sent: { name: string; text: string }[] = [];
    for (const sample of SAMPLES) {
      const text = readFileSync(join(ROOT, 'demo/samples', `${sample}.json`), 'utf8');
      sent.push({ name: `${sample}, as it is`, text });
      for (const [what, mutate] of Object.entries(MUTATIONS)) {
        const payload = JSON.parse(text) as Payload;
        delete payload['draft'];
        mutate(payload);
        sent.push({ name: `${sample}, ${what}`, text: JSON.stringify(payload) });
      }
      sent.push({ name: `${sample}, cut off`, text: text.slice(0, text.length / 2) });
    }
    const files = sent.map(({ text }, index) => {
      const file = join(scratch, `${index}.json`);
      writeFileSync(file, text);
      return file;
    });
    const checked = JSON.parse(xxgk(['check', '--json', ...files]).out) as {
      files: readonly { status: number; findings: readonly { rule: string }[] }[];
    };
    let accepted = 0;
    for (const [index, { name, text }] of sent.entries()) {
      const answer = await post(text);
      assert.equal(answer.ok, readSendable(text).ok, `${name}: ${answer.message}`);
      const { status } = checked.files[index]!;
      const result = readPayload(text);
      if (!answer.ok) assert.match(answer.message, /[\u4e00-\u9fff].*。$/, name);
      if (result.ok && result.notes.some(({ code }) => /digest-differs$|^sign-off-lapsed$/.test(code))) {
        // The page opens it with a warning and stamps it anew; as it is it is not handed on.
        assert.equal(answer.ok, false, name);
        continue;
      }
      assert.equal(answer.ok, isFinishedOnThePage(text), `${name}: ${answer.message}`);
      if (answer.ok) assert.equal(status, 0, name);
      else if (status === 0) assert.ok(result.ok && (result.draft || answer.findings!.length > 0), name);
      // Whatever the command line calls an error is listed in the answer.
      const rules = new Set(answer.findings?.map(({ rule }) => rule));
      if (answer.findings !== undefined && status === 1 && answer.findings.length < 100)
        for (const finding of checked.files[index]!.findings as { rule: string; severity: string }[])
          if (['must', 'format'].includes(finding.severity))
            assert.ok(rules.has(finding.rule), `${name}: ${finding.rule}`);
      if (answer.ok) accepted += 1;
    }
    assert.ok(accepted >= 8 && accepted < sent.length / 2, `${accepted} of ${sent.length}`);
  });

  it('[P45] takes a report that states no digest, signed or not, as the contract does, and says so in its answer', async () => {
    for (const signOff of [undefined, { filledBy: '张三', at: '2026-01-15' }]) {
      const {
        digest: _digest,
        tablesDigest: _tablesDigest,
        ...bare
      } = JSON.parse(finishedText('某县民政局')) as Payload;
      delete bare['signOff'];
      const text = JSON.stringify({ ...bare, ...(signOff && { signOff }) });
      const answer = await post(text);
      assert.deepEqual([answer.status, answer.ok, readSendable(text).ok], [201, true, true]);
      assert.match(answer.message, /^已接收，收件号 [0-9a-f]{8}（报告没有自带核对码，无法核对是否改动过）$/);
    }
  });

  it('[S21] refuses by size, kind and encoding, keeps a report once under its digest, and lets in the sites it knows', async () => {
    const text = finishedText('../../某县/教育局');
    const first = await post(text);
    const again = await post(text);
    assert.deepEqual([first.status, again.status], [201, 200]);
    assert.deepEqual([first.digest, again.digest], [digestIn(text), digestIn(text)]);
    assert.match(again.message, /^此前已接收，收件号 [0-9a-f]{8}$/);
    const names = readdirSync(folder);
    assert.deepEqual(
      names.filter((name) => !/^[0-9a-f]{64}\.json$/.test(name)),
      [],
    );
    assert.equal(readFileSync(join(folder, `${digestIn(text).slice(7)}.json`), 'utf8'), text);
    for (const spaces of [3_000_000, 1_000_000]) {
      const large = await post(`${text}${' '.repeat(spaces)}`);
      assert.equal(large.status, 413);
      assert.match(large.message, /100万个字符/);
    }
    assert.equal((await post(text, { 'content-type': 'text/plain' })).status, 415);
    assert.equal((await post(new Uint8Array([0x7b, 0xff, 0x7d]))).status, 400);
    assert.equal((await post('')).status, 422);
    assert.equal((await post('{"__proto__":{"a":1}}')).status, 422);
    assert.equal((await fetch(address)).status, 405);
    const allowed = (from: string): Promise<string | undefined> =>
      new Promise((done) => {
        request(address, { method: 'OPTIONS', headers: { origin: from } }, (response) => {
          response.resume();
          done(response.headers['access-control-allow-origin']);
        }).end();
      });
    assert.deepEqual(
      [await allowed(origin), await allowed('http://evil.test'), await allowed('null')],
      [origin, undefined, undefined],
    );
    if (process.getuid?.() === 0) rmSync(folder, { recursive: true });
    else chmodSync(folder, 0o500);
    const failed = await post(finishedText('某县财政局'));
    assert.deepEqual([failed.status, failed.ok], [500, false]);
    assert.match(failed.message, /没有保存/);
  });
});
