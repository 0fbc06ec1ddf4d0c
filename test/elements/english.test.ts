/** The editor in English: in every state, switched at run time, and where it cannot be had. */
import { expect } from 'chai';
import { render } from 'lit';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { english } from '../../src/elements/english.ts';
import { lateParts } from '../../src/elements/late-parts.ts';
import { MergeView } from '../../src/elements/merge-view.ts';
import { chooseLanguage } from '../../src/elements/page-language.ts';
import { languageInForce, putInForce, t } from '../../src/format/language.ts';
import { readPayload, completeReport } from '../../src/payload/read-payload.ts';
import type { Report } from '../../src/report/report.ts';
import { applyChanges, changesFromTexts } from '../../src/report/transaction.ts';
import { expectAccessible } from '../browser/axe.ts';
import { reading } from '../fixtures/readings.ts';
import {
  button,
  cleanUp,
  click,
  drawn,
  enter,
  focused,
  granted,
  input,
  open,
  paste,
  payload,
  press,
  push,
  received,
  search,
  settled,
  show,
  tables,
  type,
  type Payload,
} from './editor-fixture.ts';
import { cleanUpDrafts, pushIn as pushInPanel, reportOf, showHost } from './drafts-panel-fixture.ts';
import { dialog, previewed, readAs, restoreReader, shown, source, until } from './import-fixture.ts';
import { expectEnglish, wordsOn } from './words-on-screen.ts';

const UNIT = 'Example Bureau';
const CARRIED = 'requests/carried-over/natural-person';
const FORWARD = 'requests/carried-forward/natural-person';
const parts = lateParts as { -readonly [Name in keyof typeof lateParts]: (typeof lateParts)[Name] };
const real = lateParts.english;

const report = (
  inputs: number | null,
  except: Record<string, number | null> = {},
  more: object = {},
): Payload => payload(inputs, except, { organization: { kind: 'county-bureau', name: UNIT }, ...more });

/** An editor in English, with its texts there. */
async function showEnglish(
  prepare: (editor: XxgkAnnualReport) => void = () => undefined,
): Promise<XxgkAnnualReport> {
  const editor = await show((one) => {
    one.lang = 'en';
    prepare(one);
  });
  expect(languageInForce()).to.equal('en');
  await drawn(editor);
  return editor;
}

const said = (editor: Element): string =>
  wordsOn(editor)
    .map(({ text }) => text)
    .join(' ');
const view = (editor: XxgkAnnualReport): HTMLElement | null =>
  editor.shadowRoot!.querySelector('.submission');

async function toView(editor: XxgkAnnualReport): Promise<void> {
  await push(editor, 'Submit');
  await until(() => view(editor) !== null, 'the view');
  await settled();
}

