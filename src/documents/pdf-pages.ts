/**
 * Reads PDF with pdf.js, and is its one user: opens a file, takes from each page what is drawn on it, and gives texts
 * and tables. Parsing only: nothing in the file is executed, no font, picture or address in it is loaded. Built as a
 * script of its own that shares nothing with the others, so what it refuses it returns.
 */
import { takeBack } from './pdf-surroundings.ts';
// In this order: pdf.js looks for its worker here before it would fetch one, and reading is off the page's thread anyway.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { blocksOfPage } from './page-blocks.ts';
import { uprightPage, withoutOverprints } from './page-marks.ts';
import { marksOfPage, type PdfPage } from './pdf-marks.ts';
import type { SourceBlock, SourceRefusal } from './source-document.ts';

takeBack();

export type PdfReading =
  | {
      readonly ok: true;
      readonly title: string;
      readonly blocks: readonly SourceBlock[];
      /** Pictures in the file, which were not read. */
      readonly images: number;
    }
  | { readonly ok: false; readonly refusal: SourceRefusal };

const MAX_PAGES = 200;
const MAX_CHARACTERS = 200_000;
/** Milliseconds. An annual report takes less than one second. */
const MAX_TIME = 20_000;
/** Characters on a page: less, throughout, is page numbers on pictures. */
const SCANNED = 12;

const refuse = (refusal: SourceRefusal): PdfReading => ({ ok: false, refusal });

export async function readPdfPages(bytes: Uint8Array): Promise<PdfReading> {
  const begun = Date.now();
  const images = imagesIn(bytes);
  const task = getDocument({
    // A copy: pdf.js takes the memory of what it is given.
    data: bytes.slice(),
    verbosity: 0,
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    // Pictures are left out before they are decoded.
    maxImageSize: 0,
    CanvasFactory: None,
    FilterFactory: None,
    BinaryDataFactory: CharacterMaps,
  } as Parameters<typeof getDocument>[0]);
  try {
    const document = await task.promise;
    if (document.numPages > MAX_PAGES) return refuse({ code: 'too-large', what: 'pages' });
    const { info } = await document.getMetadata();
    const title = (info as { readonly Title?: unknown }).Title;
    const layers = await document.getOptionalContentConfig();

    const blocks: SourceBlock[] = [];
    let characters = 0;
    let unread = images > 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = (await document.getPage(number)) as unknown as PdfPage;
      const marks = await marksOfPage(page, layers, MAX_CHARACTERS - characters);
      if (marks === 'too-much') return refuse({ code: 'too-large', what: 'text' });
      if (Date.now() - begun > MAX_TIME) return refuse({ code: 'too-large', what: 'pages' });
      const glyphs = withoutOverprints(marks.glyphs);
      characters += glyphs.filter(({ text }) => text.trim() !== '').length;
      if (characters > MAX_CHARACTERS) return refuse({ code: 'too-large', what: 'text' });
      unread ||= marks.unread;
      blocks.push(...blocksOfPage(uprightPage({ glyphs, rulings: marks.rulings }), number));
      page.cleanup();
    }
    if (characters < SCANNED * document.numPages && unread) return refuse({ code: 'scanned' });
    if (characters === 0) return refuse({ code: 'empty' });
    return { ok: true, title: typeof title === 'string' ? title.trim() : '', blocks, images };
  } catch (error) {
    if ((error as Error | undefined)?.name === 'PasswordException') return refuse({ code: 'password' });
    return refuse({ code: 'damaged', found: 'PDF' });
  } finally {
    await task.destroy();
  }
}

/** pdf.js asks for what it would draw with when a file is opened; nothing is ever drawn. */
class None {
  destroy(): void {}
}

/** The maps of the Chinese character collection come along with us; nothing is fetched. */
class CharacterMaps {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const name = filename.replace(/\.bcmap$/, '');
    const { CMAPS } = await import('./pdf-cmaps.ts');
    const packed = kind === 'cMapUrl' ? CMAPS[name] : undefined;
    if (packed === undefined) throw new Error(`There is no ${name}.`);
    return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  }
}

/** Pictures with their masks counted once. A picture is a stream, so it is named in the open even in a packed file. */
function imagesIn(bytes: Uint8Array): number {
  const text = new TextDecoder('latin1').decode(bytes);
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return Math.max(0, count(/\/Subtype\s*\/Image\b/g) - count(/\/S?Mask\s+\d+\s+\d+\s+R/g));
}
