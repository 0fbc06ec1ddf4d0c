/** WordPress: posts with a meta box in the classic editor and in the block editor, and with a block. */
import type { TestBrowser } from '../pages/page-fixture.ts';
import { Checklist } from './checklist.ts';
import { expectThat } from './desk.ts';
import type { Host, HostTools } from './host.ts';
import {
  comesBackChanged,
  leaving,
  loginExpired,
  measureUsable,
  roundTrip,
  runScenes,
  savedTwice,
  saveFails,
  twoClerks,
  twoTabs,
  type Office,
} from './scenes.ts';
import { openOffice, type PostOffice } from './wordpress-offices.ts';
import {
  newReport,
  boxMoves,
  savedWithout,
  quickEdit,
  preview,
  takenOver,
  refusedIsKept,
  savedByKey,
  typedWhileSaving,
  wrongFigure,
  blockKeepsKeys,
  blockComesBack,
  notInTheText,
  type Scene,
} from './wordpress-scenes.ts';
import { startWordpress } from './wordpress-site.ts';

type Scenes = Readonly<Record<string, Scene>>;

const KINDS = ['classic', 'meta box', 'block'] as const;

export const host: Host = {
  name: 'wordpress',
  needs: 'mariadb-server-core, php-cli and the files of wordpress from Debian',
  async run(tools) {
    const list = new Checklist();
    const site = await startWordpress(tools);
    list.note(`WordPress ${site.version} with PHP and MariaDB of Debian`);
    for (const name of tools.browsers) {
      for (const kind of KINDS) {
        const office = openOffice(site, kind);
        const browser = tools.browser(name);
        const isFirst = name === tools.browsers[0];
        if (isFirst) await measure(office, browser, list, tools);
        const scenes = Object.entries(SCENES[kind]).filter(
          ([, scene]) => !tools.short || scene === roundTrip,
        );
        // Another browser is another way into the element, not into WordPress.
        const some = scenes.filter(([, scene]) => isFirst || EVERYWHERE.includes(scene));
        await runScenes(
          Object.fromEntries(
            some.map(([what, scene]) => [
              what,
              async (_: Office, one: TestBrowser, all: HostTools) => {
                const start = Date.now();
                await scene(office, one, all, site);
                // Only of what passed: a line that stands for both is taken for a verdict.
                tools.log(`${what}, ${name}: passed in ${((Date.now() - start) / 1000).toFixed(1)} s`);
              },
            ]),
          ),
          office,
          browser,
          list,
          tools,
        );
        await browser.close();
      }
    }
    await list.check('[E285] PHP has nothing to complain of in the plugin', 'all browsers', async () => {
      const complaints = site.complaints();
      expectThat(complaints.length === 0, complaints.slice(0, 3).join(' | '));
    });
    return list.result;
  },
};

/** The result states the classic editor; the others are noted. */
async function measure(
  office: PostOffice,
  browser: TestBrowser,
  list: Checklist,
  tools: HostTools,
): Promise<void> {
  const measured = office.kind === 'classic' ? list : new Checklist();
  office.put('');
  await measureUsable(office, browser, measured, tools);
  if (measured !== list)
    list.note(`${office.kind} in the block editor usable after ${measured.result.usableAfter.toFixed(0)} ms`);
}

const anywhere = (where: string): Scenes => ({
  [`[E290] ${where}: saved with a cell still open, loaded again, byte for byte`]: roundTrip,
  [`[E291] ${where}: login expired (F15), the draft is offered and saved`]: loginExpired,
  [`[E292] ${where}: the database refuses (F16), it is said, the draft is offered and saved`]: saveFails,
  [`[E293] ${where}: leaving with edits warns, before and after does not`]: leaving,
  [`[E294] ${where}: two clerks (F17), the second is exposed by the base revision and offered the draft`]:
    twoClerks,
  [`[E288] ${where}: autosaves and savers without the report leave it alone`]: savedWithout,
});

/** The meta box of the block editor has the page of the one and the server's part of the other. */
const classicAndBlock = (where: string): Scenes => ({
  [`[E294] ${where}: two tabs (F5), one writes and the other takes over with everything`]: twoTabs,
  [`[E296] ${where}: escaped it is read, cut off it is named`]: comesBackChanged,
  [`[E289] ${where}: what is not saved of the second clerk is kept by the server too`]: refusedIsKept,
  [`[E289] ${where}: taken over by another clerk and joined`]: takenOver,
});

const inPlace = (where: string): Scenes => ({
  [`[E290] ${where}: saved again and again without a reload`]: savedTwice,
  [`[E286] ${where}: Ctrl+S saves the cell being typed`]: savedByKey,
  [`[E286] ${where}: what is typed while WordPress saves is saved next`]: typedWhileSaving,
});

const SCENES: Readonly<Record<PostOffice['kind'], Scenes>> = {
  classic: {
    ...anywhere('classic editor'),
    ...classicAndBlock('classic editor'),
    '[E285] classic editor: a new report by an author, with a name that slashes and entities would change':
      newReport,
    '[E285] classic editor: a wrong figure keeps nobody from saving': wrongFigure,
    '[E288] classic editor: the meta box folded and moved loses nothing': boxMoves,
    '[E288] classic editor: a quick edit leaves the report alone': quickEdit,
    '[E288] classic editor: a preview saves nothing and is no reason to stop warning': preview,
  },
  'meta box': {
    ...anywhere('meta box in the block editor'),
    ...inPlace('meta box in the block editor'),
    '[E286] meta box in the block editor: a new report by an author': newReport,
  },
  block: {
    ...anywhere('block'),
    ...classicAndBlock('block'),
    ...inPlace('block'),
    '[E287] block: a new report by an author': newReport,
    '[E287] block: keys and clipboard in it are the report’s': blockKeepsKeys,
    '[E287] block: undone, redone and shown as on a tablet it loses nothing': blockComesBack,
    '[E287] block: as an attribute in the text WordPress would have changed it': notInTheText,
  },
};

/** What every browser is tried with. */
const EVERYWHERE: readonly Scene[] = [roundTrip, newReport, loginExpired, leaving];
