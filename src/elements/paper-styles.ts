/**
 * How the paper looks: black on white whatever the page wears, on A4, with tables that break between rows only and repeat
 * their headings. No flex and no grid: Chromium 90 cuts them where a page ends. For a document of its own and a shadow
 * root alike.
 */
import { css, unsafeCSS } from 'lit';
import { comparisonStyles } from './comparison-drawing.ts';
import { flowPictureStyles } from './flow-picture.ts';
import { PALETTE } from './theme.ts';

const light = unsafeCSS(PALETTE.map(([name, colour]) => `--_${name!}:${colour!};`).join(''));

export const paperStyles = css`
  ${flowPictureStyles} ${comparisonStyles}
  .paper {
    all: initial;
    -webkit-locale: 'zh-CN';
    direction: ltr;
    ${light}
    display: block;
    position: relative;
    color: var(--_text);
    font-family:
      FangSong, FangSong_GB2312, STFangsong, SimSun, 'Source Han Serif SC', 'Noto Serif CJK SC', serif;
    font-size: 10.5pt;
    line-height: 1.4;
    print-color-adjust: exact;
    -webkit-print-color-adjust: exact;
  }
  .paper *,
  .paper *::before {
    box-sizing: border-box;
  }
  .paper h1,
  .paper h2,
  .paper h3 {
    margin: 0;
    font-family: SimHei, STHeiti, 'Source Han Sans SC', 'Noto Sans CJK SC', sans-serif;
    font-weight: bold;
    break-after: avoid;
  }
  .paper h1 {
    padding: 0 0 8pt;
    font-size: 16pt;
    text-align: center;
  }
  .paper h2 {
    padding: 0 0 4pt;
    font-size: 12pt;
  }
  .paper h3 {
    padding: 8pt 0 2pt;
    font-size: 11pt;
  }
  .paper table {
    width: 100%;
    margin: 0;
    border-collapse: separate;
    border-spacing: 0;
    color: inherit;
    font: inherit;
    line-height: 1.25;
  }
  /* Firefox forgets collapsed lines where a table goes on overleaf. */
  .paper table:not(.plain) {
    border-left: 0.5pt solid var(--_table-line);
  }
  .paper thead {
    display: table-header-group;
  }
  .paper tr {
    break-inside: avoid;
  }
  .paper th,
  .paper td {
    padding: 3pt;
    border: solid var(--_table-line);
    border-width: 0 0.5pt 0.5pt 0;
    font-size: 9pt;
    font-weight: normal;
    text-align: center;
    vertical-align: middle;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .paper thead th {
    font-size: 8.5pt;
  }
  .paper thead tr:first-child > *,
  .paper .first-line > * {
    border-top-width: 0.5pt;
  }
  .paper th.row {
    text-align: left;
  }
  .paper .number {
    white-space: nowrap;
    overflow-wrap: normal;
  }
  .paper .turned .number {
    writing-mode: vertical-rl;
    text-orientation: sideways;
  }
  .paper .points-10 td {
    font-size: 10pt;
  }
  .paper .points-9 td {
    font-size: 9pt;
  }
  .paper .points-8 td {
    font-size: 8pt;
  }
  .paper .matrix thead th {
    padding: 3pt 1pt;
  }
  .paper .line thead th {
    padding: 3pt 4pt;
  }
  .paper .stacked td,
  .paper .stacked th {
    height: 20pt;
  }
  .paper .line td {
    height: 26pt;
    padding: 3pt 1pt;
  }
  .paper col.first {
    width: 9mm;
  }
  .paper col.second {
    width: 25mm;
  }
  .paper col.third {
    width: 45mm;
  }
  .paper col.of-7 {
    width: 8%;
  }
  .paper col.of-15 {
    width: 6.6%;
  }
  .paper .block {
    position: relative;
    padding: 0 0 12pt;
    break-inside: avoid;
  }
  .paper table.plain {
    line-height: 1.4;
  }
  .paper .plain td {
    padding: 0 0 6pt;
    border: 0;
    font-size: 10.5pt;
    text-align: left;
    vertical-align: baseline;
  }
  .paper .plain td.end {
    text-align: right;
    white-space: nowrap;
  }
  .paper .rule {
    display: inline-block;
    min-width: 26mm;
    padding: 0 2pt;
    border-bottom: 0.5pt solid var(--_table-line);
    text-align: center;
  }
  .paper .rule::before {
    content: '\\200b';
  }
  .paper .rule.short {
    min-width: 10mm;
  }
  .paper .rule.signature {
    min-width: 30mm;
  }
  .paper .plain td.seal {
    height: 36mm;
  }
  .paper .review {
    position: relative;
    break-before: page;
  }
  .paper p,
  .paper ol,
  .paper dl {
    margin: 0;
    padding: 0;
  }
  .paper ol {
    list-style-position: outside;
    padding: 0 0 0 18pt;
  }
  .paper li {
    display: list-item;
    padding: 1pt 0;
    break-inside: avoid;
    overflow-wrap: anywhere;
  }
  .paper .small {
    display: block;
    font-size: 8.5pt;
    overflow-wrap: anywhere;
  }
  .paper .whose {
    float: right;
    max-width: 50%;
    padding: 3pt 0 0 6pt;
    font-family: FangSong, STFangsong, SimSun, 'Source Han Serif SC', 'Noto Serif CJK SC', serif;
    font-weight: normal;
  }
  .paper .signing {
    margin: 18pt 0 0;
  }
  .paper .review th,
  .paper .review td {
    text-align: left;
  }
  .paper .review th.end,
  .paper .review td.end {
    text-align: right;
  }
  .paper .facts th {
    width: 24mm;
    white-space: nowrap;
  }
  .paper .picture {
    display: inline-block;
    width: 49%;
    vertical-align: top;
    break-inside: avoid;
  }
  .paper .picture .flow {
    margin: 0;
    padding: 0;
    border: 0;
  }
  .paper .picture svg {
    width: 82mm;
    max-width: none;
  }
  .paper .mark {
    position: absolute;
    top: 50%;
    left: 50%;
    margin: -0.7em 0 0 -2.7em;
    color: var(--_must);
    font-family: SimHei, STHeiti, 'Source Han Sans SC', 'Noto Sans CJK SC', sans-serif;
    font-size: 54pt;
    font-weight: bold;
    line-height: 1.4;
    white-space: nowrap;
    opacity: 0.16;
    transform: rotate(-30deg);
  }
  .paper .mark.everywhere {
    position: fixed;
    font-size: 66pt;
  }
  @media (forced-colors: active) {
    .paper {
      forced-color-adjust: none;
    }
  }
`;

/** In a document of its own. */
export const sheetStyles = css`
  @page {
    size: A4;
    margin: 18mm 16mm 16mm;
    @bottom-center {
      content: counter(page) ' / ' counter(pages);
      font-size: 9pt;
    }
  }
  html,
  body {
    margin: 0;
    padding: 0;
  }
`;

/** In the shadow root of the element: seen when the page is printed, in the place of everything else. */
export const paperInPlaceStyles = css`
  @media screen {
    .paper {
      display: none;
    }
  }
  @media print {
    .paper ~ .calm {
      display: none;
    }
  }
  iframe.sheet {
    position: fixed;
    top: 0;
    left: 0;
    width: 1px;
    height: 1px;
    border: 0;
    visibility: hidden;
  }
`;
