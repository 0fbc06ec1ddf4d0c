// node demo/hosts/plain-form/server.mjs [PORT] [FILE]: a form behind a login, and the file that keeps its report.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port = '8080', file = 'report.json'] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const stored = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

async function answer({ method, url, headers }, body) {
  const script = /^\/js\/(xxgk-annual-report[\w.-]*\.js)$/.exec(url)?.[1];
  if (script !== undefined)
    return [200, read(`../../../dist/${script}`), { 'content-type': 'text/javascript' }];
  if (url === '/login' && method === 'POST') return [303, '', { location: '/', 'set-cookie': 'clerk=zhang' }];
  if (url === '/login') return [200, read('login.html')];
  if (!headers.cookie?.includes('clerk=')) return [303, '', { location: '/login' }];
  if (url === '/') return [200, read('form.html').replace('{report}', () => escape(stored()))];
  if (url !== '/save') return [404, 'not found'];
  const report = new URLSearchParams(body).get('report');
  // Of two clerks who began from the same report the second would overwrite the first unseen.
  const began = report === '' ? null : (JSON.parse(report).revision?.base ?? null);
  const digest = /"digest":("sha256:[0-9a-f]+")/.exec(stored())?.[1];
  if (digest !== undefined && JSON.parse(digest) !== began && report !== stored())
    return [409, read('conflict.html')];
  writeFileSync(`${file}.part`, report);
  renameSync(`${file}.part`, file);
  return [303, '', { location: '/' }];
}

createServer(async (request, response) => {
  const body = await new Response(request.method === 'POST' ? request : null).text();
  const failed = (error) => [500, String(error), { 'content-type': 'text/plain' }];
  const [status, text, headers] = await answer(request, body).catch(failed);
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(text);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
