/** The strictest policies a host's page can have: the whole job under them, in both grids, with nothing blocked. */
import { after, afterEach, before, describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { doMainJob, useSpreadsheet } from './main-job.ts';
import {
  BROWSERS,
  isOfIcon,
  ROOT,
  serveSite,
  TestBrowser,
  type OpenPage,
  type Site,
} from './page-fixture.ts';

const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'";

const WATCH = `globalThis.blocked = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    blocked.push(effectiveDirective + ' ' + blockedURI));`;

for (const name of BROWSERS) {
  describe(`policies in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    /** Every answer carries the policy, as where a server is told so once: a worker is under its own file's. */
    let everywhere: Site;
    const reports: string[] = [];
    before(async () => {
      const files = new Map(
        ['strict-csp.html', 'show-json.js'].map((file) => [
          `/demo/${file}`,
          readFileSync(join(ROOT, 'demo', file), 'utf8').replace(/<meta\s+http-equiv[^>]*>/, ''),
        ]),
      );
      site = await serveSite();
      everywhere = await serveSite(
        [],
        Object.fromEntries(files),
        (path, body) => {
          if (path === '/report' && !isOfIcon(body)) reports.push(body);
          return undefined;
        },
        { 'content-security-policy': `${STRICT}; report-uri /report` },
      );
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
      await everywhere.close();
    });

    async function open(url: string): Promise<OpenPage> {
      return browser.open(url, async (page) => {
        await page.evaluateOnNewDocument(WATCH);
      });
    }
    const blocked = async (page: OpenPage): Promise<string[]> =>
      ((await page.page.evaluate('blocked')) as string[]).filter((one) => !isOfIcon(one));

    it("[E79] default-src 'none' in the header of every file blocks nothing of the job on the table grid", async () => {
      const page = await open(`${everywhere.url}/demo/strict-csp.html`);
      await doMainJob(page, { downloads: browser.downloads, pdf: true });
      expect(await blocked(page)).to.deep.equal([]);
      expect(page.complaints).to.deep.equal([]);
      expect(reports).to.deep.equal([]);
    });

    it("[E79] default-src 'none' in the page blocks nothing of the job on the spreadsheet grid", async () => {
      const page = await open(`${site.url}/demo/strict-csp.html`);
      await doMainJob(page, { prepare: useSpreadsheet });
      expect(await blocked(page)).to.deep.equal([]);
      expect(page.complaints).to.deep.equal([]);
    });

    for (const [grid, prepare] of [
      ['table', undefined],
      ['spreadsheet', useSpreadsheet],
    ] as const)
      it(`[E230] with Trusted Types required as well the job is done on the ${grid} grid, and only the worker is refused`, async () => {
        const page = await open(`${site.url}/demo/trusted-types.html`);
        let refused: unknown[] = [];
        await doMainJob(page, {
          prepare,
          leaving: async () => {
            refused = await blocked(page);
          },
        });
        // What README says of a page that does not allow our policy.
        expect(refused).to.deep.equal(['trusted-types trusted-types-policy']);
        expect(await blocked(page)).to.deep.equal([]);
        expect(page.complaints).to.have.length(1);
        expect(page.complaints.join()).to.match(/trusted.?types?/i);
      });
  });
}
