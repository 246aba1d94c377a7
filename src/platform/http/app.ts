import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { AppError } from '#platform/errors/index.ts';

import { withLogContext, type Logger } from '#platform/log/index.ts';
import { drain } from './body.ts';
import { originOf, type TrustedProxies } from './client-address.ts';
import { corsHeaders, isPreflight, preflightAnswer } from './cors.ts';
import { openApiDocument, type ApiInfo } from './openapi.ts';
import { byPath, honoPath } from './path.ts';
import { asAppError, PROBLEM_TYPE, problemResponse, type Problem } from './problem.ts';
import { referenceRoutes } from './reference/routes.ts';
import type { RawRoute, RequestInfo, Route } from './route.ts';
import { runRoute, type HttpEnv, type RouteRules } from './run-route.ts';
import { requireSameOrigin } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { statusSent, UpgradeResponse } from './upgrade.ts';
import { noRoute, verbsOf } from './verbs.ts';

/** What problems below a path are to be instead. */
export interface AmendedProblems {
  /** `/v1/` */
  below: string;
  amend(problem: Problem): Problem;
}

export interface HttpAppOptions extends RouteRules {
  log: Logger;
  /** What the OpenAPI document says about the API as a whole. */
  info: ApiInfo;
  routes: Route[];
  raw?: RawRoute[];
  /** While false, every route but the raw ones answers 503. */
  ready(): boolean;
  /** Asked first about every path, the raw ones included: what it throws is the answer. */
  gate?(path: string): void | Promise<void>;
  /** Asked for what no route fits, whatever the verb; undefined: a problem is answered. */
  otherwise?(request: Request): Promise<Response | undefined>;
  /** Where problems are amended. */
  amended?: readonly AmendedProblems[];
  /** Whose `X-Forwarded-*` headers are believed; nobody's when undefined. */
  trustedProxies?: TrustedProxies | undefined;
  /** The address people open. */
  publicUrl?: string | undefined;
  /** Origins whose pages may call with a bearer token. */
  corsOrigins?: readonly string[];
}

export interface HttpApp {
  fetch(request: Request, bindings: HttpBindings): Response | Promise<Response>;
  /** Those of every answer, for what is answered before it gets here. */
  headers: Record<string, string>;
  /** Aborts `signal` of every request, so that event streams end. */
  close(): void;
}

/** All routes as one application: request ids, access log, problems, security headers and the OpenAPI document. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const {
    log,
    info,
    routes,
    raw = [],
    ready,
    gate,
    otherwise,
    amended = [],
    trustedProxies,
    publicUrl,
    corsOrigins = [],
    ...rules
  } = options;
  const headers = securityHeaders({ https: publicUrl?.startsWith('https:') === true });
  const always = Object.entries(headers);
  const app = new Hono<HttpEnv>();
  const closing = new AbortController();

  app.use(async (c, next) => {
    const started = performance.now();
    const request_id = requestId(c.req.header('x-request-id'));
    c.set('request_id', request_id);
    await withLogContext({ request_id }, next);
    await drain(c.env.incoming);
    await amendProblem(c, amended);
    c.res.headers.set('x-request-id', request_id);
    for (const [name, value] of always) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    for (const [name, value] of Object.entries(corsHeaders(c.req.raw.headers, corsOrigins)))
      c.res.headers.set(name, value);
    if (/^\/(?:api|v1|mcp)\b/.test(c.req.path) && !c.res.headers.has('cache-control'))
      c.res.headers.set('cache-control', 'no-store');
    log[c.get('quiet') ? 'debug' : 'info'](
      {
        request_id,
        user_id: c.get('caller')?.user_id,
        method: c.req.method,
        path: c.req.path,
        status: statusSent(c.res),
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
  const rawRoutes = routes.length > 0 ? [documentRoute, ...referenceRoutes, ...raw] : raw;
  const verbs = verbsOf([...rawRoutes, ...routes]);

  app.use(async (c, next) => {
    const { method, path, raw: request } = c.req;
    const held = gate?.(path);
    if (held) await held;
    if (isPreflight(method, request.headers))
      return preflightAnswer(request.headers, corsOrigins, verbs(path));
    if (method !== 'GET') {
      const { host } = originOf(c.env.incoming, trustedProxies);
      requireSameOrigin({ method, headers: request.headers, host }, { publicUrl, corsOrigins });
    }
    return await next();
  });

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
        return await runRoute(route, c, requestInfo(c, closing.signal, trustedProxies), rules);
      } catch (thrown) {
        // Hono passes on as an error only what is an Error.
        throw thrown instanceof Error ? thrown : asAppError(thrown);
      }
    });
  }

  app.notFound(async (c) => {
    const found = verbs(c.req.path);
    const page = found.length === 0 ? await otherwise?.(c.req.raw) : undefined;
    if (page) return page;
    const { code, answer } = noRoute(c.req.method, found, c.get('request_id'));
    c.set('code', code);
    return answer;
  });

  app.onError((thrown, c) => {
    const error = asAppError(thrown);
    c.set('code', error.code);
    if (error.kind === 'internal') log.error({ err: thrown }, 'request failed');
    // Bad input that only a deeper part has noticed, or a part that is down: it works as promised, but look at it.
    else if (error !== thrown || error.kind === 'unavailable') log.warn({ err: thrown }, 'request failed');
    return problemResponse(error, c.get('request_id'));
  });

  return {
    headers,
    fetch: (request, bindings) => app.fetch(request, bindings),
    close: () => closing.abort(),
  };
}

async function amendProblem(c: Context<HttpEnv>, amended: readonly AmendedProblems[]): Promise<void> {
  const found = amended.find(({ below }) => c.req.path.startsWith(below));
  const { res } = c;
  if (!found || res.headers.get('content-type') !== PROBLEM_TYPE) return;
  const problem = found.amend((await res.json()) as Problem);
  const { status } = problem;
  c.res = new Response(JSON.stringify(problem), { status, headers: res.headers });
}

/** The client's own id, where it can do no harm in a log, else a new one. */
function requestId(given: string | undefined): string {
  return given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

function requestInfo(
  c: Context<HttpEnv>,
  closing: AbortSignal,
  trusted: TrustedProxies | undefined,
): RequestInfo {
  const { address, protocol, host } = originOf(c.env.incoming, trusted);
  return {
    id: c.get('request_id'),
    method: c.req.method,
    path: c.req.path,
    headers: c.req.raw.headers,
    address,
    protocol,
    host,
    // Made only when asked for: few handlers do, and it costs.
    get signal() {
      return AbortSignal.any([c.req.raw.signal, closing]);
    },
    hangUp: () => void c.env.outgoing.destroy(),
    upgrade: c.env.outgoing instanceof UpgradeResponse ? c.env.outgoing : undefined,
  };
}

function lazily<T extends string>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
