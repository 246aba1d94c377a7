import { constantTimeEqual } from '#platform/crypto/index.ts';
import { createHttpApp, type HttpApp, type HttpAppOptions } from '#platform/http/app.ts';
import { trustedProxies } from '#platform/http/client-address.ts';
import { createIdempotency } from '#platform/http/idempotency.ts';
import { createRateLimit } from '#platform/http/rate-limit.ts';
import type { RawRoute, Route } from '#platform/http/route.ts';
import { createSetupGate, selectStillHolding } from '#features/auth/index.ts';
import { apiInfo } from './api-info.ts';
import { isLoopback } from './config.ts';
import { eventsRoute } from './events-route.ts';
import { createOpenStreams } from './open-streams.ts';
import { readiness } from './readiness.ts';
import type { Runtime } from './runtime.ts';
import { logSystemScope } from './system-scopes.ts';
import { version } from './version.ts';
import { createWebApp, isWebFile } from './web-app/routes.ts';
import { wsAuthenticate, wsRoutes } from './ws-routes.ts';

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

/** What holds for every request, by the configuration. */
function rulesOf({ config, database, encryption, log, session, signals }: Runtime) {
  const { host, trusted_proxies, public_url, cors_origins, rate_limit } = config.http;
  const limit = rate_limit && createRateLimit(rate_limit);
  const repeat = createIdempotency({ database, encryption, log, workerId: session.worker });
  return {
    trustedProxies: trusted_proxies && trustedProxies(trusted_proxies),
    publicUrl: public_url,
    corsOrigins: cors_origins ?? [],
    ...(limit && { admit: ({ user_id }) => limit.take(user_id) }),
    ...(!isLoopback(host) && { gate: gateOf(createSetupGate({ database, signals })) }),
    around: async (call, run) => {
      logSystemScope(log, call);
      return await repeat(call, run);
    },
  } satisfies Partial<HttpAppOptions>;
}

/** The files that the setup page is drawn with come through any gate. */
function gateOf(gate: (path: string) => void | Promise<void>) {
  return (path: string) => (isWebFile(path) ? undefined : gate(path));
}

/** Events as they happen, over both ways. */
function liveRoutes({ database, signals, log }: Runtime): Route[] {
  const streams = createOpenStreams({
    signals,
    stillHolding: async (callers) => await selectStillHolding(database.system, callers),
    onError: (error) => log.debug({ err: error }, 'the credentials of open streams could not be looked at'),
  });
  const context = { database, signals, streams, log };
  return [eventsRoute(context), ...wsRoutes(context)];
}

/** The whole of HTTP for the service `api`; without it, only health and figures. */
export function createHttp(runtime: Runtime, { api }: { api: boolean }): HttpApp {
  const { database, features, log, config } = runtime;
  const web = api ? createWebApp() : undefined;
  return createHttpApp({
    ...rulesOf(runtime),
    log,
    info: apiInfo(config),
    routes: api ? [...features.routes, ...liveRoutes(runtime)] : [],
    raw: [...operationRoutes(runtime), ...(web?.routes ?? [])],
    ...(web && { otherwise: web.notFound }),
    amended: features.list.flatMap(({ problems }) => problems ?? []),
    ready: () => true,
    authenticate: wsAuthenticate({
      database,
      publicUrl: config.http.public_url,
      authenticate: features.authenticate,
    }),
  });
}
