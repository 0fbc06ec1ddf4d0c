// node demo/hosts/gbk-jquery/server.mjs [PORT] [FILE] [NODE_MODULES]: a CMS of 2012 whose pages are GBK, and jQuery 1.12.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [port = '8080', file = 'report.json', modules = 'node_modules'] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url));
const stored = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const gbkOf = new Map();
for (let lead = 0x81; lead <= 0xfe; lead += 1)
  for (let trail = 0x40; trail <= 0xfe; trail += 1)
    gbkOf.set(new TextDecoder('gbk').decode(Uint8Array.of(lead, trail)), [lead, trail]);

gbkOf.delete('\ufffd');

/** A character that GBK does not have is written as a reference, as every template engine does. */
const gbk = (text) =>
  Buffer.from(
    Array.from(
      text,
      (one) => gbkOf.get(one) ?? [...Buffer.from(one < '\x80' ? one : `&#${one.codePointAt(0)};`)],
    ).flat(),
  );

async function answer({ method, url, headers }, body) {
  const script = /^\/js\/(xxgk-annual-report[\w.-]*\.js)$/.exec(url)?.[1];
  if (script !== undefined) return [200, read(`../../../dist/${script}`), 'application/x-javascript'];
  if (url === '/js/jquery.min.js')
    return [200, readFileSync(join(modules, 'jquery/dist/jquery.min.js')), 'text/javascript'];
  if (url === '/login' && method === 'POST')
    return [303, '', 'text/plain', { location: '/', 'set-cookie': 'clerk=zhang' }];
  if (url === '/login') return [200, read('login.htm')];
  const known = headers.cookie?.includes('clerk=');
  if (url === '/')
    return known
      ? [
          200,
          gbk(new TextDecoder('gbk').decode(read('form.htm')).replace('{report}', () => escape(stored()))),
        ]
      : [303, '', 'text/plain', { location: '/login' }];
  if (url !== '/save') return [404, 'not found'];
  if (!known) return [401, ''];
  const report = new URLSearchParams(body).get('report');
  // Of two clerks who began from the same report the second would overwrite the first unseen.
  const began = report === '' ? null : (JSON.parse(report).revision?.base ?? null);
  const digest = /"digest":("sha256:[0-9a-f]+")/.exec(stored())?.[1];
  if (digest !== undefined && JSON.parse(digest) !== began && report !== stored()) return [409, ''];
  writeFileSync(`${file}.part`, report);
  renameSync(`${file}.part`, file);
  return [200, gbk('已保存')];
}

createServer(async (request, response) => {
  const body = await new Response(request.method === 'POST' ? request : null).text();
  const failed = (error) => [500, String(error)];
  const [status, text, type = 'text/html; charset=gbk', headers] = await answer(request, body).catch(failed);
  response.writeHead(status, { 'content-type': type, ...headers }).end(text);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
