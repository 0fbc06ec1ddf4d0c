/** `xxgk read` as a process of its own, where no document has to be understood: usage, payload files, refusals. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readPayload } from '../../src/payload/read-payload.ts';
import { cityCells, payloadFrom } from '../fixtures/reports.ts';
import { file, folder, xxgk } from './xxgk.ts';

const payload = payloadFrom({ organization: '示例市', year: 2025, format: '2021', cells: cityCells() });
const good = file('read-good.json', payload);
const draft = file('read-draft.json', { ...payload, draft: true, year: null, organization: { name: '' } });
const wrong = file('read-wrong.json', {
  ...payload,
  tables: { ...payload.tables, requests: { ...payload.tables['requests'], received: {} } },
});
const nothing = file('read-nothing.txt', '今天天气很好。\n');

describe('xxgk read', () => {
  for (const [args, sentence] of [
    [[], '缺少文件名'],
    [[good, '--to', 'docx'], '--to 只能是'],
    [[good, '--to', 'xlsx'], '还不能写成“xlsx”'],
    [[good, '--to'], '--to 之后缺少内容'],
    [[good, '--year', '25'], '--year 应为'],
    [[good, '--year', '1999'], '--year 应为'],
    [[good, '--organization', ''], '--organization 之后缺少内容'],
    [[good, '--report', '0'], '--report 应为序号'],
    [[good, '--previous', good], '没有选项“--previous”'],
    [[good, draft, '--report', '1'], '一次只读一个文件'],
    [[good, draft, '--to', 'csv'], '一次只读一个文件'],
    [[good, '--json', '--to', 'csv'], '不能一起用'],
    [[good, '--out', good], '会把它盖掉'],
    [['lines.ndjson'], '请用 xxgk check'],
    [['-', '-'], '标准输入（-）只能用一次'],
  ] as const)
    test(`[P33] usage: ${args.slice(-2).join(' ')} is status 3`, () => {
      const before = readFileSync(good, 'utf8');
      const run = xxgk(['read', ...args]);
      assert.equal(run.status, 3);
      assert.equal(run.out, '');
      assert.ok(run.err.includes(sentence) && run.err.includes('用法：'), run.err);
      assert.equal(readFileSync(good, 'utf8'), before);
    });

  test('[P30] a payload is handed on with everything in it, from standard input too', () => {
    const full = {
      ...payload,
      host: { own: [1, '二'] },
      digest: undefined,
      revision: { number: 7, base: null },
    };
    const text = JSON.stringify(full);
    for (const run of [
      xxgk(['read', file('read-full.json', text)]),
      xxgk(['read', '-'], `\ufeff \n${text}`),
    ]) {
      assert.deepEqual([run.status, run.err], [0, '']);
      assert.deepEqual(JSON.parse(run.out), JSON.parse(text));
      assert.equal(xxgk(['read', '-'], run.out).out, run.out, 'canonical already');
    }
  });

  test('[P30] year and unit that are missing are asked for, given they make a draft with right digests', () => {
    const asked = xxgk(['read', draft]);
    assert.match(asked.err, /没有读到报告年度，请用 --year 补上。\n/);
    assert.match(asked.err, /没有读到单位名称，请用 --organization 补上。\n/);
    const run = xxgk(['read', draft, '--year', '2025', '--organization', '示例市']);
    assert.deepEqual([run.status, run.err], [0, '']);
    const result = readPayload(run.out);
    assert.ok(result.ok && result.draft);
    assert.deepEqual(result.notes, []);
    assert.deepEqual([result.report.head.year, result.report.head['organization.name']], ['2025', '示例市']);
    const changed = JSON.parse(xxgk(['read', good, '--year', '2024']).out) as Record<string, unknown>;
    assert.deepEqual([changed['year'], changed['draft']], [2024, true]);
  });

  test('[P31] a payload file has one report', () => {
    const run = xxgk(['read', good, '--report', '2']);
    assert.deepEqual([run.status, run.out], [2, '']);
    assert.match(run.err, /只有一份年报，没有第 2 份/);
    assert.equal(xxgk(['read', good, '--report', '1']).status, 0);
  });

  test('[P32] 1 where check would say 1, 2 for what is no report, and the others are read all the same', () => {
    assert.equal(xxgk(['check', wrong]).status, 1);
    const run = xxgk(['read', wrong]);
    assert.equal(run.status, 1);
    assert.match(run.err, /有 \d+ 处填写有误或必须修改，请用 xxgk check 查看/);
    const empty = file('read-empty.html', '');
    const damaged = file('read-damaged.json', '{"schema":"xxgk-ann');
    const doc = file('read-old.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]));
    const missing = join(folder, 'read-missing.docx');
    const several = xxgk(['read', empty, nothing, damaged, doc, missing, folder, good]);
    assert.equal(several.status, 2);
    assert.deepEqual(JSON.parse(several.out), payload);
    const lines = several.err.trimEnd().split('\n');
    for (const [index, name] of [empty, nothing, damaged, doc, missing, folder].entries())
      assert.ok(lines[index]!.startsWith(`${name}：`), several.err);
    assert.equal(lines.length, 6);
  });

  test('[P35] --json has an entry for each file and nothing else on standard output', () => {
    const run = xxgk(['read', good, nothing, '--json']);
    assert.equal(run.status, 2);
    assert.deepEqual(JSON.parse(run.out), {
      files: [
        { file: good, status: 0, payload, report: null, notes: [] },
        { file: nothing, status: 2, payload: null, report: null, notes: [] },
      ],
    });
    // Given another year it has a new digest: that the one it came with did not fit is said here or nowhere.
    const altered = file('read-altered.json', { ...payload, digest: `sha256:${'0'.repeat(64)}` });
    const again = JSON.parse(xxgk(['read', altered, '--json', '--year', '2024']).out) as {
      files: { notes: unknown }[];
    };
    assert.deepEqual(again.files[0]!.notes, [{ code: 'digest-differs', path: 'digest' }]);
  });

  test('[P35] --out writes a file, and leaves the one of before where nothing was read', () => {
    const out = join(folder, 'read-out.json');
    const run = xxgk(['read', good, '--out', out]);
    assert.deepEqual([run.status, run.out, run.err], [0, '', '']);
    assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), payload);
    assert.equal(xxgk(['read', nothing, '--out', out]).status, 2);
    assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), payload);
    const nowhere = xxgk(['read', good, '--out', join(folder, 'no-folder', 'a.json')]);
    assert.equal(nowhere.status, 2);
    assert.match(nowhere.err, /写不出文件（没有这个文件夹）/);
    assert.ok(!existsSync(join(folder, 'no-folder')));
  });

  test('[P36] check and diagnose of a document point to read; of a broken payload they do not', () => {
    const page = file('read-page.html', '<!doctype html><table><tr><td>1</td></tr></table>');
    const gbk = file('read-gbk.html', Buffer.from([0x3c, 0x70, 0x3e, 0xb1, 0xed, 0xc8, 0xfd]));
    for (const command of ['check', 'diagnose'])
      for (const name of [page, gbk, nothing]) {
        const run = xxgk([command, name]);
        assert.equal(run.status, 2);
        assert.match(run.err, /请先用 xxgk read 读取。\n$/, `${command} ${name}`);
      }
    assert.doesNotMatch(xxgk(['check', file('read-cut.json', '{"schema":')]).err, /xxgk read/);
  });
});
