/** `xxgk check` as a process of its own: arguments, files and standard input in, exit status and two streams out. */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { digestOf } from '../../src/format/digest.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import { payloadOf } from '../../src/payload/write-payload.ts';
import { publishedCases, PUBLISHED_NAMES } from '../fixtures/published-cases.ts';
import {
  CASE_NAMES,
  cityCells,
  payloadFrom,
  readCase,
  uniformCells,
  type Cells,
} from '../fixtures/reports.ts';
import { file, folder, program, project, xxgk, type Run } from './xxgk.ts';

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly cells: readonly string[];
  readonly left: number | null;
  readonly right: number | null;
  readonly difference: number | null;
  readonly pending: readonly string[];
}
interface JsonFile {
  readonly file: string;
  readonly status: number;
  readonly findings: readonly JsonFinding[];
  readonly draft: boolean | null;
  readonly readOnly: boolean;
  readonly digest: string | null;
  readonly notes: readonly { readonly code: string; readonly path: string }[];
}

function filesIn(run: Run): readonly JsonFile[] {
  return (JSON.parse(run.out) as { files: readonly JsonFile[] }).files;
}

const city = (change: Cells = {}, rest: object = {}): object => ({
  ...payloadFrom({
    organization: '示例市',
    year: 2025,
    format: '2021',
    cells: { ...cityCells(), ...change },
  }),
  ...rest,
});
const good = file('good.json', city());
const wrong = file('wrong.json', city({ 'requests/total/social': 40 }));
const broken = file('broken.json', '{"schema":"xxgk-ann');
const missing = join(folder, 'missing.json');

/** Rule and column or row, for the official equations. */
const instance = ({ rule, cells }: JsonFinding): string => {
  const [, row, column] = cells[0]!.split('/') as [string, string, string];
  return `${rule} ${rule === 'T3-03' || rule.startsWith('T4') ? row : column}`;
};
const blocking = (entry: JsonFile): JsonFinding[] =>
  entry.findings.filter(
    (finding) => ['must', 'format'].includes(finding.severity) && finding.pending.length === 0,
  );

