/** Whether a draft is found only from where it was made. */
import { expect } from 'chai';
import { isKeptApart, isParentKeptApart } from '../../src/drafts/kept-apart.ts';

/** A page under others, outermost last: by their host names, told by the browser or not. */
function pageUnder(hosts: readonly string[], isTold = true): Window {
  const windows: { parent?: unknown; top?: unknown; location: object; document: object }[] = [];
  for (const [index, hostname] of ['forms.cn', ...hosts].entries()) {
    const above = hosts.slice(index).map((host) => `https://${host}`);
    windows.push({
      location: { hostname, ...(isTold && { ancestorOrigins: above }) },
      document: { referrer: above[0] ?? '' },
    });
  }
  for (const [index, one] of windows.entries())
    Object.assign(one, { parent: windows[index + 1] ?? one, top: windows[windows.length - 1] });
  return windows[0] as unknown as Window;
}

describe('kept apart', () => {
  it('[E262] is what a page of another site keeps only where that is in a frame of a third', () => {
    for (const isTold of [true, false]) {
      expect(isParentKeptApart(pageUnder(['cms.cn'], isTold))).to.equal(false);
      expect(isParentKeptApart(pageUnder(['cms.cn', 'portal.cn'], isTold))).to.equal(true);
    }
    expect(isParentKeptApart(pageUnder(['cms.cn', 'cms.cn']))).to.equal(false);
    // Where it cannot be known, it is said.
    expect(isParentKeptApart(pageUnder(['cms.cn', 'cms.cn'], false))).to.equal(true);
    expect(isKeptApart(pageUnder([]))).to.equal(false);
    expect(isKeptApart(pageUnder(['forms.cn']))).to.equal(false);
    expect(isKeptApart(pageUnder(['cms.cn']))).to.equal(true);
  });
});
