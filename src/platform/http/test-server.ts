import { afterEach } from 'vitest';
import { createLogger } from '#platform/log/index.ts';
import { createHttpApp, type HttpAppOptions } from './app.ts';
import type { Problem } from './problem.ts';
import type { Caller } from './route.ts';
import { listen, type HttpServer } from './server.ts';

const running: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close(0)));
});

/** Who the tests' tokens belong to: the token is the list of scopes. */
async function callerOf(authorization: string | null): Promise<Caller | null> {
  const [, token] = /^Bearer (.*)$/.exec(authorization ?? '') ?? [];
  return token === undefined
    ? null
    : { user_id: 'user-1', scopes: token.split(','), token_id: 'token-1', session_id: null };
}

/** An app on a free port of the loopback, closed after the test, with the log it writes. */
export async function serve(options: Partial<HttpAppOptions>) {
  const log: Record<string, unknown>[] = [];
  const write = (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>);
  const app = createHttpApp({
    log: createLogger({ level: 'debug', pretty: false, destination: { write } }),
    info: { title: 'Test', version: '1.0.0', description: 'For tests.' },
    routes: [],
    authenticate: async ({ headers }) => await callerOf(headers.get('authorization')),
    ready: () => true,
    ...options,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  running.push(server);
  /** A request with the scope `all` and, where there is one, a JSON body. */
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: 'Bearer all',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: (isJson ? JSON.parse(text) : {}) as Partial<Problem> & Record<string, unknown>,
    };
  };
  return { server, log, call };
}