describe('xxgk check: exit status', () => {
  test('[P17] 0 where nothing blocks', () => {
    const run = xxgk(['check', good]);
    assert.deepEqual(run, { status: 0, out: `${good}：没有问题。\n`, err: '' });
  });

  test('[P17] 1 for a must finding, each with rule and sentence', () => {
    const run = xxgk(['check', wrong]);
    assert.equal(run.status, 1);
    assert.match(run.out, /必须修改 T3-02 社会公益组织：各项办理结果相加＝44；（七）总计＝40；相差4。/);
    assert.match(run.out, /必须修改 T3-01 /);
  });

  test('[P17] 2 for a file that is no report, with one sentence naming file and place', () => {
    const run = xxgk(['check', broken]);
    assert.deepEqual([run.status, run.out], [2, '']);
    assert.equal(
      run.err,
      `${broken}：文件不完整：在第1行第20列处中断，未读取。请重新导出或重新下载后再打开。\n`,
    );
  });

  test('[P17] 2 for a file that is not there, a folder, or no UTF-8', () => {
    const gbk = file('gbk.json', Buffer.from([0x7b, 0x22, 0xca, 0xbe, 0xc0, 0xfd, 0x22, 0x7d]));
    const run = xxgk(['check', missing, folder, gbk]);
    assert.deepEqual([run.status, run.out], [2, '']);
    assert.equal(
      run.err,
      `${missing}：没有这个文件。\n${folder}：是文件夹，不是文件。\n${gbk}：不是 UTF-8 编码的文本，未读取。\n`,
    );
  });

  test('[P17] 3 for wrong usage, with the usage', () => {
    const uses: readonly (readonly [args: string[], words: string])[] = [
      [[], '缺少命令'],
      [['inspect', good], '没有命令“inspect”'],
      [['check'], '缺少文件名'],
      [['check', '--strict', good], '没有选项“--strict”'],
      [['check', good, '--previous'], '--previous 之后缺少文件名'],
      [['check', '-', '-'], '标准输入（-）只能用一次'],
    ];
    for (const [args, words] of uses) {
      const run = xxgk(args);
      assert.deepEqual([run.status, run.out], [3, ''], args.join(' '));
      assert.ok(run.err.startsWith(`${words}。\n用法：xxgk check`), run.err);
    }
  });

  test('[P17] the source runs as it stands, without a build', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'src/cli.ts', 'check', wrong],
      { cwd: project, encoding: 'utf8' },
    );
    assert.deepEqual([status, stderr], [1, '']);
  });

  test('[P17] 0 and the usage for --help', () => {
    const run = xxgk(['--help']);
    assert.deepEqual([run.status, run.err], [0, '']);
    assert.match(run.out, /^用法：xxgk check 文件…/);
  });

  test('[P18] over several files the highest, and every file is judged', () => {
    const run = xxgk(['check', '--json', wrong, broken, good]);
    assert.equal(run.status, 2);
    assert.deepEqual(
      filesIn(run).map((entry) => [entry.file, entry.status]),
      [
        [wrong, 1],
        [broken, 2],
        [good, 0],
      ],
    );
    assert.equal(xxgk(['check', good, wrong, good]).status, 1);
  });

  test('[P18] standard input is “-”, with or without a byte order mark', () => {
    const run = xxgk(['check', '-'], `\ufeff${JSON.stringify(city({ 'requests/total/social': 40 }))}`);
    assert.equal(run.status, 1);
    assert.match(run.out, /^-：\n/);
    assert.equal(xxgk(['check', '-'], '').status, 2);
  });

  test('[P18] .ndjson is one report a line, named by its line', () => {
    const lines = [
      JSON.stringify(city()),
      '',
      JSON.stringify(city({ 'requests/total/social': 40 })),
      '{"schema"',
      JSON.stringify(city()),
    ];
    const path = file('many.ndjson', `${lines.join('\r\n')}\n`);
    const run = xxgk(['check', '--json', path]);
    assert.equal(run.status, 2);
    assert.deepEqual(
      filesIn(run).map((entry) => [entry.file, entry.status]),
      [
        [`${path}:1`, 0],
        [`${path}:3`, 1],
        [`${path}:4`, 2],
        [`${path}:5`, 0],
      ],
    );
    assert.match(run.err, new RegExp(`many\\.ndjson:4：文件不完整`));
  });
});

describe('xxgk check: streams', () => {
  test('[P23] a reader that has enough ends it quietly, with the status of what was checked', async () => {
    const blank = file(
      'blank-lines.ndjson',
      Array<string>(60)
        .fill(
          JSON.stringify(
            payloadFrom({ organization: '', year: 2025, format: '2021', cells: uniformCells('2021', null) }),
          ),
        )
        .join('\n'),
    );
    const child = spawn(process.execPath, [program, 'check', '--json', blank]);
    let err = '';
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.stdout.destroy();
    const status = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual([status, err], [1, '']);
  });
});

describe('xxgk check --json', () => {
  test('[P19] one finding per equation instance: rule, severity, cells, both sides, difference, pending', () => {
    const run = xxgk(['check', '--json', wrong]);
    const [entry] = filesIn(run);
    assert.deepEqual(Object.keys(entry!), [
      'file',
      'status',
      'findings',
      'draft',
      'readOnly',
      'digest',
      'notes',
    ]);
    assert.deepEqual(
      entry!.findings.map((finding) => Object.keys(finding).join()),
      Array<string>(3).fill('rule,severity,cells,left,right,difference,pending'),
    );
    const equation = entry!.findings.find((finding) => finding.rule === 'T3-01')!;
    assert.deepEqual(equation, {
      rule: 'T3-01',
      severity: 'must',
      cells: ['received', 'carried-over', 'total', 'carried-forward'].map((row) => `requests/${row}/social`),
      left: 46,
      right: 42,
      difference: 4,
      pending: [],
    });
    assert.equal(run.out.trim().split('\n').length, 1);
  });

  test('[P19] a pending equation has no sides and names what it waits for; standard output stays JSON beside notes', () => {
    const path = file(
      'pending.json',
      city(
        { 'proceedings/review/other': null, 'proceedings/review/total': null },
        { draft: true, digest: `sha256:${'0'.repeat(64)}` },
      ),
    );
    const run = xxgk(['check', '--json', path]);
    assert.equal(run.status, 0);
    const equation = filesIn(run)[0]!.findings.find((finding) => finding.rule === 'T4-01')!;
    assert.deepEqual([equation.left, equation.right, equation.difference], [null, null, null]);
    assert.deepEqual(equation.pending, ['proceedings/review/other', 'proceedings/review/total']);
    assert.match(run.err, /内容与其核对码不一致/);
  });
});

