import { userScopes } from '#features/users/index.ts';
import type { FieldProblem } from '#platform/errors/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { serve } from '#platform/http/test-server.ts';
import { createLogger } from '#platform/log/index.ts';
import type { TestDatabase } from './database.ts';

/** What a feature is made with, over a test's database. */
export function featureContext({ database, signals }: TestDatabase): FeatureContext {
  return { database, signals, log: createLogger({ level: 'silent', pretty: false }) };
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

/** Serves a feature's routes as they are served to users, who here are their own tokens. Closed after the test. */
export async function serveAs({ routes = [] }: Feature) {
  const { call } = await serve({
    routes,
    authenticate: async ({ headers }) => {
      const [, user_id] = /^Bearer (.*)$/.exec(headers.get('authorization') ?? '') ?? [];
      return user_id === undefined ? null : { user_id, scopes: [...userScopes], token_id: null };
    },
  });
  /** The requests of one user. */
  return (userId: string) => async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body, { authorization: `Bearer ${userId}` });
    return { status: answer.status, json: answer.json as unknown as Body };
  };
}
