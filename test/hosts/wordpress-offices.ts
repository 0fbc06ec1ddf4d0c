/** WordPress as a clerk meets it, three times: the classic editor, the meta box in the block editor, the block. */
import type { OpenPage, TestBrowser } from '../pages/page-fixture.ts';
import { expectThat, openHost, pause } from './desk.ts';
import type { Office } from './scenes.ts';
import { PASSWORD, type Site } from './wordpress-site.ts';

/** 更新 */
export const UPDATE = '.editor-post-publish-button:not([aria-disabled="true"])';
export const META = '_xxgk_annual_report';
const NOT_SAVED = { login: '没有存入', error: '数据库没有接收', conflict: '别人已经存入了新的内容' };

export interface PostOffice extends Office {
  readonly kind: 'classic' | 'meta box' | 'block';
  /** The post of this scene. */
  readonly post: string;
  expireLogin(tab?: OpenPage): Promise<void>;
  /** Goes on with another post: one that the clerk has begun. */
  adopt(post: string): void;
  /** A new post, in the editor, with its title typed. */
  begin(browser: TestBrowser, title: string): Promise<OpenPage>;
  /** 发布: for the first time. */
  publish(tab: OpenPage): Promise<void>;
  /** Waits for WordPress to have saved what `act` makes it save. */
  saves(tab: OpenPage, act: () => Promise<void>): Promise<void>;
}

/** Clerks by their browser: the first one to come is `zhang`. */
class Clerks {
  readonly #known = new Map<TestBrowser, string>();

  nameOf(browser: TestBrowser): string {
    const name = this.#known.get(browser) ?? (this.#known.size === 0 ? 'zhang' : 'li');
    this.#known.set(browser, name);
    return name;
  }
}

export function openOffice(site: Site, kind: PostOffice['kind']): PostOffice {
  const clerks = new Clerks();
  const names = new WeakMap<OpenPage, string>();
  const type = kind === 'block' ? 'post' : 'xxgk_report';
  const inBlockEditor = kind !== 'classic';
  let post = '';

  const address = (): string => `${site.url}/wp-admin/post.php?post=${post}&action=edit`;

  async function arrive(tab: OpenPage, readable = true): Promise<void> {
    if (tab.page.url().includes('wp-login.php')) {
      await logIn(tab, names.get(tab)!);
      // WordPress has forgotten where the clerk wanted to go.
      if (!tab.page.url().includes('action=edit') && !tab.page.url().includes('post-new.php'))
        await tab.page.goto(address());
    }
    await takeOver(tab);
    if (inBlockEditor)
      await tab.until(() => document.querySelector('.editor-post-title__input') !== null, 30_000);
    if (readable) await tab.ready(30_000);
  }

  async function come(browser: TestBrowser, url: string, who: string, readable = true): Promise<OpenPage> {
    const tab = await openHost(browser, url);
    names.set(tab, who);
    await arrive(tab, readable);
    return tab;
  }

  const saves = (tab: OpenPage, act: () => Promise<void>): Promise<void> =>
    inBlockEditor ? savesInPlace(tab, kind === 'meta box', act) : goes(tab, act);

  const update = (tab: OpenPage): Promise<void> =>
    inBlockEditor
      ? saves(tab, () => press(tab, UPDATE))
      : saves(tab, () => press(tab, '#publish:not(.disabled)'));

  const office: PostOffice = {
    kind,
    url: site.url,
    blank: `${site.url}/readme.html`,
    get post() {
      return post;
    },
    adopt(id) {
      post = id;
    },
    open: (browser) => come(browser, address(), clerks.nameOf(browser)),
    async save(tab) {
      // WordPress has no button to save a post in which nothing was changed.
      if (kind === 'block' && (await tab.page.$(UPDATE)) === null) return;
      await update(tab);
      await isSaved(tab, kind);
    },
    async saveInVain(tab, why) {
      await update(tab);
      if (why === 'login' && kind === 'classic')
        expectThat(tab.page.url().includes('wp-login.php'), `the page is ${tab.page.url()}`);
      // The block is saved with the post, and what becomes of the post WordPress says itself.
      else if (kind === 'block' && why !== 'conflict') await tab.untilText('Updating failed');
      else await tab.untilText(NOT_SAVED[why]);
    },
    async reopen(tab, readable) {
      await tab.page.goto(address());
      await arrive(tab, readable);
    },
    async expireLogin() {
      site.sql("DELETE FROM wp_usermeta WHERE meta_key = 'session_tokens'");
    },
    breakSaving(broken) {
      for (const event of ['INSERT', 'UPDATE']) {
        const name = `refuse_${event.toLowerCase()}`;
        site.sql(
          broken
            ? `DELIMITER //\nCREATE TRIGGER ${name} BEFORE ${event} ON wp_postmeta FOR EACH ROW IF NEW.meta_key = '${META}' THEN SIGNAL SQLSTATE '45000'; END IF//`
            : `DROP TRIGGER IF EXISTS ${name}`,
        );
      }
    },
    stored: () =>
      site.sql(`SELECT meta_value FROM wp_postmeta WHERE post_id = '${post}' AND meta_key = '${META}'`),
    put(text) {
      // An empty store is a post of its own: nothing of the scene before hangs on it.
      if (text === '') {
        post = site.php(`
          update_option( 'test_heartbeat', '' );
          update_option( 'test_delay', 0 );
          update_option( 'test_editor', '${inBlockEditor ? 'block' : 'classic'}' );
          echo wp_insert_post( array(
            'post_type' => '${type}',
            'post_status' => 'publish',
            'post_author' => get_user_by( 'login', 'zhang' )->ID,
            'post_title' => '年度报告',
            'post_content' => '${kind === 'block' ? '<!-- wp:xxgk/annual-report /-->' : ''}',
          ) );`);
      } else {
        const bytes = Buffer.from(text).toString('base64');
        site.php(`update_post_meta( ${post}, '${META}', wp_slash( base64_decode( '${bytes}' ) ) );`);
      }
    },
    async begin(browser, title) {
      const tab = await come(
        browser,
        `${site.url}/wp-admin/post-new.php?post_type=${type}`,
        'wang',
        kind !== 'block',
      );
      await tab.page.click(inBlockEditor ? '.editor-post-title__input' : '#title');
      await tab.page.keyboard.type(title);
      return tab;
    },
    async publish(tab) {
      if (!inBlockEditor) return office.save(tab);
      await press(tab, '.editor-post-publish-panel__toggle:not([aria-disabled="true"])');
      await saves(tab, () =>
        press(tab, '.editor-post-publish-panel .editor-post-publish-button:not([aria-disabled="true"])'),
      );
      await isSaved(tab, kind);
      await press(tab, '.editor-post-publish-panel__header button');
    },
    saves,
  };
  return office;
}