describe('xxgk check and diagnose --json: how the payload was read', () => {
  const stamped = (): Record<string, unknown> => {
    const result = readPayload(JSON.stringify(city({}, { signOff: { filledBy: '张三', at: '2026-01-15' } })));
    assert.ok(result.ok);
    const stamp = {
      draft: false,
      findings: [],
      rules: '2021@1',
      open: 0,
      revision: { number: 1, base: null },
    };
    return payloadOf(result.report, stamp);
  };
  /** As with a text editor: another number, the digests of before. */
  const altered = (): Record<string, unknown> => {
    const copy = structuredClone(stamped()) as Record<string, unknown> & {
      tables: { disclosure: { 'coercive-measures': { decisions: number } } };
    };
    copy.tables.disclosure['coercive-measures'].decisions += 1;
    return copy;
  };
  const read = ({ draft, readOnly, digest, notes }: JsonFile): unknown => ({
    draft,
    readOnly,
    digest,
    notes,
  });
  const changed = [
    { code: 'digest-differs', path: 'digest' },
    { code: 'tables-digest-differs', path: 'tablesDigest' },
  ];

  test('[P42] a file that was changed behind its digest is told as data, with the status of its figures', () => {
    const run = xxgk(['check', '--json', file('altered.json', altered())]);
    const [entry] = filesIn(run);
    assert.deepEqual([run.status, entry!.status, entry!.findings], [0, 0, []]);
    assert.deepEqual(read(entry!), { draft: false, readOnly: false, digest: 'differs', notes: changed });
    assert.equal(run.err.trim().split('\n').length, 1, 'the one sentence once');
  });

  test('[P42] a digest that fits, one that is not there, a draft, and what was set right are told apart', () => {
    const { digest: _digest, tablesDigest: _tablesDigest, ...bare } = altered();
    const { digest: _other, ...half } = altered();
    const files = filesIn(
      xxgk([
        'check',
        '--json',
        file('stamped.json', stamped()),
        file('bare.json', bare),
        file('half.json', half),
        file(
          'noted.json',
          city({}, { draft: true, marks: { 'requests/received/social': { kind: 'text', raw: '六' } } }),
        ),
      ]),
    );
    const none = { draft: false, readOnly: false, notes: [] };
    assert.deepEqual(files.map(read), [
      { ...none, digest: 'fits' },
      { ...none, digest: 'absent' },
      { ...none, digest: 'differs', notes: [changed[1]] },
      {
        draft: true,
        readOnly: false,
        digest: 'absent',
        notes: [{ code: 'mark-on-number', path: 'marks/requests/received/social' }],
      },
    ]);
  });

  test('[P42] a newer version is named read-only, and of what was not read nothing is said', () => {
    const newer = file('newer-json.json', city({}, { schema: 'xxgk-annual-report/2' }));
    const files = filesIn(xxgk(['check', '--json', newer, broken, missing]));
    assert.deepEqual(
      files.map(({ status }) => status),
      [2, 2, 2],
    );
    const unread = { draft: null, readOnly: false, digest: null, notes: [] };
    assert.deepEqual(files.map(read), [
      {
        draft: false,
        readOnly: true,
        digest: 'unchecked',
        notes: [{ code: 'newer-version', path: 'schema' }],
      },
      unread,
      unread,
    ]);
  });

  test('[P42] diagnose says the same beside its repairs, and both say it of last year’s report', () => {
    const path = file('altered-too.json', altered());
    const before = file('before.json', { ...altered(), year: 2024 });
    const run = xxgk(['diagnose', path, '--json', '--previous', before]);
    const said = { draft: false, readOnly: false, digest: 'differs', notes: changed };
    const previous = { file: before, ...said };
    assert.deepEqual(JSON.parse(run.out), { repairs: [], tied: 0, complete: true, ...said, previous });
    const both = JSON.parse(xxgk(['check', '--json', path, '--previous', before]).out) as object;
    assert.deepEqual((both as { previous: unknown }).previous, previous);
  });
});

