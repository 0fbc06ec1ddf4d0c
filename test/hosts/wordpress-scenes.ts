/** What WordPress does beside saving: new posts, previews, autosaves, locks, blocks that go and come. */
import type { KeyInput } from 'puppeteer-core';
import type { OpenPage, TestBrowser } from '../pages/page-fixture.ts';
import {
  expectSame,
  expectStored,
  expectThat,
  FIRST,
  FOURTH,
  given,
  pause,
  SECOND,
  THIRD,
  valueOf,
} from './desk.ts';
import type { HostTools } from './host.ts';
import { shows } from './scenes.ts';
import { META, press, untilSaving, UPDATE, type PostOffice } from './wordpress-offices.ts';
import type { Site } from './wordpress-site.ts';

export type Scene = (office: PostOffice, browser: TestBrowser, tools: HostTools, site: Site) => Promise<void>;

/** What a database, slashes, quotes, entities, comments and blocks do to a text, in one name. */
const NAME = `某县<b>&amp;"局"\\n\\\\'--><!-- wp:x --></textarea>%41😀`;

/** A new post from its first to its last key, by an author without the right to write HTML of any kind. */
export const newReport: Scene = async (office, browser, _tools, site) => {
  await office.expireLogin();
  // Whoever comes next logs in under another name.
  await writeReport(office, browser, site).finally(() => office.expireLogin());
};

async function writeReport(office: PostOffice, browser: TestBrowser, site: Site): Promise<void> {
  const tab = await office.begin(browser, '年度报告');
  if (office.kind === 'block') await insertBlock(tab);
  await tab.click('input[name="organization.name"]');
  await tab.page.keyboard.type(NAME);
  await tab.page.keyboard.press('Tab');
  await tab.type(FIRST, '12');
  await tab.type(THIRD, '56', { enter: false });
  await office.publish(tab);
  office.adopt(await tab.page.evaluate(() => new URLSearchParams(location.search).get('post') ?? ''));
  expectStored(office.stored(), { [FIRST]: 12, [THIRD]: 56 });
  expectSame(office.stored(), await given(tab.frame), 'what is stored of the new post');
  const { organization } = JSON.parse(office.stored()) as { organization: { name: string } };
  expectSame(organization.name, NAME, 'the name of the unit');
  await office.reopen(tab);
  expectSame(await valueOf(tab.frame), office.stored(), 'what the element has after the reload');
  await tab.type(FOURTH, '7', { enter: false });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [THIRD]: 56, [FOURTH]: 7 });
  const kind = office.kind === 'block' ? 'posts' : 'xxgk_report';
  for (const path of [
    `/?p=${office.post}&post_type=any`,
    `/index.php?rest_route=/wp/v2/${kind}/${office.post}`,
  ]) {
    const answer = await fetch(`${site.url}${path}`);
    const page = await answer.text();
    expectThat(answer.ok, `${path} answers ${answer.status}`);
    expectThat(!page.includes('tablesDigest'), `${path} gives the report to everybody`);
  }
}

/** By the slash, as WordPress teaches it. */
async function insertBlock(tab: OpenPage): Promise<void> {
  await tab.page.keyboard.press('Enter');
  await tab.page.keyboard.type('/政府信息');
  await tab.page.waitForSelector('.components-autocomplete__result', { visible: true });
  await tab.page.keyboard.press('Enter');
  await tab.ready();
}

/** A figure that is none keeps nobody from saving the post, and comes back as it was typed. */
export const wrongFigure: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12件左右');
  await tab.type(SECOND, '34', { enter: false });
  await office.save(tab);
  expectStored(office.stored(), { [SECOND]: 34 });
  expectThat(office.stored().includes('"draft":true'), 'the report is not called a draft');
  await office.reopen(tab);
  await shows(tab, { [FIRST]: '12件左右', [SECOND]: '34' });
};

