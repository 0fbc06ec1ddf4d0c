/** `dist/custom-elements.json` against the classes as they are registered, their sources and both READMEs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { filesUnder, read } from '../house/sources.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

interface Item {
  readonly name: string;
  readonly kind?: string;
  readonly attribute?: string;
  readonly fieldName?: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

interface Declaration {
  readonly name: string;
  readonly tagName: string;
  readonly attributes: readonly Item[];
  readonly members: readonly Item[];
  readonly events: readonly Item[];
  readonly slots: readonly Item[];
  readonly cssParts: readonly Item[];
  readonly cssProperties: readonly Item[];
}

const EDITOR = 'xxgk-annual-report';
const elementFiles = filesUnder('src/elements', '.ts').map(read);
const sources = elementFiles.join('\n');
const names = (items: readonly Item[]): string[] => items.map(({ name }) => name).sort();
const matches = (text: string, pattern: RegExp): string[] =>
  [...new Set(Array.from(text.matchAll(pattern), ([, found = '']) => found))].sort();
/** A table of a README whose first column holds names. */
const rowsUnder = (text: string, heading: string): string[] => {
  const [, table = ''] = new RegExp(`^\\| ${heading} .*\\n((?:\\|.*\\n)+)`, 'm').exec(text) ?? [];
  return matches(table, /^\| `([^`]+)`/gm);
};

describe('custom-elements.json', () => {
  const browser = new TestBrowser(BROWSERS[0]!);
  let site: Site;
  let page: OpenPage;
  let declarations: readonly Declaration[];
  let editor: Declaration;
  before(async () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'dist/custom-elements.json'), 'utf8')) as {
      modules: ReadonlyArray<{ path: string; declarations?: readonly Declaration[] }>;
    };
    declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
    editor = declarations.find(({ tagName }) => tagName === EDITOR)!;
    site = await serveSite();
    page = await browser.open(`${site.url}/demo/cms-form.html`);
    await page.ready();
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  it('[E249] has every tag, under the class that the module exports', async () => {
    const registered = await page.page.evaluate(
      async (url, found) => {
        const module = (await import(url)) as Record<string, unknown>;
        return found.map(([tag, name]) => customElements.get(tag!) === module[name!]);
      },
      `${site.url}/dist/xxgk-annual-report.js`,
      declarations.map(({ tagName, name }) => [tagName, name]),
    );
    expect(registered).to.deep.equal(declarations.map(() => true));
    expect(declarations.map(({ tagName }) => tagName).sort()).to.deep.equal(
      matches(read('src/define.ts'), /^ {4}'(xxgk-[a-z-]+)': /gm),
    );
  });

  it('[E249] has the attributes that the classes read, each described and of a property', async () => {
    for (const { tagName, name, attributes, members } of declarations) {
      const observed = await page.page.evaluate(
        (tag) => (customElements.get(tag) as unknown as { observedAttributes: string[] }).observedAttributes,
        tagName,
      );
      const own = elementFiles.find((text) => new RegExp(`^export class ${name}\\b`, 'm').test(text))!;
      const base = own.includes('extends ReportFormElement')
        ? read('src/elements/report-form-element.ts')
        : '';
      const asked = matches(own + base, /\bthis\.(?:get|has)Attribute\('([^']+)'\)/g);
      expect(names(attributes), tagName).to.deep.equal([...new Set([...observed, ...asked])].sort());
      expect(
        attributes.filter(({ description }) => !description),
        tagName,
      ).to.deep.equal([]);
      const fields = members.flatMap((member) => member.attribute ?? []).sort();
      // As with a field of the browser, the attribute is what the value begins with, not the value; `lang` is the browser's.
      const apart = ['value', 'lang'];
      expect(fields, tagName).to.deep.equal(
        observed.filter((attribute) => !apart.includes(attribute)).sort(),
      );
    }
  });

  it('[E249] has no property and no method that the elements lack', async () => {
    for (const { tagName, members } of declarations) {
      const lacking = await page.page.evaluate(
        (tag, wanted) => {
          const element = document.createElement(tag) as unknown as Record<string, unknown>;
          return wanted.filter(
            ([name, kind]) =>
              !((name ?? '') in element) || (kind === 'method') !== (typeof element[name!] === 'function'),
          );
        },
        tagName,
        members.map(({ name, kind }) => [name, kind ?? '']),
      );
      expect(lacking, tagName).to.deep.equal([]);
    }
  });

  it('[E249] has the events that are ours, of the class they are of', () => {
    const ours = matches(read('src/elements/events.ts'), /super\('([^']+)'/g);
    const listed = declarations.flatMap(({ events }) => names(events));
    expect([...new Set(listed)].sort()).to.deep.equal([...ours, 'change', 'input'].sort());
    for (const { name, type } of declarations.flatMap(({ events }) => events)) {
      const [, className] = new RegExp(`'${name}': (\\w+);`).exec(read('src/elements/events.ts')) ?? [];
      expect(type?.text, name).to.equal(className ?? 'Event');
    }
  });

  it('[E249] has the slots, parts and properties of CSS that can be used', async () => {
    const listed = (kind: 'slots' | 'cssParts'): string[] =>
      [...new Set(declarations.flatMap((declaration) => names(declaration[kind])))].sort();
    expect(listed('cssParts')).to.deep.equal(
      [...new Set(matches(sources, /\bpart="([^"$]+)"/g).flatMap((part) => part.split(' ')))].sort(),
    );
    expect(listed('slots')).to.deep.equal(matches(sources, /<slot name="([^"]+)"/g));
    const { shown, used } = await page.page.evaluate(
      (tag, parts, slots) => {
        const root = document.querySelector(tag)!.shadowRoot!;
        return {
          shown: parts.filter(
            (part) => root.querySelector(`[part~="${part}"], [exportparts*="${part}"]`) !== null,
          ),
          used: slots.filter((slot) => root.querySelector(`slot[name="${slot}"]`) !== null),
        };
      },
      EDITOR,
      names(editor.cssParts),
      names(editor.slots),
    );
    expect([shown, used]).to.deep.equal([names(editor.cssParts), names(editor.slots)]);
    // What the style sheets of the editor and of the elements in it ask the page for.
    const asked = await page.page.evaluate((tag) => {
      const found = new Set<string>();
      const look = (root: ShadowRoot): void => {
        for (const sheet of root.adoptedStyleSheets)
          for (const rule of Array.from(sheet.cssRules))
            for (const [, name] of rule.cssText.matchAll(/var\((--xxgk-[a-z-]+)/g)) found.add(name!);
        for (const element of Array.from(root.querySelectorAll('*')))
          if (element.shadowRoot !== null) look(element.shadowRoot);
      };
      look(document.querySelector(tag)!.shadowRoot!);
      return [...found].sort();
    }, EDITOR);
    // The editor tells its tables itself how high its lower edge is.
    const own = ['--xxgk-foot-height'];
    expect(names(editor.cssProperties)).to.deep.equal(asked.filter((property) => !own.includes(property)));
  });

  for (const [file, attribute, event] of [
    ['README.md', 'Attribute', 'Event'],
    ['README.zh-CN.md', '属性', '事件'],
  ] as const) {
    it(`[E249] tells what ${file} tells`, () => {
      const readme = read(file);
      expect(names(editor.attributes)).to.deep.equal(rowsUnder(readme, attribute));
      expect(names(editor.events)).to.deep.equal(rowsUnder(readme, event));
      const missing = names(editor.cssProperties).filter((property) => !readme.includes(`\`${property}\``));
      expect(missing).to.deep.equal([]);
      const methods = editor.members.filter(({ kind }) => kind === 'method').map(({ name }) => name);
      const untold = methods.filter(
        (method) => !['focus'].includes(method) && !readme.includes(`${method}(`),
      );
      expect(untold).to.deep.equal([]);
    });
  }
});