describe('xxgk check: drafts and finished reports', () => {
  test('[P20] blanks are waited for in a draft and block a finished report', () => {
    const cells = uniformCells('2021', null);
    const report = payloadFrom({ organization: '示例', year: 2025, format: '2021', cells });
    const [draft, finished] = filesIn(
      xxgk([
        'check',
        '--json',
        file('blank-draft.json', { ...report, draft: true }),
        file('blank.json', report),
      ]),
    );
    assert.deepEqual([draft!.status, finished!.status], [0, 1]);
    const blanks = (entry: JsonFile): string[] =>
      entry.findings.filter((finding) => finding.rule === 'V-02').map((finding) => finding.severity);
    assert.deepEqual([...new Set(blanks(draft!))], ['verify']);
    assert.deepEqual([...new Set(blanks(finished!))], ['must']);
    assert.equal(blanks(draft!).length, 166);
    const text = xxgk(['check', join(folder, 'blank-draft.json')]).out;
    assert.match(text, /（草稿）/);
    assert.match(text, /V-02 空白166格：规章—本年制发件数、/);
    assert.match(text, /未填完：42项勾稽关系还有空格，未核对。/);
  });

  test('[P20] a finished report whose equation waits for an absent total’s part blocks', () => {
    const payload = city(
      { 'proceedings/review/other': null, 'proceedings/review/total': null },
      { marks: { 'proceedings/review/other': { kind: 'not-applicable', raw: '/' } } },
    );
    const [entry] = filesIn(xxgk(['check', '--json', file('stroke.json', payload)]));
    assert.equal(entry!.status, 1);
    assert.deepEqual(
      entry!.findings.map((finding) => [finding.rule, finding.severity]),
      [
        ['V-03', 'must'],
        ['T4-01', 'must'],
      ],
    );
  });

  test('[P20] the trial format of 2019 is S-02 in 2022 and no fault in 2020', () => {
    const report = (year: number): object =>
      payloadFrom({ organization: '示例', year, format: '2019', cells: uniformCells('2019') });
    const [late, early] = filesIn(
      xxgk(['check', '--json', file('late.json', report(2022)), file('early.json', report(2020))]),
    );
    assert.deepEqual([late!.status, late!.findings.map((finding) => finding.rule)], [1, ['S-02']]);
    assert.deepEqual([early!.status, early!.findings], [0, []]);
    assert.match(xxgk(['check', join(folder, 'late.json')]).out, /应使用国办公开办函〔2021〕30号格式/);
  });

  test('[P20] thirteen digits are V-09, a missing table S-01, a one-row （六） a note', () => {
    const digits = file('digits.json', city({ 'disclosure/licensing/decisions': 1_234_567_890_123 }));
    const { tables, ...head } = city() as { tables: Record<string, unknown> };
    const table = file('table.json', {
      ...head,
      tables: { requests: tables['requests'], disclosure: tables['disclosure'] },
    });
    const oneRow = file(
      'one-row.json',
      payloadFrom({
        ...readCase('003'),
        cells: {
          ...readCase('003').cells,
          'proceedings/review/total': 11,
          'proceedings/litigation-after-review/total': 5,
        },
      }),
    );
    const run = xxgk(['check', '--json', digits, table, oneRow]);
    const [first, second, third] = filesIn(run);
    assert.deepEqual([first!.status, first!.findings.map((finding) => finding.rule)], [1, ['V-09']]);
    assert.deepEqual(
      [second!.status, second!.findings[0]!.rule, second!.findings[0]!.cells.length],
      [1, 'S-01', 15],
    );
    assert.deepEqual([third!.status, third!.findings], [0, []]);
    assert.match(run.err, /one-row\.json：（六）其他处理在来源中只有一行/);
  });

  test('[P20] a newer version is not read', () => {
    const run = xxgk(['check', file('newer.json', city({}, { schema: 'xxgk-annual-report/2' }))]);
    assert.deepEqual([run.status, run.out], [2, '']);
    assert.match(run.err, /由更新的版本/);
  });
});