export async function logIn(tab: OpenPage, name: string): Promise<void> {
  // Its script moves the focus when the page has been there for a moment.
  await tab.until(() => document.activeElement?.id === 'user_login');
  await tab.page.evaluate(() => document.querySelector<HTMLInputElement>('#user_login')!.select());
  await tab.page.keyboard.type(name);
  await tab.page.type('#user_pass', PASSWORD);
  await goes(tab, () => press(tab, '#wp-submit'));
}

/** 接管: somebody else has this post open. */
async function takeOver(tab: OpenPage): Promise<void> {
  const link =
    '#post-lock-dialog:not(.hidden) a[href*="get-post-lock"], .editor-post-locked-modal a[href*="get-post-lock"]';
  // The block editor's dialog comes with the editor.
  if (tab.page.url().includes('post.php'))
    await tab
      .until(
        () =>
          document.querySelector('#titlewrap, .editor-post-title__input, .editor-post-locked-modal') !== null,
        30_000,
      )
      .catch(() => undefined);
  if ((await tab.page.$(link)) !== null) await goes(tab, () => press(tab, link));
}

/** A click of the mouse at something that is at rest. */
export async function press(tab: OpenPage, selector: string): Promise<void> {
  const found = await tab.page.waitForSelector(selector, { visible: true, timeout: 15_000 });
  for (let before = ''; ; await pause(50)) {
    const place = JSON.stringify(await found!.boundingBox());
    if (place === before) break;
    before = place;
  }
  await found!.click();
}

/** Until another document is there: WordPress changes the address of a new post by itself, which is none. */
export async function goes(tab: OpenPage, act: () => Promise<void>): Promise<void> {
  await tab.page.evaluate(() => Object.assign(window, { before: true }));
  await act();
  const end = Date.now() + 20_000;
  for (;;) {
    const isThere = await tab.page
      .evaluate(() => !('before' in window) && document.readyState === 'complete')
      .catch(() => false);
    if (isThere) return;
    if (Date.now() > end) throw new Error(`The page does not change: ${(await tab.text()).slice(-300)}`);
    await pause(30);
  }
}

interface Wordpress {
  readonly data: {
    subscribe(listener: () => void): () => void;
    select(store: string): Record<string, () => unknown>;
  };
}

/** Runs in the page: keeps whether WordPress is saving, meta boxes included, and how often it has done so. */
function watchSaving(isBox: boolean): void {
  const { wp } = window as unknown as { wp: Wordpress };
  const says = (store: string, what: string): boolean => wp.data.select(store)[what]!() === true;
  const saving = { now: false, done: 0 };
  wp.data.subscribe(() => {
    const before = saving.now;
    saving.now = isBox
      ? says('core/edit-post', 'isSavingMetaBoxes')
      : says('core/editor', 'isSavingPost') && !says('core/editor', 'isAutosavingPost');
    if (before && !saving.now) saving.done += 1;
  });
  Object.assign(window, { saving });
}

const saving = (tab: OpenPage): Promise<{ now: boolean; done: number }> =>
  tab.page.evaluate(() => (window as unknown as { saving: { now: boolean; done: number } }).saving);

export async function untilSaving(tab: OpenPage): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await saving(tab)).now) {
    expectThat(Date.now() < end, 'WordPress saves nothing');
    await pause(20);
  }
}

/** In the block editor the page stays: until WordPress has ended its saving. */
async function savesInPlace(tab: OpenPage, isBox: boolean, act: () => Promise<void>): Promise<void> {
  if (!(await tab.page.evaluate(() => 'saving' in window))) await tab.page.evaluate(watchSaving, isBox);
  const { done } = await saving(tab);
  await act();
  const end = Date.now() + 20_000;
  while ((await saving(tab)).done === done) {
    expectThat(Date.now() < end, 'WordPress does not end its saving');
    await pause(20);
  }
}

/** What WordPress and the plugin say after it. */
async function isSaved(tab: OpenPage, kind: PostOffice['kind']): Promise<void> {
  await tab.ready(30_000);
  if (kind === 'classic') await tab.until(() => document.querySelector('#message.updated') !== null);
  else
    await tab.until(
      () => document.querySelector('.components-snackbar, .components-notice.is-success') !== null,
    );
  const said = await tab.page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('.notice-error, .components-notice.is-error'))
      .filter((one) => one.getClientRects().length > 0)
      .map((one) => one.innerText),
  );
  expectThat(said.length === 0, `after it was saved it says “${said.join('; ')}”`);
}
