/** Entry of the standalone page: the place where reports are worked on. No network of its own. */
import { setLicenseKey } from './define.ts';
import { Workplace } from './workplace/workplace.ts';

declare global {
  interface ImportMeta {
    /** Replaced by the build. */
    readonly env: {
      readonly DEV: boolean;
      /** The page is a site of several files, with a service worker beside it. */
      readonly SITE: boolean;
    };
  }
}

// The development page only: whoever evaluates sees the spreadsheet grid. No build carries a key.
if (import.meta.env.DEV) setLicenseKey('non-commercial-and-evaluation');

customElements.define('xxgk-workplace', Workplace);
document.querySelector<Workplace>('xxgk-workplace')!.samples = () =>
  import('./samples.ts').then(({ samples }) => samples);
