import { readFile } from 'node:fs/promises';
import { AppError } from '#platform/errors/index.ts';
import { PAGE_POLICY } from '../page-policy.ts';
import type { RawRoute } from '../route.ts';
import { page, script, style } from './page.ts';

const KEPT_S = 3_600;

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
};

type Content = string | Buffer<ArrayBuffer>;

/** The files of the page by name; Swagger UI's are read when first asked for. */
const files: Record<string, () => Content | Promise<Content>> = {
  'page.css': () => style,
  'page.js': () => script,
  'swagger-ui.css': packaged(() => import.meta.resolve('swagger-ui-dist/swagger-ui.css')),
  'swagger-ui-bundle.js': packaged(() => import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  'favicon-32x32.png': packaged(() => import.meta.resolve('swagger-ui-dist/favicon-32x32.png')),
};

function packaged(urlOf: () => string): () => Promise<Content> {
  let read: Promise<Content> | undefined;
  return async () => {
    read ??= readFile(new URL(urlOf()));
    read.catch(() => (read = undefined));
    return await read;
  };
}

/** `/api/docs`: the OpenAPI document as a page, with everything it needs from this program. */
export const referenceRoutes: RawRoute[] = [
  {
    method: 'get',
    path: '/api/docs',
    handle: () =>
      new Response(page, {
        headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY },
      }),
  },
  {
    method: 'get',
    path: '/api/docs/*',
    handle: async ({ url }) => {
      const name = new URL(url).pathname.replace('/api/docs/', '');
      if (name === '') return new Response(null, { status: 308, headers: { location: '../docs' } });
      const read = Object.hasOwn(files, name) ? files[name] : undefined;
      if (!read) {
        throw new AppError({
          code: 'http.not_found',
          kind: 'not_found',
          message: 'there is nothing at this path',
        });
      }
      return new Response(await read(), {
        headers: {
          'content-type': types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
          'cache-control': `public, max-age=${KEPT_S}`,
        },
      });
    },
  },
];
