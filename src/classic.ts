/**
 * Entry of the classic script: it puts the program, a file beside it, into the page. Any browser can run it (the build
 * and a test hold it to the syntax of ES3): one that cannot run the program says so where the element stands, and the
 * form still posts what the element was given.
 */
// An old browser gives up a whole file at the first word it does not know, so that the program is a file of its own.
declare var PROGRAM_FILE: string;
declare var PROGRAM_INTEGRITY: string;

interface Global {
  customElements?: { get(tag: string): unknown };
  ElementInternals?: { prototype: object };
  Promise?: { any?: unknown };
  HTMLScriptElement?: new () => HTMLScriptElement;
  trustedTypes?: {
    createPolicy(name: string, rules: AddressPolicy): AddressPolicy;
    readonly defaultPolicy: unknown;
  };
  XxgkAnnualReport?: { setLicenseKey?(key: unknown): void };
  /** For the worker that reads documents: a page lets a policy of one name be made once. */
  xxgkScriptPolicy?: AddressPolicy;
}

interface AddressPolicy {
  createScriptURL(address: string): string;
}

/** An element of ours that nothing runs in: what a host has set is a property of no meaning. */
interface Inert extends HTMLElement {
  value?: unknown;
  canHaveChildren?: boolean;
  xxgkNotice?: HTMLElement;
}

var TAGS = ['xxgk-annual-report', 'xxgk-report-table'];
var UNTOUCHED = '原有内容没有改动。';
var TOO_OLD =
  '年度报告编辑器不能在当前浏览器中运行。请切换到极速模式（在地址栏右侧把“兼容模式”改为“极速模式”），然后刷新本页；已经是极速模式的，请升级浏览器。' +
  UNTOUCHED;

var page = window as unknown as Global;

/** Elements that belong to a form, style sheets of a root, and the syntax of the program, as old as `Promise.any`. */
function isCapable(): boolean {
  return !!(
    page.customElements &&
    page.ElementInternals &&
    'setFormValue' in page.ElementInternals.prototype &&
    'adoptedStyleSheets' in document &&
    page.Promise &&
    page.Promise.any
  );
}

function isDefined(): boolean {
  return !!page.customElements && !!page.customElements.get(TAGS[0]!);
}

/** The tag that loaded this script, or a bundle with it; null where nothing tells. */
function ownTag(): HTMLScriptElement | null {
  var own = document.currentScript;
  // Not an image that calls itself `currentScript`.
  if (own instanceof page.HTMLScriptElement!) return own;
  return document.querySelector<HTMLScriptElement>('script[src*="xxgk-annual-report.classic."]');
}