/** Folded, unfolded and moved, by the buttons of its head. */
export const boxMoves: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await tab.type(SECOND, '34', { enter: false });
  await press(tab, '#xxgk-annual-report-box .handlediv');
  await tab.until(() => document.querySelector('xxgk-annual-report')!.getClientRects().length === 0);
  await press(tab, '#xxgk-annual-report-box .handlediv');
  const before = await tab.page.$eval('#xxgk-annual-report-box', (box) => box.parentElement!.id);
  await press(tab, '#xxgk-annual-report-box .handle-order-lower');
  await press(tab, '#xxgk-annual-report-box .handle-order-lower');
  const after = await tab.page.$eval('#xxgk-annual-report-box', (box) => box.parentElement!.id);
  const places = await tab.page.$$eval('.meta-box-sortables > .postbox', (boxes) =>
    boxes.map(({ id }) => id),
  );
  expectThat(before !== after || places.at(-1) === 'xxgk-annual-report-box', 'the box has not moved');
  await tab.ready();
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  await tab.type(THIRD, '56', { enter: false });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34, [THIRD]: 56 });
};

/** What WordPress saves by itself, and what others save without the report, leaves it as it is. */
export const savedWithout: Scene = async (office, browser, _tools, site) => {
  site.php(
    `update_option( 'test_heartbeat', 'often' ); wp_update_post( array( 'ID' => ${office.post}, 'post_status' => 'draft' ) );`,
  );
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await office.saves(tab, () =>
    press(tab, office.kind === 'classic' ? '#save-post:not(.disabled)' : '.editor-post-save-draft'),
  );
  await tab.ready();
  const before = office.stored();
  expectStored(before, { [FIRST]: 12 });
  await tab.type(SECOND, '34');
  // What WordPress finds in its own editor a second after that is there counts as unchanged.
  await pause(2_500);
  await tab.page.click(office.kind === 'classic' ? '#title' : '.editor-post-title__input');
  await tab.page.keyboard.type('自动保存');
  await tab.page.keyboard.press('Tab');
  const title = (): string => site.sql(`SELECT post_title FROM wp_posts WHERE ID = ${office.post}`);
  const end = Date.now() + 60_000;
  for (; !title().includes('自动保存'); await pause(200))
    expectThat(Date.now() < end, 'WordPress saves nothing by itself');
  expectSame(office.stored(), before, 'what is stored after the autosave');
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  // An import, a plugin, a quick edit: none of them has the field.
  site.php(`wp_update_post( array( 'ID' => ${office.post}, 'post_title' => '改过的标题' ) );`);
  expectSame(office.stored(), before, 'what is stored after somebody saved the title');
  await office.saves(tab, () =>
    press(tab, office.kind === 'classic' ? '#save-post:not(.disabled)' : '.editor-post-save-draft'),
  );
  await tab.ready();
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
};

/** The list of posts has a form that saves a post without opening it. */
export const quickEdit: Scene = async (office, browser, _tools, site) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await office.save(tab);
  const before = office.stored();
  await tab.page.goto(`${site.url}/wp-admin/edit.php?post_type=xxgk_report`);
  await tab.page.hover(`#post-${office.post}`);
  await press(tab, `#post-${office.post} .editinline`);
  await tab.page.click(`#edit-${office.post} input[name="post_title"]`);
  await tab.page.keyboard.type('快速编辑');
  await press(tab, `#edit-${office.post} button.save`);
  await tab.page.waitForFunction(
    (row: string) => document.querySelector(row)?.textContent?.includes('快速编辑') === true,
    {},
    `#post-${office.post} .row-title`,
  );
  expectSame(office.stored(), before, 'what is stored after a quick edit');
};

/** 预览 posts the form into another tab, and the page stays: what it has is not called saved. */
export const preview: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12', { enter: false });
  const beside = new Promise<void>((done) => tab.page.once('popup', () => done()));
  await press(tab, '#post-preview');
  await beside;
  await pause(1_500);
  expectThat(office.stored() === '', 'the preview saved the report');
  await shows(tab, { [FIRST]: '12' });
  tab.stays = true;
  void tab.page.reload().catch(() => undefined);
  await until(() => tab.asked === 1, 'the browser asks before the page is left');
  tab.stays = false;
  await tab.type(SECOND, '34', { enter: false });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
};