describe('xxgk check: decisions', () => {
  const cells = ['disclosure/rules/in-force', 'disclosure/rules/repealed', 'disclosure/rules/issued'];
  const explained = (issued: number, text?: string): object =>
    city(
      { 'disclosure/rules/issued': issued },
      {
        explanations: [
          {
            rule: 'T2-01',
            cells,
            values: digestOf(
              Object.fromEntries(
                cells.map((cell) => [cell, cell.endsWith('issued') ? 80 : (cityCells()[cell] ?? null)]),
              ),
            ),
            at: '2026-01-12T04:00:00Z',
            ...(text === undefined ? { kind: 'confirmed' } : { kind: 'explained', text }),
          },
        ],
      },
    );

  test('[P26] what the report settles is told with the finding, and no longer when a value is another', () => {
    const run = xxgk(['check', file('explained.json', explained(80, '当年清理'))]);
    assert.equal(run.status, 0);
    assert.match(run.out, /需核实 T2-01 .*（填报人说明：当年清理）/);
    assert.match(xxgk(['check', file('confirmed.json', explained(80))]).out, /（填报人已确认无误）/);
    assert.doesNotMatch(xxgk(['check', file('lapsed.json', explained(81, '当年清理'))]).out, /填报人/);
    const settled = (issued: number): unknown =>
      filesIn(xxgk(['check', '--json', file('as.json', explained(issued, '当年清理'))]))[0]!.findings.map(
        (finding) => (finding as { settled?: string }).settled,
      );
    assert.deepEqual(settled(80), ['explained']);
    assert.deepEqual(settled(81), [undefined]);
  });
});

describe('the core in Node', () => {
  test('[P27] the example of the README runs and gives the verdict of the command line', () => {
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const code = /## Working on it[\s\S]*?```js\n([\s\S]*?)```/.exec(readme)![1]!;
    const script = file(
      'example.mjs',
      `import { readFileSync } from 'node:fs';
const text = readFileSync(process.argv[2], 'utf8');
${code.replace("'xxgk-annual-report/core'", JSON.stringify(join(project, 'src/core.ts')))}
console.log(JSON.stringify([blocks, open.length, findings.map(({ rule }) => rule), altered, notes]));`,
    );
    const run = (name: string): SpawnSyncReturns<string> =>
      spawnSync(process.execPath, ['--import', 'tsx', script, name], { cwd: project, encoding: 'utf8' });
    const changed = file('example-changed.json', city({}, { digest: `sha256:${'0'.repeat(64)}` }));
    for (const name of [good, wrong, changed]) {
      const { stdout, stderr } = run(name);
      const [blocks, open, rules, altered, notes] = JSON.parse(stdout) as [
        boolean,
        number,
        string[],
        boolean,
        string[],
      ];
      const [told] = filesIn(xxgk(['check', '--json', name]));
      assert.equal(blocks, told!.status === 1, stderr);
      assert.deepEqual([altered, notes.length], [told!.digest === 'differs', told!.notes.length]);
      assert.equal(open, 0);
      assert.deepEqual(
        rules,
        told!.findings.map(({ rule }) => rule),
      );
    }
    const newer = run(file('example-newer.json', city({}, { schema: 'xxgk-annual-report/2' })));
    assert.deepEqual([newer.status, newer.stdout], [1, '']);
    assert.match(newer.stderr, /由更新的版本生成，只能查看/);
  });
});

