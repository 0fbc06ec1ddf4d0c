// node demo/hosts/decap-cms/server.mjs [PORT] [PROXY_PORT] [NODE_MODULES]: the admin page of a static site, and its files.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const [port = '8080', proxy = '8081', modules = 'node_modules'] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url));
const TYPES = {
  '.js': 'text/javascript',
  '.yml': 'text/yaml',
  '.wasm': 'application/wasm',
  '.css': 'text/css',
};

function file(path) {
  const script = /^\/js\/(xxgk-annual-report[\w.-]*\.js)$/.exec(path)?.[1];
  if (script !== undefined) return read(`../../../dist/${script}`);
  if (path === '/admin/') return read('index.html');
  if (path === '/admin/config.yml') return String(read('config.yml')).replace(':8081/', `:${proxy}/`);
  if (path === '/admin/report-widget.js') return read('report-widget.js');
  const part = /^\/admin\/([\w.-]+)$/.exec(path)?.[1];
  return part === undefined ? undefined : readFileSync(join(modules, 'decap-cms/dist', part));
}

createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  let content;
  try {
    content = file(pathname);
  } catch (error) {
    console.error(String(error));
  }
  const type = TYPES[extname(pathname)] ?? 'text/html; charset=utf-8';
  response.writeHead(content === undefined ? 404 : 200, { 'content-type': type }).end(content ?? 'not found');
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/admin/`));
