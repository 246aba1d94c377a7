import { createTokenAuthenticator } from '#features/users/index.ts';
import { constantTimeEqual } from '#platform/crypto/index.ts';
import { createHttpApp, type HttpApp } from '#platform/http/app.ts';
import type { RawRoute, RequestInfo } from '#platform/http/route.ts';
import { eventsRoute } from './events-route.ts';
import { readiness } from './readiness.ts';
import type { Runtime } from './runtime.ts';
import { version } from './version.ts';

function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

function bearer(headers: Headers): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

/** What every process answers, whatever services it runs: is it alive, is it ready, its figures. */
function operationRoutes(runtime: Runtime): RawRoute[] {
  const { metrics, config } = runtime;
  const token = config.http.metrics_token;
  return [
    { method: 'get', path: '/healthz', quiet: true, handle: () => json({ status: 'ok', version }) },
    {
      method: 'get',
      path: '/readyz',
      quiet: true,
      handle: async () => {
        const state = await readiness(runtime);
        return json(state, state.status === 'ready' ? 200 : 503);
      },
    },
    {
      method: 'get',
      path: '/metrics',
      quiet: true,
      handle: async ({ headers }) => {
        if (token !== undefined && !constantTimeEqual(bearer(headers) ?? '', token)) {
          return new Response('a bearer token is needed\n', {
            status: 401,
            headers: { 'www-authenticate': 'Bearer' },
          });
        }
        return new Response(await metrics.render(), { headers: { 'content-type': metrics.contentType } });
      },
    },
  ];
}

/** The whole of HTTP for the service `api`; without it, only health and figures. */
export function createHttp(runtime: Runtime, { api }: { api: boolean }): HttpApp {
  const { database, signals, features, log, config } = runtime;
  const authenticateToken = createTokenAuthenticator({
    db: database.system,
    onError: (error) => log.warn({ err: error }, 'the use of a token could not be recorded'),
  });
  return createHttpApp({
    log,
    info: {
      title: 'Famulus',
      version,
      description: 'A personal assistant that keeps its promises.',
      ...(config.http.public_url !== undefined && { servers: [config.http.public_url] }),
    },
    routes: api ? [...features.routes, eventsRoute({ database, signals, log })] : [],
    raw: operationRoutes(runtime),
    ready: () => true,
    authenticate: async ({ headers }: RequestInfo) => {
      const token = bearer(headers);
      return token === undefined ? null : ((await authenticateToken(token)) ?? null);
    },
  });
}
