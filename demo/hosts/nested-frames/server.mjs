// node demo/hosts/nested-frames/server.mjs [PORT] [FILE]: a form in a frame in a frame; /?site=OTHER takes the form from
// another name of this machine, which to a browser is another site.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port = '8080', file = 'report.json'] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const stored = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

async function answer(url, body) {
  const { pathname, search, searchParams } = new URL(url, 'http://localhost');
  const script = /^\/js\/(xxgk-annual-report[\w.-]*\.js)$/.exec(pathname)?.[1];
  if (script !== undefined)
    return [200, read(`../../../dist/${script}`), { 'content-type': 'text/javascript' }];
  if (pathname === '/frames.css') return [200, read('frames.css'), { 'content-type': 'text/css' }];
  if (pathname === '/') return [200, read('portal.html').replace('{query}', () => escape(search))];
  const site = searchParams.get('site');
  const form = site === null ? '/form' : `http://${site}:${port}/form`;
  if (pathname === '/workspace') return [200, read('workspace.html').replace('{form}', () => escape(form))];
  if (pathname === '/form') return [200, read('form.html').replace('{report}', () => escape(stored()))];
  if (pathname !== '/save') return [404, 'not found'];
  writeFileSync(`${file}.part`, new URLSearchParams(body).get('report'));
  renameSync(`${file}.part`, file);
  return [303, '', { location: '/form' }];
}

createServer(async (request, response) => {
  const body = await new Response(request.method === 'POST' ? request : null).text();
  const failed = (error) => [500, String(error), { 'content-type': 'text/plain' }];
  const [status, text, headers] = await answer(request.url, body).catch(failed);
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(text);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