/** 接管: another clerk takes the post over and saves; what the first had typed is joined with it. */
export const takenOver: Scene = async (office, browser, tools, site) => {
  site.php("update_option( 'test_heartbeat', 'often' );");
  const here = await office.open(browser);
  await here.type(FOURTH, '7');
  await office.save(here);
  await here.type(FIRST, '12');
  await here.type(THIRD, '56', { enter: false });
  const elsewhere = tools.browser(browser.name);
  try {
    const there = await office.open(elsewhere);
    await there.type(SECOND, '34', { enter: false });
    await office.save(there);
    await here.page.waitForSelector('#post-lock-dialog .notification-dialog, .editor-post-locked-modal', {
      visible: true,
      timeout: 60_000,
    });
    expectStored(office.stored(), { [FOURTH]: 7, [SECOND]: 34 });
    await office.reopen(here);
    await here.untilText('草稿开始之后，系统中的内容已被改动');
    await here.click('button', '与系统中的内容合并');
    await here.untilText('可以合并');
    await here.click('.merge button.primary', '合并');
    await here.untilText('已合并为一份草稿');
    await shows(here, { [FIRST]: '12', [SECOND]: '34', [THIRD]: '56' });
    await office.save(here);
    expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34, [THIRD]: 56, [FOURTH]: 7 });
  } finally {
    await elsewhere.close();
  }
};

/** What the second clerk had is on the server too, in a file that can be opened again. */
export const refusedIsKept: Scene = async (office, browser, tools, site) => {
  const here = await office.open(browser);
  await here.type(FIRST, '12');
  const elsewhere = tools.browser(browser.name);
  try {
    const there = await office.open(elsewhere);
    await there.type(SECOND, '34');
    await office.save(here);
    await office.saveInVain(there, 'conflict');
    const text = await given(there.frame);
    const kept = site.php(`echo get_post_meta( ${office.post}, '${META}_refused', true )['text'];`);
    expectSame(kept, text, 'what is kept of the second clerk');
    if (office.kind === 'block') return;
    await office.reopen(here);
    const link = await here.page.$eval('a[download="refused.json"]', (one) => one.getAttribute('href')!);
    expectSame(Buffer.from(link.split(',')[1]!, 'base64').toString(), text, 'what the link gives');
  } finally {
    await elsewhere.close();
  }
};

async function hold(tab: OpenPage, key: KeyInput): Promise<void> {
  await tab.page.keyboard.down('Control');
  await tab.page.keyboard.press(key);
  await tab.page.keyboard.up('Control');
}

/** Ctrl+S in an open cell. */
export const savedByKey: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(SECOND, '34', { enter: false });
  await office.saves(tab, () => hold(tab, 's'));
  expectStored(office.stored(), { [SECOND]: 34 });
};

/** The server takes its time, and the clerk none. A meta box that is being saved cannot be clicked, but typed into. */
export const typedWhileSaving: Scene = async (office, browser, _tools, site) => {
  site.php("update_option( 'test_delay', 3 );");
  const tab = await office.open(browser);
  await tab.type(SECOND, '12');
  await office.saves(tab, async () => {
    await hold(tab, 's');
    await untilSaving(tab);
    await tab.page.keyboard.type('34');
    await tab.page.keyboard.press('Enter');
  });
  site.php("update_option( 'test_delay', 0 );");
  const BELOW = 'requests/carried-over/natural-person';
  expectStored(office.stored(), { [SECOND]: 12 });
  expectThat(!office.stored().includes(':34'), 'what was typed after that is stored already');
  await shows(tab, { [BELOW]: '34' });
  const first = JSON.parse(office.stored()) as { digest: string };
  await office.save(tab);
  expectStored(office.stored(), { [SECOND]: 12, [BELOW]: 34 });
  const second = JSON.parse(office.stored()) as { revision: { base: string } };
  expectSame(second.revision.base, first.digest, 'the base of what was typed meanwhile');
};

