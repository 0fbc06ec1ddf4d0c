/**
 * The XML parts of Word and Excel files as a stream of elements with the usual prefix of their namespace, whatever prefix the
 * writer chose, transitional or strict. No DTD: a part that has one is refused. Knows no element.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { Archive } from './archive.ts';
import { UnreadableSource } from './source-document.ts';

/** Elements deeper than this are nothing that Word or Excel writes. */
const MAX_DEPTH = 512;

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/spreadsheetml/2006/main', 's'],
  ['http://purl.oclc.org/ooxml/spreadsheetml/main', 's'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.openxmlformats.org/drawingml/2006/main', 'a'],
  ['http://purl.oclc.org/ooxml/drawingml/main', 'a'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['http://schemas.openxmlformats.org/package/2006/relationships', 'rel'],
  ['http://schemas.openxmlformats.org/package/2006/content-types', 'ct'],
]);

export interface XmlReader {
  /** `w:tbl`, `s:row`; `?:name` for what has no prefix above. Attributes go by their local name. */
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Reads a part; false where the archive has none of that name. Throws `UnreadableSource`. */
export function readXmlPart(archive: Archive, part: string, found: string, reader: XmlReader): boolean {
  const bytes = archive.read(part);
  if (bytes === undefined) return false;
  readXml(decodeXml(bytes, found), found, reader);
  return true;
}

function decodeXml(bytes: Uint8Array, found: string): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  const isWide = wide === 'utf-16le' || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    return new TextDecoder(isWide ? wide : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableSource({ code: 'damaged', found });
  }
}

export function readXml(xml: string, found: string, reader: XmlReader): void {
  const elements = new ElementReader(xml, found, reader);
  const tokenizer = new Tokenizer({ xmlMode: true }, elements);
  tokenizer.write(xml);
  tokenizer.end();
}

interface OpenElement {
  readonly raw: string;
  readonly name: string;
  /** Prefixes that the element gave a meaning, with the one before. */
  readonly bound: readonly (readonly [prefix: string, before: string | undefined])[];
}

const NONE: ReadonlyMap<string, string> = new Map();

class ElementReader implements TokenizerCallbacks {
  readonly #open: OpenElement[] = [];
  readonly #namespaces = new Map<string, string>();
  #tag = '';
  #attribute = '';
  #value = '';
  #attributes: Map<string, string> | undefined;
  #bound: (readonly [string, string | undefined])[] = [];

  constructor(
    private readonly xml: string,
    private readonly found: string,
    private readonly reader: XmlReader,
  ) {}

  onopentagname(start: number, end: number): void {
    this.#tag = this.xml.slice(start, end);
    this.#attributes = undefined;
    this.#bound = [];
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.xml.slice(start, end);
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.xml.slice(start, end);
  }

  onattribentity(code: number): void {
    this.#value += String.fromCodePoint(code);
  }

  onattribend(): void {
    const name = this.#attribute;
    const colon = name.indexOf(':');
    if (name === 'xmlns' || name.startsWith('xmlns:')) {
      const prefix = colon < 0 ? '' : name.slice(colon + 1);
      this.#bound.push([prefix, this.#namespaces.get(prefix)]);
      this.#namespaces.set(prefix, PREFIXES.get(this.#value) ?? '?');
      return;
    }
    this.#attributes ??= new Map();
    const local = colon < 0 ? name : name.slice(colon + 1);
    if (!this.#attributes.has(local)) this.#attributes.set(local, this.#value);
  }

  onopentagend(): void {
    if (this.#open.length >= MAX_DEPTH) this.#refuse();
    const colon = this.#tag.indexOf(':');
    const prefix = this.#namespaces.get(colon < 0 ? '' : this.#tag.slice(0, colon)) ?? '?';
    const name = `${prefix}:${colon < 0 ? this.#tag : this.#tag.slice(colon + 1)}`;
    this.#open.push({ raw: this.#tag, name, bound: this.#bound });
    this.reader.open(name, this.#attributes ?? NONE);
  }

  onselfclosingtag(): void {
    this.onopentagend();
    this.#close();
  }

  onclosetag(start: number, end: number): void {
    if (this.#open[this.#open.length - 1]?.raw !== this.xml.slice(start, end)) this.#refuse();
    this.#close();
  }

  ontext(start: number, end: number): void {
    this.reader.text(this.xml.slice(start, end));
  }

  ontextentity(code: number): void {
    this.reader.text(String.fromCodePoint(code));
  }

  oncdata(start: number, end: number, offset: number): void {
    this.reader.text(this.xml.slice(start, end - offset));
  }

  oncomment(): void {}

  /** A document type can make a small part endless, and no office program writes one. */
  ondeclaration(): void {
    this.#refuse();
  }

  onprocessinginstruction(): void {}

  onend(): void {
    if (this.#open.length > 0) this.#refuse();
  }

  #close(): void {
    const element = this.#open.pop()!;
    this.reader.close(element.name);
    for (let index = element.bound.length - 1; index >= 0; index -= 1) {
      const [prefix, before] = element.bound[index]!;
      if (before === undefined) this.#namespaces.delete(prefix);
      else this.#namespaces.set(prefix, before);
    }
  }

  #refuse(): never {
    throw new UnreadableSource({ code: 'damaged', found: this.found });
  }
}

/** `1`, `true`, `on` and no value at all. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|false|off|none)$/.test(value);
}

/** The main part of a Word or Excel file and where its relations point, by the content types and `_rels` of the archive. */
export function contentTypes(archive: Archive, found: string): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  readXmlPart(archive, '[Content_Types].xml', found, {
    open(name, attributes) {
      const part = attributes.get('PartName');
      if (name === 'ct:Override' && part !== undefined)
        types.set(part.replace(/^\//, ''), attributes.get('ContentType') ?? '');
    },
    close() {},
    text() {},
  });
  return types;
}

export interface Relation {
  readonly id: string;
  /** The last word of the type: `worksheet`, `sharedStrings`. */
  readonly type: string;
  readonly part: string;
}

export function relationsOf(archive: Archive, part: string, found: string): readonly Relation[] {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relations: Relation[] = [];
  readXmlPart(archive, `${folder}_rels/${part.slice(folder.length)}.rels`, found, {
    open(name, attributes) {
      if (name !== 'rel:Relationship' || attributes.get('TargetMode') === 'External') return;
      const type = attributes.get('Type') ?? '';
      relations.push({
        id: attributes.get('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        part: resolvePart(folder, attributes.get('Target') ?? ''),
      });
    },
    close() {},
    text() {},
  });
  return relations;
}

function resolvePart(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps = folder.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}
