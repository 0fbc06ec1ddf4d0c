// node demo/hosts/rich-text/server.mjs [PORT] [FOLDER] [NODE_MODULES]: /tinymce, /ckeditor5, /wangeditor and /ueditor are
// forms with that editor; what is posted lies in FOLDER, a file for the JSON and one for the HTML.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const [port = '8080', folder = '.', modules = 'node_modules'] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url));
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

async function answer({ method, url }, body) {
  const path = decodeURIComponent(url.split('?')[0]);
  const script = /^\/js\/(xxgk-annual-report[\w.-]*\.js)$/.exec(path)?.[1];
  if (script !== undefined) return [200, read(`../../../dist/${script}`), '.js'];
  const foreign = /^\/modules\/((?:[@\w-][@\w.-]*\/)+[\w.-]+)$/.exec(path)?.[1];
  if (foreign !== undefined) return [200, readFileSync(join(modules, foreign)), extname(foreign)];
  // UEditor asks its server what may be uploaded: nothing.
  if (path === '/uploads') return [200, '{}', '.json'];
  const name = /^\/(tinymce|ckeditor5|wangeditor|ueditor)$/.exec(path)?.[1];
  if (name === undefined) return [404, 'not found'];
  const file = (field) => join(folder, `${name}.${field === 'report' ? 'json' : 'html'}`);
  if (method === 'POST') {
    const posted = new URLSearchParams(body);
    for (const field of ['report', 'content']) writeFileSync(file(field), posted.get(field));
    return [303, '', '', { location: `/${name}` }];
  }
  const stored = (field) => (existsSync(file(field)) ? readFileSync(file(field), 'utf8') : '');
  const parts = {
    report: escaped(stored('report')),
    content: escaped(stored('content')),
    editor: String(read(`${name}.html`)),
  };
  return [200, String(read('form.html')).replace(/\{(\w+)\}/g, (_all, part) => parts[part])];
}

createServer(async (request, response) => {
  const body = request.method === 'POST' ? await new Response(request).text() : '';
  const failed = (error) => [500, String(error)];
  const [status, text, type = '', headers] = await answer(request, body).catch(failed);
  const contentType = TYPES[type] ?? 'text/html; charset=utf-8';
  response.writeHead(status, { 'content-type': contentType, ...headers }).end(text);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
