/** What kind of file some bytes are, whatever they are called. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { MAX_FILE_SIZE, openFile } from '../../src/documents/open-file.ts';
import { readRefusalZh } from '../../src/documents/report-words-zh.ts';
import { documentRefusalZh } from '../../src/documents/words-zh.ts';
import { archiveOf, docx, hostile, oneSheet, refusalOf, shown } from './source-samples.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const open = (bytes: Uint8Array, name = 'x.bin') => openFile({ bytes, name });

/** A compound file with a directory that has this entry. */
function compound(stream: string): Uint8Array {
  const bytes = new Uint8Array(1_024);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  Array.from(stream).forEach((letter, index) => bytes.set([letter.charCodeAt(0), 0], 640 + index * 2));
  bytes[640 + 64] = (stream.length + 1) * 2;
  return bytes;
}

describe('a file by its signature', () => {
  const read: Readonly<Record<string, readonly [bytes: Uint8Array, name: string, kind: string]>> = {
    'a Word file that is called .doc': [fixture('report.docx'), '年报.doc', 'docx'],
    'an Excel file that is called .txt': [fixture('report.xlsx'), 'a.txt', 'xlsx'],
    'a Word file made in memory': [docx('<w:p/>'), '', 'docx'],
    'a page': [utf8('<!doctype html><p>a'), 'a.html', 'html'],
    'a page that is called .xls': [
      utf8('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1<td>2'),
      'a.xls',
      'html',
    ],
    'a page that begins with text': [utf8('年报\n<table><tr><td>1<td>2</table>'), 'a.txt', 'html'],
    XHTML: [utf8('<?xml version="1.0"?><!DOCTYPE html><html><p>a</p></html>'), 'a', 'html'],
    'separated values': [utf8('a,b\nc,d'), 'a.csv', 'csv'],
    'lines with tabs that are called .xls': [utf8('a\tb\nc\td'), 'a.xls', 'csv'],
    text: [utf8('规章,3\n'), 'a.txt', 'text'],
    'text in brackets': [utf8('[附件]\n{1}'), 'a', 'text'],
    JSON: [utf8(' {"schema":"x","html":"<table>"}'), 'a.txt', 'json'],
  };
  for (const [name, [bytes, file, kind]] of Object.entries(read))
    test(`[X53] ${name} is read as ${kind}`, async () => assert.equal((await open(bytes, file)).kind, kind));

  const named: Readonly<Record<string, readonly [bytes: Uint8Array, found: string]>> = {
    'a Word file of 2003': [fixture('report.doc'), '.doc 或 .wps'],
    'an Excel file of 2003': [fixture('report.xls'), '.xls 或 .et'],
    'a compound file with Book': [compound('Book'), '.xls 或 .et'],
    'a compound file of something else': [compound('Else'), '旧版 Office 文件'],
    ODS: [fixture('report.ods'), 'ODS'],
    ODT: [archiveOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '' }), 'ODT'],
    OFD: [archiveOf({ 'OFD.xml': '' }), 'OFD'],
    'another archive': [archiveOf({ 'a.docx': 'x' }), '压缩包'],
    RAR: [bytesOf('Rar!\x1a\x07\x00'), '压缩包'],
    '7z': [bytesOf('7z\xbc\xaf\x27\x1c'), '压缩包'],
    RTF: [bytesOf('{\\rtf1 a}'), 'RTF'],
    PNG: [bytesOf('\x89PNG\r\n\x1a\n'), '图片'],
    JPEG: [bytesOf('\xff\xd8\xff\xe0'), '图片'],
    GIF: [bytesOf('GIF89a'), '图片'],
    TIFF: [bytesOf('II*\0\x08'), '图片'],
    WEBP: [bytesOf('RIFF1234WEBPVP8'), '图片'],
    BMP: [bytesOf(`BM1234\0\0\0\0${'x'.repeat(40)}`), '图片'],
    MHTML: [utf8('From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;'), 'MHTML'],
    'an "Excel file" that is MHTML': [
      utf8('MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related'),
      'MHTML',
    ],
    'Word 2003 XML': [
      utf8('\ufeff<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
      '.xml',
    ],
  };
  for (const [name, [bytes, found]] of Object.entries(named))
    test(`[X53] ${name} is named and not read`, async () =>
      assert.deepEqual(await refusalOf(() => open(bytes, 'a.docx')), { code: 'unreadable-format', found }));

  test('[X53] a locked Office file, an empty and a large file are told apart', async () => {
    assert.deepEqual(await refusalOf(() => open(compound('EncryptedPackage'))), { code: 'password' });
    assert.deepEqual(await refusalOf(() => open(new Uint8Array())), { code: 'empty' });
    assert.deepEqual(await refusalOf(() => open(utf8(' \n'))), { code: 'empty' });
    assert.deepEqual(await refusalOf(() => open(new Uint8Array(MAX_FILE_SIZE + 1))), {
      code: 'too-large',
      what: 'file',
    });
  });

  test('[X53] bytes of no known kind and no text are damaged where the name says what they were, else of an unknown encoding', async () => {
    const damaged = (name: string): Uint8Array => {
      const bytes = fixture(name).slice();
      bytes.fill(0, 0, 1_100);
      return bytes;
    };
    for (const [name, found] of [
      ['report.docx', '.docx'],
      ['report.xlsx', '.xlsx'],
      ['report.doc', '.doc'],
      ['disclosure.pdf', '.pdf'],
    ] as const) {
      const refusal = await refusalOf(() => open(damaged(name), name.toUpperCase()));
      assert.deepEqual(refusal, { code: 'damaged', found });
      for (const sentence of [documentRefusalZh(refusal), readRefusalZh(refusal)]) {
        assert.ok(sentence.startsWith(`${found}文件已损坏或不完整`), sentence);
        assert.doesNotMatch(sentence, /UTF-8|记事本/);
      }
      assert.deepEqual(await refusalOf(() => open(damaged(name), 'a.txt')), { code: 'encoding' });
    }
    // A text is read whatever it is called.
    assert.equal((await open(utf8('规章,3\n'), 'a.docx')).kind, 'text');
  });

  test('[X54] JSON: rows of texts and numbers are a table, all else is one text as it came', async () => {
    const rows = await open(utf8('[["规章",3,null],["收费",7730.28]]'));
    assert.deepEqual(
      [rows.kind, shown(rows)],
      [
        'json',
        [
          [
            ['规章', '3', ''],
            ['收费', '7730.28'],
          ],
        ],
      ],
    );
    for (const text of ['{"a":[["b"]]}', '[]', '[1]', '[[{}]]', '[[true]]'])
      assert.deepEqual(shown(await open(utf8(text))), [text]);
    assert.deepEqual(await refusalOf(() => open(utf8('['.repeat(1e5)))), { code: 'damaged', found: 'JSON' });
  });

  test('[X56] any bytes behind any signature are read or refused', async () => {
    const heads = [
      '',
      'PK\x03\x04',
      '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
      '<table>',
      '[',
      'BM',
      '\xff\xfe',
      'sep=,',
    ].map(bytesOf);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 2_000 }), async (head, tail) => {
        await refusalOf(() => open(Uint8Array.from([...head, ...tail])));
      }),
      { numRuns: 500 },
    );
  });

  test('[X56] the bytes may lie anywhere in their buffer', async () => {
    const good = oneSheet('<row><c><v>1</v></c><c><v>2</v></c></row>');
    const wide = new Uint8Array(good.length + 200);
    wide.set(good, 100);
    assert.deepEqual(shown(await open(wide.subarray(100, 100 + good.length))), [[['1', '2']]]);
  });

  for (const [name, text] of Object.entries(hostile)) {
    test(`[X55] ${name} as a file takes no long time`, async () => {
      const start = performance.now();
      for (const file of ['a.txt', 'a.csv', 'a.html']) await refusalOf(() => open(utf8(text), file));
      assert.ok(performance.now() - start < 15_000);
    });
  }
});
