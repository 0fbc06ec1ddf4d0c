// node demo/hosts/vue2-element-ui/server.mjs [PORT] [FILE] [NODE_MODULES]: a page of Vue 2 and Element UI, and its API.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const [port = '8080', file = 'report.json', modules = 'node_modules'] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url));
const stored = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff': 'font/woff',
  '.json': 'application/json',
};
const json = (status, value) => [status, JSON.stringify(value), '.json'];

async function answer({ method, url, headers }, body) {
  const script = /^\/js\/(xxgk-annual-report[\w.-]*\.js)$/.exec(url)?.[1];
  if (script !== undefined) return [200, read(`../../../dist/${script}`), '.js'];
  const foreign = /^\/modules\/((?:[\w-]+\/)+[\w.-]+)(?:\?.*)?$/.exec(url)?.[1];
  if (foreign !== undefined) return [200, readFileSync(join(modules, foreign)), extname(foreign)];
  if (url === '/login' && method === 'POST')
    return [303, '', '', { location: '/', 'set-cookie': 'clerk=zhang' }];
  if (url === '/login') return [200, '<form method="post"><button>Log in</button></form>'];
  if (url === '/page.js') return [200, read('page.js'), '.js'];
  const known = headers.cookie?.includes('clerk=');
  if (/^\/(?:\?.*)?$/.test(url))
    return known ? [200, read('page.html')] : [303, '', '', { location: '/login' }];
  if (url !== '/api/report') return [404, 'not found'];
  if (!known) return json(401, {});
  if (method === 'GET') return json(200, { title: '政府信息公开工作年度报告', report: stored() });
  const { report } = JSON.parse(body);
  // Of two clerks who began from the same report the second would overwrite the first unseen.
  const began = report === '' ? null : (JSON.parse(report).revision?.base ?? null);
  const digest = /"digest":("sha256:[0-9a-f]+")/.exec(stored())?.[1];
  if (digest !== undefined && JSON.parse(digest) !== began && report !== stored()) return json(409, {});
  writeFileSync(`${file}.part`, report);
  renameSync(`${file}.part`, file);
  return json(200, {});
}

createServer(async (request, response) => {
  const body = await new Response(/P/.test(request.method) ? request : null).text();
  const failed = (error) => [500, String(error)];
  const [status, text, type = '', headers] = await answer(request, body).catch(failed);
  const contentType = TYPES[type] ?? 'text/html; charset=utf-8';
  response.writeHead(status, { 'content-type': contentType, ...headers }).end(text);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