/** Beside this script, with its query, unless a tag says where: `<script data-xxgk-program="…">`. */
function addressOfProgram(own: HTMLScriptElement | null): string {
  var told = document.querySelector('script[data-xxgk-program]');
  var link = document.createElement('a');
  link.href = told
    ? told.getAttribute('data-xxgk-program')!
    : ((own && own.src) || '').replace(/#.*$/, '').replace(/[^/?]*(\?.*)?$/, PROGRAM_FILE + '$1');
  return link.href;
}

/** In the form that a page takes which requires Trusted Types. */
function trusted(address: string): string {
  var folder = address.replace(/[^/]*(\?.*)?$/, '');
  // The page's own default policy is asked by the browser itself.
  if (!page.trustedTypes || page.trustedTypes.defaultPolicy) return address;
  try {
    page.xxgkScriptPolicy = page.trustedTypes.createPolicy('xxgk-annual-report', {
      createScriptURL: function (asked) {
        if (asked.indexOf(folder) !== 0) throw new TypeError(asked);
        return asked;
      },
    });
    return page.xxgkScriptPolicy.createScriptURL(address);
  } catch {
    // Where the page names its policies and requires none, a text will do.
    return address;
  }
}

function load(): void {
  var own = ownTag();
  var address = addressOfProgram(own);
  var script = document.createElement('script');
  var key: { readonly given: unknown } | undefined;
  if (!page.XxgkAnnualReport)
    page.XxgkAnnualReport = {
      setLicenseKey: function (given) {
        key = { given: given };
      },
    };
  if (own) {
    script.nonce = own.nonce || own.getAttribute('nonce') || '';
    script.crossOrigin = own.crossOrigin;
    // Whoever vouches for this file vouches for the one it names.
    if (own.integrity) script.integrity = PROGRAM_INTEGRITY;
  }
  function fail(text: string): void {
    // An element within a root of the page is not found, its developer is.
    console.error(text);
    say(text);
  }
  script.onload = function () {
    if (!isDefined())
      fail(
        '年度报告编辑器没有运行起来。请切换到极速模式或升级浏览器，然后刷新本页；仍有此提示的，请告知网站管理员：文件不能运行：' +
          address +
          '。' +
          UNTOUCHED,
      );
    else if (key) page.XxgkAnnualReport!.setLicenseKey!(key.given);
  };
  script.onerror = function () {
    fail(
      '年度报告编辑器没有载入。请刷新本页；仍有此提示的，请告知网站管理员：读取不到文件，或被安全策略阻止：' +
        address +
        '。' +
        UNTOUCHED,
    );
  };
  try {
    script.src = trusted(address);
  } catch {
    (script.onerror as () => void)();
    return;
  }
  (document.head || document.documentElement).appendChild(script);
}

/** Where each of our elements stands, and where one is put later. */
function say(text: string): void {
  function everywhere(): void {
    // An old Internet Explorer breaks off a page that is changed while it is read.
    if (document.readyState !== 'complete' && !document.addEventListener) return;
    // Somebody may have loaded the module beside.
    var isOver = isDefined();
    if (isOver) clearInterval(again);
    for (var tag = 0; tag < TAGS.length; tag += 1) {
      var elements = document.getElementsByTagName(TAGS[tag]!);
      for (var at = 0; at < elements.length; at += 1) {
        if (isOver) takeBack(elements[at] as Inert);
        else sayAt(elements[at] as Inert, text);
      }
    }
  }
  var again = setInterval(everywhere, 300);
  everywhere();
}

function takeBack(element: Inert): void {
  var notice = element.xxgkNotice;
  if (notice && notice.parentNode) notice.parentNode.removeChild(notice);
}

function sayAt(element: Inert, text: string): void {
  var notice = element.xxgkNotice;
  if (!notice || !notice.parentNode) {
    notice = document.createElement('div');
    notice.setAttribute('role', 'alert');
    notice.style.cssText =
      'padding:8px 12px;border:1px solid #d98a84;border-left:4px solid #b5261b;background:#fdf0ef;color:#1f2329';
    notice.appendChild(document.createTextNode(text));
    // In the element it goes where that goes; Internet Explorer 8 has no place in it.
    if (element.canHaveChildren === false) element.parentNode!.insertBefore(notice, element);
    else element.appendChild(notice);
    element.xxgkNotice = notice;
  }
  postGiven(element, notice);
}

/** A form posts what the element was given, as it does while nobody has edited it. */
function postGiven(element: Inert, notice: HTMLElement): void {
  var name = element.getAttribute('name');
  var given = element.value;
  if (given === undefined || given === null) given = element.getAttribute('value') || '';
  var text = typeof given === 'string' ? given : JSON.stringify(given);
  var field = notice.getElementsByTagName('input')[0];
  var isPosted = !!name && text !== '' && element.getAttribute('disabled') === null;
  if (!isPosted) {
    if (field) notice.removeChild(field);
    return;
  }
  if (!field) {
    field = document.createElement('input');
    field.type = 'hidden';
    notice.appendChild(field);
  }
  field.name = name!;
  field.value = text;
}

export {};

// Another tag with this script, or the program itself, may have been there before.
if (!(page.XxgkAnnualReport && page.XxgkAnnualReport.setLicenseKey) && !isDefined()) {
  if (isCapable()) load();
  else {
    page.XxgkAnnualReport = { setLicenseKey: function () {} };
    say(TOO_OLD);
  }
}