describe('the lists of the README', () => {
  test('[P46] one line of it prints every cell, another makes a report of 2019 that is checked', () => {
    for (const readme of ['README.md', 'README.zh-CN.md']) {
      const lines = readFileSync(join(project, readme), 'utf8').match(/(?<=^node -e ").*(?="$)/gm)!;
      assert.equal(lines.length, 2);
      const [list, empty] = lines.map((line) => {
        const code = line.replace("'./dist/core.js'", JSON.stringify(join(project, 'src/core.ts')));
        const run = spawnSync(process.execPath, ['--import', 'tsx', '-e', code], {
          cwd: project,
          encoding: 'utf8',
        });
        assert.equal(run.stderr, '');
        return run.stdout;
      });
      assert.deepEqual(
        list!.trim().split('\n'),
        FORMATS['2021'].cells.map(({ id, label }) => `${id} ${label}`),
      );
      const [entry] = filesIn(xxgk(['check', '--json', file('empty-2019.json', empty!)]));
      assert.deepEqual([entry!.draft, entry!.notes, entry!.digest], [true, [], 'absent']);
      assert.ok(!entry!.findings.some(({ rule }) => ['S-01', 'S-02', 'S-03'].includes(rule)));
      assert.equal(
        entry!.findings.filter(({ rule }) => rule === 'V-02').length,
        FORMATS['2019'].inputs.length,
      );
    }
  });
});

describe('xxgk check --previous', () => {
  const y2023 = file('2023.json', payloadFrom(readCase('005')));
  const y2024 = file('2024.json', payloadFrom(readCase('006')));

  test('[P21] last year’s report switches on the rules across years', () => {
    const run = xxgk(['check', '--json', y2024, '--previous', y2023]);
    assert.equal(run.status, 0);
    assert.ok(
      filesIn(run)[0]!.findings.every((finding) => !/^Y-0[1-4]$/.test(finding.rule)),
      'these two roll forward',
    );
    const before = payloadFrom({
      ...readCase('005'),
      cells: {
        ...readCase('005').cells,
        'requests/carried-forward/total': 1,
        'requests/carried-forward/natural-person': 1,
      },
    });
    const changed = xxgk(['check', '--json', '--previous', file('2023-changed.json', before), y2024]);
    const rules = filesIn(changed)[0]!.findings.map((finding) => finding.rule);
    assert.ok(rules.includes('Y-01') && rules.includes('Y-02'));
    assert.equal(changed.status, 0, 'they are to be verified, they do not block');
  });

  test('[P21] the wrong year is 2, and so is one that cannot be read', () => {
    for (const previous of [y2024, good]) {
      const run = xxgk(['check', y2024, '--previous', previous]);
      assert.equal(run.status, 2);
      assert.match(run.err, /2024\.json：--previous 应为2023年度的报告，给出的是202[45]年度。/);
    }
    for (const previous of [broken, missing]) {
      const run = xxgk(['check', '--json', y2024, '--previous', previous]);
      assert.equal(run.status, 2);
      assert.match(run.err, /^.*(broken|missing)\.json：.*。\n$/);
    }
  });

  test('[P21] last year’s report may come from standard input', () => {
    assert.equal(
      xxgk(['check', y2024, '--previous', '-'], JSON.stringify(payloadFrom(readCase('005')))).status,
      0,
    );
  });
});

