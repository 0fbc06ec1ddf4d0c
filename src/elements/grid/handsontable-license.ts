/**
 * Whether Handsontable accepts a licence key. Only Handsontable decides: it is asked with an empty grid out of sight,
 * because its own check is not exported. Knows no grid of ours; a key is never shown anywhere.
 */
import Handsontable from 'handsontable/base';
import { outOfSight } from './out-of-sight.ts';

/** `unusable`: Handsontable would put a dialog or a notice in the grid's place; whoever has such a key keeps the table grid. */
export type LicenseState = 'usable' | 'unusable';

/** What Handsontable shows over or under a grid without a valid licence. */
const NOTICES = '.ht-license-lock, .hot-display-license-info';

/** The one value of a theme that Handsontable asks for before it believes that there is one. */
const LINE = '.ht-root-wrapper { --ht-line-height: 20px; }';

let last: { readonly key: string; readonly state: LicenseState } | undefined;

/** Never throws. A key may be anything that stands in an attribute. */
export function licenseState(key: string): LicenseState {
  if (key.trim() === '') return 'unusable';
  if (last?.key !== key) last = { key, state: ask(key) };
  return last.state;
}

/** The vendor's notice about the licence inside a grid. */
export function licenseNotice(within: ParentNode): Element | null {
  return within.querySelector(NOTICES);
}

/** What Handsontable is looked at for: named here, because whoever has no Handsontable has no types of it. */
interface Parts {
  readonly rootWrapperElement: HTMLElement;
  readonly rootOverlaysElement: HTMLElement;
  readonly rootSlotBottomElement: HTMLElement;
}

/** Calls back once when a notice appears in a grid that began without one. */
export function watchLicense(hot: Parts, found: () => void): MutationObserver {
  const observer = new MutationObserver(() => {
    if (licenseNotice(hot.rootWrapperElement) === null) return;
    observer.disconnect();
    found();
  });
  // The two parts that Handsontable puts such things into; the table itself changes too often.
  for (const part of [hot.rootOverlaysElement, hot.rootSlotBottomElement]) {
    if (part) observer.observe(part, { childList: true });
  }
  return observer;
}

function ask(key: string): LicenseState {
  try {
    return outOfSight(document.createElement('div'), LINE, (element) => {
      const hot = new Handsontable.Core(element, {
        licenseKey: key,
        data: [],
        themeName: 'ht-theme-main',
        injectCoreCss: false,
        ariaTags: false,
      });
      try {
        hot.init();
        return licenseNotice(element) === null ? 'usable' : 'unusable';
      } finally {
        hot.destroy();
      }
    });
  } catch {
    return 'unusable';
  }
}
