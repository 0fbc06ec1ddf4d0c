/** `--rules` as a process of its own, and the example of the READMEs, which has to be what it says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as core from '../../src/core.ts';
import { cityCells, payloadFrom, uniformCells, type Cells } from '../fixtures/reports.ts';
import { file, folder, project, xxgk } from './xxgk.ts';

const reportOf = (cells: Cells, year = 2025): object =>
  payloadFrom({ organization: '示例县', year, format: '2021', cells });

/** The first block of JSON under a heading. */
function exampleOf(readme: string, heading: string): string {
  const text = readFileSync(join(project, readme), 'utf8');
  return /```json\n([\s\S]*?)\n```/.exec(text.slice(text.indexOf(heading)))![1]!;
}

const example = exampleOf('README.md', '## Rules of your own');
const pack = file('pack.json', example);

const cells = uniformCells('2021');
for (const column of ['enterprise', 'total']) {
  cells[`requests/received/${column}`] = 4;
  cells[`requests/granted/${column}`] = 3;
  cells[`requests/other.other/${column}`] = 1;
  cells[`requests/total/${column}`] = 4;
}
const much = file('much.json', reportOf(cells));

describe('a rule pack on the command line', () => {
  test('[C40] the example of the README blocks what the official rules let pass, in its own words', () => {
    assert.equal(xxgk(['check', much]).status, 0);
    const run = xxgk(['check', much, '--rules', pack]);
    assert.equal(run.status, 1);
    assert.match(run.out, /必须修改 HN-01 商业企业：3\.其他超过办理结果总计的五分之一，请逐件核对。\n/);
    assert.equal(
      run.err,
      '核对规则：湖南省补充规则（示例） 2026.1（增加 1 项，停用 1 项，调整级别 1 项）\n' +
        'Y-05 与上年相差较大 改为需核实（依据：示例文件第4条）\n停用 T2-05 有职能而填0（依据：示例文件第5条）\n',
    );
    assert.equal(exampleOf('README.zh-CN.md', '## 补充规则'), example);
  });

  test('[C40] the verdict is that of the core, finding by finding', () => {
    const last = file('last.json', reportOf({ ...cells, 'disclosure/penalties/decisions': 2 }, 2024));
    const now = file('now.json', reportOf({ ...cells, 'disclosure/penalties/decisions': 90 }));
    const run = xxgk(['check', now, '--previous', last, '--rules', pack, '--json']);
    const [verdict] = (JSON.parse(run.out) as { files: { findings: { rule: string; severity: string }[] }[] })
      .files;
    const reading = core.readRulePack(example);
    assert.ok(reading.ok);
    const set = core.withRulePack(core.OFFICIAL_RULES, reading.pack);
    const checked = (path: string): core.CheckedReport => {
      const read = core.readPayload(readFileSync(path, 'utf8'));
      assert.ok(read.ok);
      return core.checkedReport(read.report);
    };
    const findings = core.checkReport(checked(now), set.rules, { previous: checked(last), finishing: true });
    assert.deepEqual(
      verdict!.findings.map(({ rule, severity }) => `${rule} ${severity}`),
      findings.map(({ rule, severity }) => `${rule} ${severity}`),
    );
    assert.deepEqual(
      findings.map(({ rule, severity }) => `${rule} ${severity}`),
      ['Y-05 verify', 'HN-01 must'],
    );
  });

  test('[C40] diagnose goes by the pack too', () => {
    const own = {
      ...(JSON.parse(example) as object),
      rules: [],
      tests: [],
      changes: [{ rule: 'T4-01', off: true, source: '示例' }],
    };
    const wrong = file('wrong.json', reportOf({ ...cityCells(), 'proceedings/review/total': 1 }));
    const repairs = (...more: string[]): unknown[] =>
      (JSON.parse(xxgk(['diagnose', wrong, '--json', ...more]).out) as { repairs: unknown[] }).repairs;
    assert.notEqual(repairs().length, 0);
    assert.deepEqual(repairs('--rules', file('off.json', own)), []);
    assert.equal(xxgk(['diagnose', wrong, '--rules', file('off.json', own)]).status, 0);
  });

  test('[C40] a bad pack is status 2 with one sentence, and nothing is checked', () => {
    const bad = file('bad.json', example.replace('requests/total/{column}', 'requests/totl/{column}'));
    for (const command of ['check', 'diagnose'])
      assert.deepEqual(xxgk([command, much, '--rules', bad, '--json']), {
        status: 2,
        out: '',
        err: `${bad}：补充规则没有采用：第1条规则（HN-01）的“holds”中的“requests/totl/natural-person”不是2021格式中的格。是否为“requests/total/natural-person”？请改正。\n`,
      });
    assert.equal(xxgk(['check', much, '--rules', join(folder, 'nowhere.json')]).status, 2);
    assert.match(xxgk(['check', much, '--rules', much]).err, /schema 是“xxgk-annual-report\/1”/);
    assert.equal(xxgk(['check', much, '--rules']).status, 3);
    assert.equal(xxgk(['check', '-', '--rules', '-']).status, 3);
    const escape = file('escape.json', example.replace('"over"', '"\\u001b[31m"'));
    assert.doesNotMatch(xxgk(['check', much, '--rules', escape]).err, /\u001b/);
  });
});