describe('xxgk check: published reports', () => {
  test('[P22] every complete case, as a draft: exactly the equations it violated as published', () => {
    const names = CASE_NAMES.map((name) =>
      file(`case-${name}.json`, { ...payloadFrom(readCase(name)), draft: true }),
    );
    const run = xxgk(['check', '--json', ...names]);
    assert.equal(run.status, 1);
    const files = filesIn(run);
    CASE_NAMES.forEach((name, index) => {
      const { violations } = readCase(name);
      const entry = files[index]!;
      assert.deepEqual(
        blocking(entry).map(instance).sort(),
        violations.map(([rule, place]) => `${rule} ${place}`).sort(),
        name,
      );
      assert.equal(entry.status, violations.length === 0 ? 0 : 1, name);
    });
  });

  for (const name of CASE_NAMES) {
    test(`[P22] case ${name} alone has the exit status of its figures`, () => {
      const run = xxgk(['check', join(folder, `case-${name}.json`)]);
      assert.equal(run.status, readCase(name).violations.length === 0 ? 0 : 1, run.out);
    });
  }

  test('[P22] the published reports beside the project, partial ones as drafts with blanks', (context) => {
    const { cases, missing: absent } = publishedCases();
    context.diagnostic(
      `${cases.size} published reports checked, ${absent.length} of ${PUBLISHED_NAMES.length} skipped`,
    );
    if (cases.size === 0) return context.skip(`${absent.length} published reports are not here`);
    const names = [...cases.keys()];
    const files = names.map((name) => {
      const { organization, year, format, cells } = cases.get(name)!;
      const texts = Object.entries(cells).filter(([, value]) => typeof value === 'string');
      const complete = {
        ...uniformCells(format, null),
        ...cells,
        ...Object.fromEntries(texts.map(([id]) => [id, null])),
      };
      // A one-row （六） has no other three rows.
      const rows = Object.entries(complete).filter(
        ([id]) => !('requests/other/total' in cells && format === '2021' && id.startsWith('requests/other.')),
      );
      const marks = Object.fromEntries(texts.map(([id, raw]) => [id, { kind: 'text', raw }]));
      return file(`published-${name}.json`, {
        ...payloadFrom({ organization, year, format, cells: Object.fromEntries(rows) as Cells }),
        draft: true,
        marks,
      });
    });
    const verdicts = filesIn(xxgk(['check', '--json', ...files]));
    assert.equal(verdicts.length, names.length);
    names.forEach((name, index) => {
      const published = cases.get(name)!;
      const equations = blocking(verdicts[index]!).filter((finding) => /^T[34]/.test(finding.rule));
      const expected = published.violations.filter((line) => /^R[1234] /.test(line)).length;
      assert.equal(equations.length, expected, `${name}: ${equations.map(instance).join()}`);
      const onOldForm = published.format === '2019' && published.year >= 2021;
      assert.equal(
        verdicts[index]!.findings.some((finding) => finding.rule === 'S-02'),
        onOldForm,
        name,
      );
    });
    return undefined;
  });
});

describe('xxgk diagnose', () => {
  const wrong = (): Record<string, unknown> =>
    city({ 'requests/received/natural-person': 31_612 }) as Record<string, unknown>;
  const diagnosed = (
    args: readonly string[],
    status: number,
  ): { repairs: unknown[]; tied: number; complete: boolean } => {
    const run = xxgk(['diagnose', ...args, '--json']);
    assert.deepEqual([run.status, run.err], [status, '']);
    return JSON.parse(run.out) as { repairs: unknown[]; tied: number; complete: boolean };
  };

  test('[P24] names cell, value, slip and rules as JSON, and in a sentence', () => {
    const path = file('diagnose-wrong.json', wrong());
    const { repairs, tied, complete } = diagnosed([path], 1);
    assert.deepEqual(repairs[0], {
      changes: [
        { cell: 'requests/received/natural-person', from: 31_612, to: 13_612, slip: 'transposed-digits' },
      ],
      rules: ['T3-01', 'T3-03'],
    });
    assert.deepEqual([tied, complete], [1, true]);
    const run = xxgk(['diagnose', path]);
    assert.equal(run.status, 1);
    assert.match(
      run.out,
      /一、本年新收政府信息公开申请数量—自然人 31612 疑似 13612（相邻数字颠倒）。改后 2 项/,
    );
  });

  test('[P24] totals that our own program wrote are computed ones and no evidence', () => {
    const ours = { ...wrong(), generator: 'xxgk-annual-report/0.1.0', reported: {} };
    const cells = (ours as unknown as { tables: { requests: { received: Record<string, number> } } }).tables
      .requests.received;
    cells['total'] = cells['total']! + 18_000;
    const { repairs, tied } = diagnosed([file('diagnose-ours.json', ours)], 1);
    assert.ok(repairs.length > 1);
    assert.ok(tied >= 1);
  });

  test('[P24] a good report has nothing to repair; one file at a time; bad files and words as with check', () => {
    const good = file('diagnose-good.json', city());
    assert.deepEqual(diagnosed([good], 0), {
      repairs: [],
      tied: 0,
      complete: true,
      draft: false,
      readOnly: false,
      digest: 'absent',
      notes: [],
    });
    assert.equal(xxgk(['diagnose', good, good]).status, 3);
    assert.equal(xxgk(['diagnose']).status, 3);
    assert.equal(xxgk(['diagnose', join(folder, 'none.json')]).status, 2);
    assert.equal(xxgk(['diagnose', file('diagnose-bad.json', '{"schema"')]).status, 2);
  });
});
