import { userScopes } from '#features/auth/index.ts';
import type { FieldProblem } from '#platform/errors/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Caller } from '#platform/http/route.ts';
import { serve } from '#platform/http/test-server.ts';
import { createLogger } from '#platform/log/index.ts';
import { createOutbound, type Outbound } from '#platform/outbound/index.ts';
import type { TestDatabase } from './database.ts';

/** What a feature is made with, over a test's database. */
export function featureContext(
  { database, signals, encryption }: TestDatabase,
  { outbound = createOutbound() }: { outbound?: Outbound } = {},
): FeatureContext {
  const log = createLogger({ level: 'silent', pretty: false });
  return { database, signals, encryption, outbound, log };
}

/** A record as tests read it: the fields they go by, and any other. */
interface Shown {
  id: string;
  name: string;
  key: string;
  title: string;
  message: string;
  [field: string]: unknown;
}

/** An answer's body: a record, a page of them, or a problem. */
interface Body extends Shown {
  items: Shown[];
  next_cursor: string | null;
  errors: FieldProblem[];
}

/** Who asks, beyond the user: by default an API token with all scopes of a user. */
type CallerIs = Partial<Pick<Caller, 'scopes' | 'session_id'>>;

/** Serves a feature's routes as they are served to users, whose tokens here say who they are. Closed after the test. */
export async function serveAs({ routes = [] }: Feature) {
  const { call } = await serve({
    routes,
    authenticate: async ({ headers }) => {
      const [, token] = /^Bearer (.*)$/.exec(headers.get('authorization') ?? '') ?? [];
      return token === undefined ? null : (JSON.parse(token) as Caller);
    },
  });
  /** The requests of one user. */
  return (user_id: string, is: CallerIs = {}) => {
    const caller: Caller = { user_id, scopes: [...userScopes], token_id: null, session_id: null, ...is };
    return async (method: string, path: string, body?: unknown) => {
      const answer = await call(method, path, body, { authorization: `Bearer ${JSON.stringify(caller)}` });
      return { status: answer.status, json: answer.json as unknown as Body };
    };
  };
}