/** Keys and clipboard inside the block are the report's. */
export const blockKeepsKeys: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(SECOND, '34');
  await (await tab.cell(SECOND)).click();
  await hold(tab, 'x');
  await shows(tab, { [SECOND]: '' });
  await (await tab.cell(THIRD)).click();
  await hold(tab, 'v');
  await shows(tab, { [THIRD]: '34' });
  await hold(tab, 'z');
  await shows(tab, { [THIRD]: '' });
  await hold(tab, 'y');
  await tab.page.keyboard.press('Delete');
  await shows(tab, { [THIRD]: '' });
  await tab.page.keyboard.press('Backspace');
  await tab.page.keyboard.press('ArrowDown');
  await tab.page.keyboard.type('5');
  await tab.page.keyboard.press('Enter');
  await shows(tab, { 'requests/partly-granted/natural-person': '5' });
  const blocks = await tab.page.$$eval('[data-type="xxgk/annual-report"]', (all) => all.length);
  expectThat(blocks === 1, `there are ${blocks} blocks`);
  await office.save(tab);
  expectStored(office.stored(), { 'requests/partly-granted/natural-person': 5 });
};

/** WordPress takes the block out and brings it back; shows it as on a tablet, in a document of its own. */
export const blockComesBack: Scene = async (office, browser, _tools, site) => {
  site.php(`wp_update_post( array( 'ID' => ${office.post}, 'post_content' => '' ) );`);
  const tab = await office.begin(browser, '');
  await insertBlock(tab);
  await tab.type(FIRST, '12');
  await office.publish(tab);
  office.adopt(await tab.page.evaluate(() => new URLSearchParams(location.search).get('post') ?? ''));
  await tab.type(SECOND, '34');
  await press(tab, '.editor-history__undo');
  await tab.until(() => document.querySelector('xxgk-annual-report') === null);
  await press(tab, '.editor-history__redo');
  await tab.ready();
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  await tab.type(THIRD, '56', { enter: false });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34, [THIRD]: 56 });
  await tab.type(FOURTH, '7');
  await press(tab, '.block-editor-post-preview__button-toggle');
  await press(tab, '.block-editor-post-preview__button-resize:nth-of-type(2)');
  const frame = await tab.page.waitForSelector('iframe[name="editor-canvas"]');
  const inside = (await frame!.contentFrame())!;
  await inside.waitForFunction(() => {
    const editor = document.querySelector('xxgk-annual-report');
    return editor !== null && editor.shadowRoot !== null && editor.value.includes('"upheld":7');
  });
  await office.saves(tab, () => press(tab, UPDATE));
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34, [THIRD]: 56, [FOURTH]: 7 });
};

/** Why the block keeps its report beside the text and not in it. */
export const notInTheText: Scene = async (office, browser, _tools, site) => {
  const tab = await office.open(browser);
  await tab.click('input[name="organization.name"]');
  await tab.page.keyboard.type(NAME);
  await office.save(tab);
  const asAttribute = site.php(`
    $json = get_post_meta( ${office.post}, '${META}', true );
    wp_set_current_user( get_user_by( 'login', 'wang' )->ID );
    kses_init();
    $text = get_comment_delimited_block_content( 'xxgk/annual-report', array( 'report' => $json ), '' );
    $id = wp_insert_post( wp_slash( array( 'post_title' => 'x', 'post_content' => $text ) ) );
    echo parse_blocks( get_post( $id )->post_content )[0]['attrs']['report'] ?? '';`);
  expectThat(
    asAttribute !== office.stored(),
    'as an attribute of the block it is the same: README says otherwise',
  );
};

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    expectThat(Date.now() < end, `Waited in vain: ${what}.`);
    await pause(20);
  }
}
