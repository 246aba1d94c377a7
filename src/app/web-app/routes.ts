import { randomBytes } from 'node:crypto';
import { AppError } from '#platform/errors/index.ts';
import { PAGE_POLICY, pagePolicy } from '#platform/http/page-policy.ts';
import type { RawRoute } from '#platform/http/route.ts';
import { NONCE, readBundle, type Bundle, type BundleFile } from './bundle.ts';
import { pagePaths } from './paths.ts';

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};

/** Files beside the page, whose names stay the same from build to build. */
const fixedFiles = [
  '/color-scheme.js',
  '/icon.svg',
  '/icon-192.png',
  '/icon-512.png',
  '/icon-maskable.png',
  '/manifest.webmanifest',
];

const NOT_BUILT = 'The web app is not built. ./manage start builds it; so does npm run build.\n';

/** Whether the path is of a file that shows nothing of anybody: what a page is drawn with. */
export function isWebFile(path: string): boolean {
  return path.startsWith('/assets/') || fixedFiles.includes(path);
}

export interface WebApp {
  routes: RawRoute[];
  /** The page that says there is nothing here, for a browser that asks for what is none. */
  notFound(request: Request): Promise<Response | undefined>;
}

/** The web app as the service `api` serves it: one page for all its paths, and the files it is made of. */
export function createWebApp(load: () => Promise<Bundle | undefined> = readBundle): WebApp {
  let loaded: Promise<Bundle | undefined> | undefined;

  async function bundle(): Promise<Bundle | undefined> {
    loaded ??= load();
    const found = await loaded.catch(() => undefined);
    // What is not there yet may be built any moment.
    if (!found) loaded = undefined;
    return found;
  }

  async function page(status = 200): Promise<Response> {
    const built = await bundle();
    if (!built) return new Response(NOT_BUILT, { status: 503, headers: { 'cache-control': 'no-store' } });
    const nonce = randomBytes(16).toString('base64');
    return new Response(built.page.replaceAll(NONCE, nonce), {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': pagePolicy(nonce),
        'cache-control': 'no-cache',
      },
    });
  }

  async function file(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const found = (await bundle())?.files.get(pathname);
    if (!found) {
      throw new AppError({ code: 'http.not_found', kind: 'not_found', message: 'there is no such file' });
    }
    return fileAnswer(request, pathname, found);
  }

  return {
    routes: [
      ...pagePaths.map((path) => ({ method: 'get' as const, path, handle: async () => await page() })),
      ...['/assets/*', ...fixedFiles].map((path) => ({
        method: 'get' as const,
        path,
        quiet: true,
        handle: file,
      })),
    ],
    notFound: async ({ method, url, headers }) => {
      const isOurs = !/^\/(api|v1|mcp)(\/|$)/.test(new URL(url).pathname);
      const isBrowser = method === 'GET' && (headers.get('accept') ?? '').includes('text/html');
      return isOurs && isBrowser && (await bundle()) ? await page(404) : undefined;
    },
  };
}

function fileAnswer(request: Request, path: string, file: BundleFile): Response {
  const accepted = request.headers.get('accept-encoding') ?? '';
  const way = (['br', 'gzip'] as const).find((name) => file[name] && accepts(accepted, name));
  const isHashed = path.startsWith('/assets/');
  return new Response((way && file[way]) ?? file.plain, {
    headers: {
      'content-type': types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      vary: 'accept-encoding',
      // What a picture opened by itself may do.
      'content-security-policy': PAGE_POLICY,
      ...(way && { 'content-encoding': way }),
    },
  });
}

/** Whether `Accept-Encoding` names it and does not rule it out (`;q=0`). */
function accepts(header: string, name: string): boolean {
  const named = header.split(',').find((part) => part.trim().split(';')[0] === name);
  return named !== undefined && !/;\s*q=0(?:\.0*)?\s*$/.test(named);
}