describe('in English', () => {
  afterEach(async () => {
    cleanUp();
    restoreReader();
    parts.english = real;
    chooseLanguage(null);
    await cleanUpDrafts();
  });

  describe('[E300] nothing but the words of the form is Chinese', () => {
    it('in an empty report, with the keys and the help of a row', async () => {
      const editor = await showEnglish();
      expect(button(editor, 'Check')).not.to.equal(undefined);
      expectEnglish(editor);
      await click(input(editor, granted()));
      await press('?');
      await until(() => said(editor).includes('Arrow keys'), 'the keys');
      expectEnglish(editor);
      await press('Alt+ArrowDown');
      await drawn(editor);
      await settled();
      expectEnglish(editor);
      await press('Shift+F2');
      await drawn(editor);
      await press('F8');
      await drawn(editor);
      expectEnglish(editor);
    });

    it('in wrong values that are checked, their likely causes, the picture of the flow, an explanation', async () => {
      const editor = await showEnglish((one) => {
        one.value = report(1, {
          [received()]: 40,
          [CARRIED]: 5,
          'disclosure/fees/amount': 20000,
          'disclosure/rules/issued': 7,
        });
        one.previous = report(0, { [FORWARD]: 3 }, { year: 2023 });
      });
      await enter(editor, 'requests/granted/enterprise', 'abc');
      await enter(editor, 'requests/granted/research', '/');
      await enter(editor, 'requests/granted/social', '1.5');
      await enter(editor, 'disclosure/fees/amount', '12元');
      await enter(editor, 'requests/granted/other', '');
      await enter(editor, 'requests/total/natural-person', '3');
      editor.check();
      await drawn(editor);
      const findings = editor.shadowRoot!.querySelector('xxgk-findings')!.shadowRoot!;
      await until(
        () => findings.querySelector('#causes') !== null && findings.querySelector('svg') !== null,
        'causes and picture',
      );
      expect(said(editor))
        .to.match(/\d+ problems to deal with/)
        .and.include('received + carried over');
      expectEnglish(editor, '12元');
      for (const details of findings.querySelectorAll('details')) details.open = true;
      await push(editor, 'Explain');
      await settled();
      expectEnglish(editor, '12元');
      await type('moved');
      await push(editor, 'Save explanation');
      await drawn(editor);
      expect(said(editor)).to.include('Explanation: moved');
      expectEnglish(editor, '12元');
    });

    it('in the spreadsheet grid and its menu', async () => {
      const editor = await showEnglish((one) => {
        one.licenseKey = 'non-commercial-and-evaluation';
        one.value = report(1, { [received()]: 40 });
      });
      await until(
        () => tables(editor).every((table) => table.gridInUse === 'handsontable'),
        'the spreadsheet',
      );
      editor.check();
      await drawn(editor);
      const [, requests] = tables(editor);
      const cell = requests!.shadowRoot!.querySelector('td[data-mark]')!;
      await click(cell, { button: 'right' });
      await until(() => requests!.shadowRoot!.querySelector('[role=menu]') !== null, 'the menu');
      expect(requests!.shadowRoot!.querySelector('[role=menu]')!.textContent).to.include('Fill down');
      expect(said(requests!)).to.include('problem');
      expectEnglish(requests!);
      await press('Escape');
    });

    it('in notices: a paste that does not fit, a zero report, a copy, last year, totals typed', async () => {
      const editor = await showEnglish((one) => {
        one.value = report(1);
      });
      const notices: string[] = [];
      const notice = (): void => {
        notices.push(editor.shadowRoot!.querySelector('.notice')?.textContent?.trim() ?? '');
        expectEnglish(editor);
      };
      input(editor, 'requests/carried-forward/other').focus();
      paste('1\t2\t3\n4\t5\t6\n7\t8\t9');
      await drawn(editor);
      notice();
      const [, requests] = tables(editor);
      for (const name of ['Zero report', 'Copy this table', 'Fill blanks with 0']) {
        await click(
          [...requests!.shadowRoot!.querySelectorAll('button')].find((one) =>
            one.textContent!.includes(name),
          )!,
        );
        await until(() => editor.shadowRoot!.querySelector('.notice') !== null, name);
        await drawn(editor);
        notice();
      }
      for (const text of ['{', JSON.stringify(report(0, {}, { year: 2020 }))]) {
        editor.say((await editor.openPrevious(text)) ?? '');
        await drawn(editor);
        notice();
      }
      await editor.openPrevious(
        JSON.stringify(report(0, {}, { year: 2023, organization: { name: 'Other Bureau' }, draft: true })),
      );
      await drawn(editor);
      notice();
      expect(notices.join('|')).to.include('cannot be a zero report').and.include('should be for 2023');
    });

    it('in refusals and notes of values, rule packs and fields', async () => {
      for (const value of [
        '',
        '{',
        '{"schema":"other"}',
        JSON.stringify(report(1)).slice(0, 4000),
        JSON.stringify(report(1)).replaceAll('"', '&quot;'),
        JSON.stringify(report(1, {}, { digest: `sha256:${'0'.repeat(64)}` })),
        JSON.stringify({ ...report(1), schema: 'xxgk-annual-report/9' }),
      ]) {
        const editor = await showEnglish((one) => {
          one.value = value;
          one.htmlFor = 'not-there';
        });
        await settled();
        expectEnglish(editor, value);
      }
      const editor = await showEnglish();
      for (const pack of [
        '{',
        { schema: 'xxgk-rule-pack/1', id: 'A', version: '' },
        {
          schema: 'xxgk-rule-pack/1',
          id: 'test',
          title: 'Test',
          version: '1',
          changes: [{ rule: 'T2-05', to: 'off', source: 'none' }],
        },
      ]) {
        editor.rules = pack as object;
        await editor.updateComplete;
        await drawn(editor);
        expect(editor.shadowRoot!.querySelector('.said, .rules-line')).not.to.equal(null);
        expectEnglish(editor);
      }
    });

    it('from the check of the answers to the receipt, which as a file is Chinese', async () => {
      const editor = await showEnglish((one) => {
        one.value = report(0, { [CARRIED]: 3, [FORWARD]: 3 });
        one.previous = report(0, { [FORWARD]: 3, [received()]: 3 }, { year: 2023 });
      });
      await drawn(editor);
      await toView(editor);
      expect(view(editor)!.querySelector('h2')!.textContent).to.equal('Check and submit');
      expectEnglish(editor);
      await push(editor, 'Confirm and submit');
      await until(() => view(editor)!.querySelector('.refused') !== null, 'the refusal');
      await drawn(editor);
      expectEnglish(editor);
      let answer: (words: string) => void = () => undefined;
      editor.addEventListener('xxgk-submit-request', (event) =>
        event.respondWith(new Promise<string>((resolve) => (answer = resolve))),
      );
      await push(editor, 'Confirm and submit');
      await until(() => said(editor).includes('Waiting for the answer'), 'the wait');
      expectEnglish(editor);
      answer('No. 7');
      await until(() => view(editor)!.querySelector('.receipt') !== null, 'the receipt');
      await drawn(editor);
      expect(view(editor)!.querySelector('h2')!.textContent).to.equal('Submitted');
      expect(said(editor)).to.include('No. 7').and.include('Digest of the report');
      expectEnglish(editor);
      const texts: Promise<string>[] = [];
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        texts.push((blob as Blob).text());
        return make.call(URL, blob);
      };
      try {
        await push(editor, 'Download the receipt');
      } finally {
        URL.createObjectURL = make;
      }
      expect(await texts[0])
        .to.include('单位名称：')
        .and.not.include('Name of the unit');
    });

    it('in drafts: the offer, a comparison, questions, the panel, two that are merged', async () => {
      const tenant = `english-${Date.now()}`;
      const drafted = (one: XxgkAnnualReport): void => {
        one.draft = 'browser';
        one.tenant = tenant;
        one.draftKey = 'one';
        one.value = report(1);
      };
      const before = await showEnglish(drafted);
      await until(() => said(before).includes('No changes yet'), 'the drafts');
      await enter(before, granted(), '7');
      await until(() => said(before).includes('Draft saved in this browser'), 'the draft');
      expectEnglish(before);
      before.remove();
      const editor = await showEnglish(drafted);
      await until(() => said(editor).includes('Restore draft'), 'the offer');
      expectEnglish(editor);
      await push(editor, 'Compare');
      await push(editor, 'Delete draft');
      await drawn(editor);
      expect(said(editor)).to.include('Now 1, Draft 7').and.include('cannot be brought back');
      expectEnglish(editor);
      await push(editor, 'Drafts and backups');
      await until(() => said(editor).includes('Drafts in this browser'), 'the panel');
      await drawn(editor);
      expectEnglish(editor);
      editor.shadowRoot!.querySelector('dialog')!.close();
      await push(editor, 'Keep it');
      await push(editor, 'Delete draft');
      await push(editor, 'Delete it');
      await drawn(editor);

      const host = await showHost();
      await host.keep(reportOf(UNIT, { [received()]: '12' }));
      await host.keep(reportOf(UNIT, { [received()]: '21' }));
      await click(host.shadowRoot!.querySelector('#opener')!);
      await until(() => host.shadowRoot!.textContent!.includes('Drafts in this browser'), 'the panel');
      const panel = host.shadowRoot!.querySelector('dialog')!;
      await pushInPanel(panel, 'Compare');
      await pushInPanel(panel, 'Delete all my drafts');
      expect(panel.textContent).to.include('This deletes all your drafts in this browser (1)');
      expectEnglish(panel);
      await pushInPanel(panel, 'Delete...');
      expectEnglish(panel);
      panel.close();
    });

    it('in a merge', async () => {
      putInForce(await english());
      const base = asReport(report(0));
      const root = document.createElement('main');
      document.body.append(root);
      const merging = new MergeView({
        ancestor: base,
        ours: typed(base, { [received()]: '12', [received('other')]: '7' }),
        theirs: typed(base, { [received()]: '15', [granted()]: '/' }),
        names: { ours: 'here', theirs: 'there' },
        requestUpdate: () => draw(),
        done: () => undefined,
        cancel: () => undefined,
      });
      const draw = (): void => void render(merging.view(), root);
      draw();
      expectEnglish(root);
      await click(
        [...root.querySelectorAll('button')].find((one) => one.textContent!.includes('Take "there"'))!,
      );
      expect(root.textContent).to.include('Ready to merge');
      expectEnglish(root);
      root.remove();
    });

    it('in the import: the dialog, a choice, the preview, a refusal, what was imported', async () => {
      const editor = await showEnglish((one) => {
        one.value = report(null, { [granted()]: 4 }, { draft: true });
      });
      await editor.importDocument();
      await until(() => dialog(editor)?.open === true, 'the dialog');
      expectEnglish(editor);
      readAs({ ok: false, refusal: { code: 'unreadable-format', found: '旧版 Office 文件' } });
      await editor.importDocument(source);
      await shown(editor);
      expect(said(editor)).to.include('The source is an old Office file');
      expectEnglish(editor);
      const one = reading({
        texts: { [granted()]: '9', [received()]: '12', [FORWARD]: '1', 'requests/received/total': '14' },
        organization: 'Other Bureau',
        year: 2023,
        uncertain: { [received('other')]: { raw: '1O', candidate: 10_000_000n, doubt: 'glued' } },
      });
      readAs([one, reading({ fill: '0', year: 2022, organization: 'Other Bureau' })]);
      await editor.importDocument(source);
      await shown(editor);
      expectEnglish(editor);
      await click(dialog(editor)!.querySelector('.which button')!);
      await until(() => dialog(editor)!.querySelector('.preview') !== null, 'the preview');
      previewed(editor, granted()).focus();
      await settled();
      expectEnglish(editor);
      await click(
        [...dialog(editor)!.querySelectorAll('button')].find(
          (button) => button.textContent!.trim() === 'Import',
        )!,
      );
      await until(
        () => dialog(editor)?.open !== true || dialog(editor)!.querySelector('.refusal') !== null,
        'the import',
      );
      await drawn(editor);
      expectEnglish(editor);
    });
  });

  describe('[E301] switched at run time', () => {
    it('everything follows, there and back, with the cell that is open, and what was said before', async () => {
      const editor = await show((one) => {
        one.value = report(1, { [received()]: 40 });
        one.previous = report(0, { [FORWARD]: 3 }, { year: 2023 });
      });
      editor.check();
      editor.message = '';
      await editor.openPrevious('{').then((refusal) => editor.say(refusal ?? ''));
      editor.rules = '{';
      await editor.updateComplete;
      await editor.importDocument();
      await drawn(editor);
      const chinese = wordsOn(editor).map(({ text }) => text);
      dialog(editor)!.close();
      await open(editor, granted(), '12');
      const cell = focused();
      editor.lang = 'en';
      await editor.updateComplete;
      await drawn(editor);
      expect(languageInForce()).to.equal('en');
      expectEnglish(editor);
      expect(editor.shadowRoot!.querySelector('.notice')!.textContent).to.include("Last year's report: ");
      expect(focused() === cell, 'the keyboard stays').to.equal(true);
      expect((cell as HTMLInputElement).value).to.equal('12');
      expect(editor.validationMessage).not.to.match(/[\u4e00-\u9fff]{3}处/);
      await press('Escape');
      await editor.importDocument();
      await drawn(editor);
      expectEnglish(editor);
      editor.removeAttribute('lang');
      await editor.updateComplete;
      await drawn(editor);
      expect(wordsOn(editor).map(({ text }) => text)).to.deep.equal(chinese);
    });

    it('what was said before the texts came is told in English when they are there', async () => {
      let come: () => void = () => undefined;
      parts.english = () => new Promise((resolve) => (come = () => void real().then(resolve)));
      const editor = document.createElement('xxgk-annual-report');
      editor.lang = 'en';
      editor.draft = 'off';
      editor.value = '{';
      document.body.append(editor);
      await until(
        () => editor.shadowRoot?.querySelector('[role=alert]')?.textContent?.includes('不完整') === true,
        'the refusal',
      );
      expect(wordsOn(editor).every(({ lang }) => lang === 'zh-CN')).to.equal(true);
      come();
      await drawn(editor);
      expect(editor.message).not.to.equal('');
      expectEnglish(editor);
      editor.remove();
    });

    it('a sentence that was told is told again in either language', async () => {
      const translation = await english();
      const one = t`已写入${1}格；总计是自动计算的，有${2}格没有写入。要录入总计请勾选“录入核对数”。`;
      putInForce(translation);
      const { told } = await import('../../src/format/language.ts');
      expect(told(one)).to.match(/^1 cell written\. Totals are computed, so 2 cells were left out\./);
      const other = told(one);
      putInForce(undefined);
      expect(told(other)).to.equal(one);
    });
  });

  it('[E302] the last element that is given a lang decides; the lang of the page is not asked', async () => {
    const html = document.documentElement;
    const before = html.lang;
    html.lang = 'en';
    try {
      const editor = await show();
      expect(languageInForce()).to.equal('zh-CN');
      expect(button(editor, '检查')).not.to.equal(undefined);
      // Whatever the page says, it is read aloud as what it is.
      expect(new Set(wordsOn(editor).map(({ lang }) => lang))).to.deep.equal(new Set(['zh-CN']));
      const other = await show((one) => (one.lang = 'EN-gb'));
      expect(languageInForce()).to.equal('en');
      await drawn(editor);
      expectEnglish(editor);
      expectEnglish(other);
      for (const lang of ['zh-CN', 'fr', 'english', '']) {
        other.lang = 'en';
        await other.updateComplete;
        expect(languageInForce()).to.equal('en');
        other.lang = lang;
        await other.updateComplete;
        expect(languageInForce(), lang).to.equal('zh-CN');
      }
      const table = document.createElement('xxgk-report-table');
      table.lang = 'en';
      editor.after(table);
      await table.updateComplete;
      await drawn(editor);
      expectEnglish(table);
      expectEnglish(editor);
      table.remove();
    } finally {
      html.lang = before;
    }
  });

  it('[E303] where the English texts cannot be loaded Chinese stays, and the next choice tries again', async () => {
    let asked = 0;
    parts.english = () => {
      asked += 1;
      return Promise.reject(new Error('not there'));
    };
    const editor = await show((one) => (one.lang = 'en'));
    expect(asked).to.equal(1);
    expect(languageInForce()).to.equal('zh-CN');
    expect(button(editor, '检查')).not.to.equal(undefined);
    expect(wordsOn(editor).every(({ lang }) => lang === 'zh-CN')).to.equal(true);
    await enter(editor, granted(), '3');
    expect(editor.value).to.include('"natural-person":3');
    parts.english = real;
    editor.lang = 'en-US';
    await editor.updateComplete;
    await drawn(editor);
    expectEnglish(editor);
    // A choice that was overtaken by another comes to nothing.
    editor.lang = 'en';
    editor.lang = 'zh-CN';
    await settled();
    await settled();
    expect(languageInForce()).to.equal('zh-CN');
  });

  it('[E304] accessible, the words of the form marked as Chinese; files, payload and clipboard stay Chinese', async () => {
    const editor = await showEnglish((one) => {
      one.value = report(1, { [received()]: 40, [CARRIED]: 5 });
      one.previous = report(0, { [FORWARD]: 3 }, { year: 2023 });
    });
    const value = editor.value;
    editor.check();
    await drawn(editor);
    await settled();
    await expectAccessible(editor);
    const [, requests] = tables(editor);
    expect(requests!.shadowRoot!.querySelector('#title')!.closest('[lang]')!.getAttribute('lang')).to.equal(
      'zh-CN',
    );
    const marked = search(editor, 'td[data-mark] .hidden');
    expect(marked.length).to.be.above(0);
    for (const one of marked) expect((one as HTMLElement).lang).to.equal('en');
    for (const heading of search(requests!, 'th'))
      expect(heading.closest('[lang]')!.getAttribute('lang')).to.equal('zh-CN');
    editor.lang = 'zh-CN';
    await drawn(editor);
    expect(editor.value, 'the payload has no language').to.equal(value);
    editor.lang = 'en';
    await drawn(editor);
    expect(editor.downloadBackup()).to.match(/^政府信息公开年报_Example Bureau_2024.*_备份\.json$/);
  }).timeout(30_000);
});

function asReport(of: Payload): Report {
  const result = readPayload(JSON.stringify(of));
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return completeReport(result.report);
}

function typed(to: Report, texts: Readonly<Record<string, string>>): Report {
  return applyChanges(to, changesFromTexts(to, Object.entries(texts)).changes);
}
