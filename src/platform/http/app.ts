import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { withLogContext, type Logger } from '#platform/log/index.ts';
import { drain } from './body.ts';
import { openApiDocument, type ApiInfo } from './openapi.ts';
import { byPath, honoPath, pathMatcher } from './path.ts';
import { asAppError, problemOf, problemResponse } from './problem.ts';
import type { RawRoute, RequestInfo, Route } from './route.ts';
import { runRoute, type HttpEnv, type RouteRules } from './run-route.ts';

export interface HttpAppOptions extends RouteRules {
  log: Logger;
  /** What the OpenAPI document says about the API as a whole. */
  info: ApiInfo;
  routes: Route[];
  raw?: RawRoute[];
  /** While false, every route but the raw ones answers 503. */
  ready(): boolean;
}

export interface HttpApp {
  fetch(request: Request, bindings: HttpBindings): Response | Promise<Response>;
  /** Aborts `signal` of every request, so that event streams end. */
  close(): void;
}

const securityHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** All routes as one application: request ids, access log, problems, security headers and the OpenAPI document. */
export function createHttpApp({ log, info, routes, raw = [], ready, ...rules }: HttpAppOptions): HttpApp {
  const app = new Hono<HttpEnv>();
  const closing = new AbortController();

  app.use(async (c, next) => {
    const started = performance.now();
    const request_id = requestId(c.req.header('x-request-id'));
    c.set('request_id', request_id);
    await withLogContext({ request_id }, next);
    await drain(c.env.incoming);
    c.res.headers.set('x-request-id', request_id);
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
    if (c.req.path.startsWith('/api/')) c.res.headers.set('cache-control', 'no-store');
    log[c.get('quiet') ? 'debug' : 'info'](
      {
        request_id,
        user_id: c.get('caller')?.user_id,
        method: c.req.method,
        path: c.req.path,
        status: c.res.status,
        code: c.get('code'),
        ms: Math.round((performance.now() - started) * 10) / 10,
      },
      'request',
    );
  });

  const document = lazily(() => JSON.stringify(openApiDocument(routes, info)));
  const documentRoute: RawRoute = {
    method: 'get',
    path: '/api/openapi.json',
    handle: () => new Response(document(), { headers: { 'content-type': 'application/json' } }),
  };
  const rawRoutes = [documentRoute, ...raw];

  for (const { method, path, quiet, handle } of rawRoutes) {
    app.on(method.toUpperCase(), honoPath(path), (c) => {
      c.set('quiet', quiet === true);
      return handle(c.req.raw);
    });
  }
  for (const route of routes.toSorted(byPath)) {
    app.on(route.method.toUpperCase(), honoPath(route.path), async (c) => {
      if (!ready())
        throw new AppError({ code: 'http.not_ready', kind: 'unavailable', message: 'not ready yet' });
      try {
        return await runRoute(route, c, requestInfo(c, closing.signal), rules);
      } catch (thrown) {
        // Hono passes on as an error only what is an Error.
        throw thrown instanceof Error ? thrown : asAppError(thrown);
      }
    });
  }

  const matchers = [...rawRoutes, ...routes].map(({ method, path }) => ({
    method,
    matches: pathMatcher(path),
  }));
  app.notFound((c) => {
    const request_id = c.get('request_id');
    const { path, method } = c.req;
    const allowed = new Set(
      matchers.filter(({ matches }) => matches(path)).map((entry) => entry.method.toUpperCase()),
    );
    if (allowed.has('GET')) allowed.add('HEAD');
    if (allowed.size === 0) {
      c.set('code', 'http.not_found');
      return problemOf({
        status: 404,
        code: 'http.not_found',
        detail: 'there is nothing at this path',
        request_id,
      });
    }
    c.set('code', 'http.method_not_allowed');
    const allow = [...allowed].join(', ');
    const detail = `${method} is not possible here, only ${allow}`;
    return problemOf({ status: 405, code: 'http.method_not_allowed', detail, request_id }, { allow });
  });

  app.onError((thrown, c) => {
    const error = asAppError(thrown);
    c.set('code', error.code);
    if (error.kind === 'internal') log.error({ err: thrown }, 'request failed');
    // Bad input that only a deeper part has noticed, or a part that is down: it works as promised, but look at it.
    else if (error !== thrown || error.kind === 'unavailable') log.warn({ err: thrown }, 'request failed');
    return problemResponse(error, c.get('request_id'));
  });

  return { fetch: (request, bindings) => app.fetch(request, bindings), close: () => closing.abort() };
}

/** The client's own id, where it can do no harm in a log, else a new one. */
function requestId(given: string | undefined): string {
  return given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : newId();
}

function requestInfo(c: Context<HttpEnv>, closing: AbortSignal): RequestInfo {
  return {
    id: c.get('request_id'),
    method: c.req.method,
    path: c.req.path,
    headers: c.req.raw.headers,
    address: c.env.incoming.socket.remoteAddress,
    // Made only when asked for: few handlers do, and it costs.
    get signal() {
      return AbortSignal.any([c.req.raw.signal, closing]);
    },
    hangUp: () => void c.env.outgoing.destroy(),
  };
}

function lazily<T extends string>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
