/** What is said of a host: a proof that cannot fail proves nothing. */
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { emptyReport } from '../../src/report/report.ts';
import { payloadText } from '../../src/payload/write-payload.ts';
import { Checklist } from './checklist.ts';
import { expectSame, expectStored } from './desk.ts';
import { CannotRun, type Host, type HostTools } from './host.ts';
import { runHost, type Outcome } from './run-hosts.ts';

/** A host that does this. */
function said(run: (list: Checklist, tools: HostTools) => Promise<void>): Promise<Outcome> {
  const host: Host = {
    name: 'invented',
    needs: 'a server from npm',
    async run(tools) {
      const list = new Checklist();
      await run(list, tools);
      return list.result;
    },
  };
  return runHost(host, ['chromium'], true);
}

describe('the line about a host', () => {
  it('says what was checked and how long a clerk waits', async () => {
    let scratch = '';
    const outcome = await said(async (list, tools) => {
      scratch = tools.scratch;
      for (const milliseconds of [90, 300, 100]) list.usable(milliseconds);
      await list.check('[E290] saved, byte for byte', 'chromium', async () => 12);
    });
    expect(outcome.verdict).to.equal('passed');
    expect(outcome.line).to.match(
      /^invented: passed; usable 100 ms after the script tag; checked: saved, byte for byte \(12 ms\); 0 s$/,
    );
    expect(existsSync(scratch)).to.equal(false);
  });

  it('says what failed, in which browser, and goes on', async () => {
    const outcome = await said(async (list) => {
      await list.check('[E290] saved', 'firefox', async () => expectSame('{"a":1}', '{"a":2}', 'stored'));
      await list.check('[E290] saved', 'chromium', async () => {});
      await list.check('read', 'chromium', async () => {});
    });
    expect(outcome.verdict).to.equal('failed');
    expect(outcome.line).to.include('FAILED saved (firefox): stored: differ at 5');
    expect(outcome.line).to.include('not measured; checked: read;');
  });

  it('is a failure where nothing was checked, or the host broke', async () => {
    expect((await said(async () => {})).verdict).to.equal('failed');
    const broken = await said(() => Promise.reject(new Error('no port')));
    expect([broken.verdict, broken.line]).to.deep.equal(['failed', 'invented: failed; no port; 0 s']);
  });

  it('gives the reason where the host could not run', async () => {
    const outcome = await said(() => Promise.reject(new CannotRun('npm pack ended with 1')));
    expect(outcome.verdict).to.equal('not run');
    expect(outcome.line).to.equal('invented: not run; needs a server from npm; npm pack ended with 1; 0 s');
  });
});

describe('what a host keeps', () => {
  const stamp = { draft: true, findings: [], rules: '2021@1', open: 0, revision: { number: 1, base: null } };
  const report = payloadText(emptyReport('2021', 2024), stamp);

  it('is no report where a character was lost or changed', () => {
    expect(() => expectStored(report, {})).not.to.throw();
    expect(() => expectStored(report.slice(0, -1), {})).to.throw('no report');
    expect(() => expectStored(report.replace('"year":2024', '"year":2023'), {})).to.throw(
      'not as it was written',
    );
    expect(() => expectStored(payloadText(emptyReport('2021', 2024)), {})).to.throw('states no digest');
    expect(() => expectStored(report, { 'requests/received/other': 1 })).to.throw('is stored as null');
  });
});
