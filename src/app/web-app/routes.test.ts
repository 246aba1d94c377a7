import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get as getOverHttp, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { route } from '#platform/http/route.ts';
import { serve } from '#platform/http/test-server.ts';
import { NONCE, readBundle } from './bundle.ts';
import { createWebApp, isWebFile } from './routes.ts';

let directory: string;
const script = `console.log(${JSON.stringify('x'.repeat(2_000))});\n`;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'famulus-bundle-')), 'dist');
});
afterEach(async () => {
  await rm(dirname(directory), { recursive: true });
});

async function put(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), content);
}

/** A bundle as a build leaves it, with a file beside it that is nobody's business. */
async function build(): Promise<void> {
  await put('assets/app-1a2b3c.js', script);
  await put('assets/app-1a2b3c.js.br', brotliCompressSync(script));
  await put('assets/app-1a2b3c.js.gz', gzipSync(script));
  await put('assets/small-4d5e6f.css', 'a{}');
  await put('icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await put('secret.txt', 'secret');
  await put('.vite/sources.json', '[]');
  await put('index.html', `<style nonce="${NONCE}"></style><meta name="nonce" content="${NONCE}">`);
}

/** The program's HTTP with the web app of the directory in it. */
async function open() {
  const web = createWebApp(async () => await readBundle(directory));
  const me = route(
    { method: 'get', path: '/api/me', scope: null, summary: 'Me', tag: 'Tests', responses: { 204: null } },
    () => undefined,
  );
  const { server } = await serve({ routes: [me], raw: web.routes, otherwise: web.notFound });
  return async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    await fetch(server.url + path, { method, headers });
}

/** As it comes over the wire: `fetch` unpacks. */
async function raw(url: string, accepted: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return await new Promise((resolve, reject) => {
    getOverHttp(url, { headers: { 'accept-encoding': accepted } }, (response) => {
      buffer(response).then((body) => resolve({ headers: response.headers, body }), reject);
    }).once('error', reject);
  });
}

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the page', () => {
  test('is one for all its paths, each time with a nonce of its own that its policy names', async () => {
    await build();
    const get = await open();
    const nonces = new Set<string>();
    for (const path of ['/', '/chat', '/chat/01a1', '/settings/security', '/sign-in', '/setup']) {
      const answer = await get(path, browser);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([
        200,
        'text/html; charset=utf-8',
      ]);
      const text = await answer.text();
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(text) ?? [];
      expect(text).not.toContain(NONCE);
      expect(text).toContain(`content="${nonce}"`);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("'unsafe-");
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(6);
  });

  test('that is none is said by the page to a browser, as a problem to others', async () => {
    await build();
    const get = await open();
    const page = await get('/no/such/page', browser);
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("'nonce-");
    const asked: [string, Record<string, string>, string?][] = [
      ['/no/such/page', { accept: 'application/json' }],
      ['/no/such/page', browser, 'POST'],
      ['/api/no/such', browser],
      ['/api', browser],
      ['/v1/models', browser],
    ];
    for (const [path, headers, method] of asked) {
      const answer = await get(path, headers, method);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([
        404,
        'application/problem+json',
      ]);
    }
  });

  test('a verb that only the API knows there stays a problem of the API', async () => {
    await build();
    const answer = await (await open())('/api/me', browser, 'DELETE');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([405, 'application/problem+json']);
  });

  test('not built yet is said in words, and is served once it is', async () => {
    const get = await open();
    const missing = await get('/', browser);
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(await missing.text()).toContain('./manage start builds it');
    expect((await get('/no/such/page', browser)).headers.get('content-type')).toBe(
      'application/problem+json',
    );
    await build();
    expect((await get('/', browser)).status).toBe(200);
  });

  test('stays that of one build, whatever is built meanwhile', async () => {
    await build();
    const get = await open();
    await (await get('/', browser)).text();
    await rm(join(directory, 'assets'), { recursive: true });
    expect((await get('/assets/app-1a2b3c.js')).status).toBe(200);
  });
});

const unpacked = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body };

describe('files', () => {
  test.each<[string, 'br' | 'gzip' | null]>([
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=0.5, br;q=0', 'gzip'],
    ['br;q=0.0, gzip; q=0', null],
    ['identity', null],
    ['', null],
  ])('for "%s" come packed as %s', async (accepted, packed) => {
    await build();
    const { server } = await serve({
      raw: createWebApp(async () => await readBundle(directory)).routes,
    });
    const { headers, body } = await raw(`${server.url}/assets/app-1a2b3c.js`, accepted);
    expect(headers['content-encoding'] ?? null).toBe(packed);
    expect(headers['vary']).toBe('accept-encoding');
    expect(unpacked[packed ?? 'identity'](body).toString()).toBe(script);
  });

  test('are kept for ever where their name changes with them, and never run as something else', async () => {
    await build();
    const get = await open();
    const wanted: [string, string, RegExp][] = [
      ['/assets/app-1a2b3c.js', 'text/javascript; charset=utf-8', /immutable/],
      ['/assets/small-4d5e6f.css', 'text/css; charset=utf-8', /^public, max-age=31536000, immutable$/],
      ['/icon.svg', 'image/svg+xml', /^public, max-age=3600$/],
    ];
    for (const [path, type, cached] of wanted) {
      const { status, headers } = await get(path);
      expect([status, headers.get('content-type')], path).toEqual([200, type]);
      expect(headers.get('cache-control'), path).toMatch(cached);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('content-security-policy'), path).not.toContain("'unsafe-");
    }
  });

  test('are those of the bundle and no others', async () => {
    await build();
    await put('../outside.txt', 'outside');
    const get = await open();
    for (const path of [
      '/assets/missing.js',
      '/assets/..%2f..%2fpackage.json',
      '/assets/..%2foutside.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/../secret.txt',
      '/assets/app-1a2b3c.js.br',
      '/assets/app-1a2b3c.js%00.css',
      '/assets/',
      '/secret.txt',
      '/index.html',
      '/.vite/sources.json',
    ]) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([
        404,
        'application/problem+json',
      ]);
    }
  });

  test('that show nothing of anybody are told from all else', () => {
    for (const path of ['/assets/app.js', '/icon.svg', '/manifest.webmanifest', '/color-scheme.js'])
      expect(isWebFile(path), path).toBe(true);
    for (const path of ['/', '/setup', '/api/me', '/assets', '/icon.svg/x', '/index.html', '/metrics'])
      expect(isWebFile(path), path).toBe(false);
  });
});
