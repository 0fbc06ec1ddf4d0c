/** An upstream that does at each path what an upstream may do, and keeps what it was sent. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestUpstream {
  readonly url: string;
  readonly received: readonly Received[];
  /** Posts to a path. */
  posts(path: string): readonly Received[];
  /** The same port is taken again by `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const OK = { ok: true, message: '收件号 7' };

/** `origins` are the sites whose pages may send. */
export async function startUpstream(origins: () => readonly string[]): Promise<TestUpstream> {
  const received: Received[] = [];
  const posts = (path: string): readonly Received[] =>
    received.filter((one) => one.path === path && one.method === 'POST');
  const json = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const answers: Readonly<Record<string, (response: ServerResponse, nth: number, body: string) => void>> = {
    '/ok': (response) => json(response, 200, OK),
    '/known': (response, _nth, body) =>
      json(response, 409, {
        ok: true,
        message: '此前已接收',
        digest: (JSON.parse(body) as { digest: string }).digest,
      }),
    '/413': (response) => response.writeHead(413).end('<h1>Request Entity Too Large</h1>'),
    '/again': (response, nth) =>
      nth === 1 ? response.writeHead(500).end('Exception in thread') : json(response, 200, OK),
    '/later': (response, nth) =>
      nth === 1 ? response.writeHead(503, { 'retry-after': '1' }).end() : json(response, 200, OK),
    '/garbage': (response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<img src=x onerror="document.title=\'owned\'">'),
    '/never': () => undefined,
    '/half': (response) => void response.writeHead(200, { 'content-length': '100' }).write('{"ok":true,'),
    '/huge': (response) => {
      response.writeHead(400);
      const more = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    },
    '/elsewhere': (response) => response.writeHead(307, { location: '/ok' }).end(),
    '/far': (response) => response.writeHead(302, { location: 'http://elsewhere.test/login' }).end(),
    // It has the report, and the line breaks before it can say so.
    '/drop': (response, nth) => (nth === 1 ? void response.socket!.destroy() : json(response, 200, OK)),
  };
  const server = createServer(async (request, response) => {
    const { method = '', url = '/', headers } = request;
    const body = await text(request).catch(() => '');
    received.push({ path: url, method, headers, body });
    const { origin } = headers;
    if (origin !== undefined && origins().includes(origin) && url !== '/closed') {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', 'content-type');
      response.setHeader('access-control-expose-headers', 'retry-after');
    }
    if (method === 'OPTIONS') response.writeHead(204).end();
    else (answers[url] ?? answers['/ok']!)(response, posts(url).length, body);
  });
  let port = 0;
  const start = (): Promise<void> =>
    new Promise((done) =>
      server.listen(port, '127.0.0.1', () => {
        ({ port } = server.address() as AddressInfo);
        done();
      }),
    );
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    posts,
    start,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
