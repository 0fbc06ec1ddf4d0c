/**
 * Writes small PDF files with invented figures, so that a test says itself what stands where: text at a place, lines,
 * fonts by name only. Coordinates as in PDF, from the lower left corner of a page of 600 by 800 points.
 */

export interface PdfOptions {
  /** The encoding of the font /F: one of the predefined maps. */
  readonly encoding?: string;
  /** Further members of every page. */
  readonly page?: string;
  /** Further members of the catalogue. */
  readonly catalogue?: string;
  /** Further resources. */
  readonly resources?: string;
  /** Further objects, from number 10. */
  readonly objects?: readonly string[];
}

/** A file of pages, each given by what is drawn on it. */
export function pdf(pages: readonly string[], options: PdfOptions = {}): Uint8Array {
  const more = options.objects ?? [];
  const first = 10 + more.length;
  const numbers = pages.map((_, index) => first + 2 * index);
  const objects: [number: number, body: string][] = [
    [1, `<< /Type /Catalog /Pages 2 0 R ${options.catalogue ?? ''} >>`],
    [
      2,
      `<< /Type /Pages /Kids [${numbers.map((n) => `${n} 0 R`).join(' ')}] /Count ${pages.length} /MediaBox [0 0 600 800] >>`,
    ],
    [
      3,
      `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${options.encoding ?? 'UniGB-UCS2-H'} /DescendantFonts [4 0 R] >>`,
    ],
    [
      4,
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>',
    ],
    [
      5,
      '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>',
    ],
    ...more.map((body, index): [number, string] => [10 + index, body]),
  ];
  pages.forEach((content, index) => {
    const number = first + 2 * index;
    objects.push(
      [
        number,
        `<< /Type /Page /Parent 2 0 R /Contents ${number + 1} 0 R /Resources << /Font << /F 3 0 R >> ${options.resources ?? ''} >> ${options.page ?? ''} >>`,
      ],
      [number + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`],
    );
  });
  let text = '%PDF-1.7\n';
  const places = new Map<number, number>();
  for (const [number, body] of objects) {
    places.set(number, text.length);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const size = Math.max(...places.keys()) + 1;
  const rows = Array.from({ length: size }, (_, number) => {
    const place = places.get(number);
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const hex = (text: string): string =>
  `<${Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('')}>`;

/** Text with its base line beginning at a place, turned by degrees against the clock. */
export function write(
  x: number,
  y: number,
  text: string,
  { size = 10, degrees = 0, more = '' } = {},
): string {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle).toFixed(6), Math.sin(angle).toFixed(6)];
  return `BT /F ${size} Tf ${more} ${c} ${s} ${-Number(s)} ${c} ${x} ${y} Tm ${hex(text)} Tj ET\n`;
}

/** The same for bytes of another encoding. */
export const writeBytes = (x: number, y: number, bytes: string): string =>
  `BT /F 10 Tf ${x} ${y} Td <${bytes}> Tj ET\n`;

export type DrawLine = (x1: number, y1: number, x2: number, y2: number) => string;

export const stroke: DrawLine = (x1, y1, x2, y2) => `${x1} ${y1} m ${x2} ${y2} l S\n`;
/** As Word and WPS draw the border of a cell. */
export const bar: DrawLine = (x1, y1, x2, y2) =>
  `${x1 - 0.25} ${y1 - 0.25} ${x2 - x1 + 0.5} ${y2 - y1 + 0.5} re f\n`;
/** A dotted border. */
export const dots: DrawLine = (x1, y1, x2, y2) => {
  let drawn = '';
  for (let at = 0; at <= Math.max(x2 - x1, y2 - y1); at += 2)
    drawn += `${x2 > x1 ? x1 + at : x1} ${y2 > y1 ? y1 + at : y1} 0.7 0.7 re f\n`;
  return drawn;
};

/** Every line of a grid; `xs` and `ys` ascending. */
export function grid(xs: readonly number[], ys: readonly number[], line: DrawLine = stroke): string {
  return [
    ...ys.map((y) => line(xs[0]!, y, xs[xs.length - 1]!, y)),
    ...xs.map((x) => line(x, ys[0]!, x, ys[ys.length - 1]!)),
  ].join('');
}
