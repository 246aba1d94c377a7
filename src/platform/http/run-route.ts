import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { z } from 'zod';
import { AppError, type FieldProblem } from '#platform/errors/index.ts';
import { withLogContext } from '#platform/log/index.ts';
import { readJson } from './body.ts';
import { fieldProblems } from './field-problems.ts';
import { unstorableFields } from './fields.ts';
import { invalidRequest } from './problem.ts';
import { Answer, type Caller, type RequestInfo, type Route } from './route.ts';

export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: { request_id: string; caller: Caller; code: string; quiet: boolean };
}

/** One validated call of a route, for what surrounds every handler. */
export interface RouteCall {
  route: Route;
  caller: Caller | null;
  request: RequestInfo;
  /** The body as it was sent; undefined without one. */
  text: string | undefined;
}

export interface RouteRules {
  /** Who asks, by the request's credentials; null when there are none that hold. */
  authenticate(request: RequestInfo): Promise<Caller | null>;
  /** Runs around every handler, e.g. to limit its rate or to repeat the answer to an `Idempotency-Key`. */
  around?(call: RouteCall, run: () => Promise<Answer | Response>): Promise<Answer | Response>;
}

/** Takes a request through a route: who asks, may they, what do they say, then the handler and its answer. */
export async function runRoute(
  route: Route,
  c: Context<HttpEnv>,
  request: RequestInfo,
  rules: RouteRules,
): Promise<Response> {
  const caller = route.scope === null ? null : await authorize(route.scope, request, rules);
  if (caller) c.set('caller', caller);
  const work = async () => {
    const json = route.body ? await readJson(c.env.incoming) : undefined;
    const input = validate(route, { params: c.req.param(), query: c.req.query(), body: json?.value });
    const run = async () => answerOf(route, await route.handle({ ...input, caller, request }));
    const call = { route, caller, request, text: json?.text };
    return toResponse(await (rules.around ? rules.around(call, run) : run()));
  };
  return caller ? await withLogContext({ user_id: caller.user_id }, work) : await work();
}

async function authorize(scope: string, request: RequestInfo, { authenticate }: RouteRules): Promise<Caller> {
  const caller = await authenticate(request);
  if (!caller) {
    throw new AppError({
      code: 'auth.required',
      kind: 'unauthenticated',
      message: 'sign in or send an API token',
    });
  }
  if (scope === 'any' || caller.scopes.includes(scope)) return caller;
  throw new AppError({ code: 'auth.scope', kind: 'forbidden', message: `this needs the scope ${scope}` });
}

type Part = 'params' | 'query' | 'body';

/** The parts of a request by their schemas, or a 422 with the problems of all of them. */
function validate(route: Route, raw: Record<Part, unknown>): Record<Part, unknown> {
  const problems: FieldProblem[] = [];
  const check = (part: Part, schema: z.ZodType | undefined) => {
    if (!schema) return undefined;
    const unstorable = unstorableFields(raw[part]);
    problems.push(...unstorable);
    if (unstorable.length > 0) return undefined;
    const result = schema.safeParse(raw[part]);
    if (!result.success) problems.push(...fieldProblems(result.error.issues));
    return result.data;
  };
  const valid = {
    params: check('params', route.params),
    query: check('query', route.query),
    body: check('body', route.body),
  };
  if (problems.length > 0) throw invalidRequest(problems);
  return valid;
}

function answerOf(route: Route, returned: unknown): Answer | Response {
  if (returned instanceof Answer || returned instanceof Response) return returned;
  if (returned === undefined) return new Answer(204, undefined);
  // Whole-number keys come in ascending order.
  return new Answer(Number(Object.keys(route.responses)[0] ?? 200), returned);
}

function toResponse(answer: Answer | Response): Response {
  if (answer instanceof Response) return answer;
  const { status, body, headers } = answer;
  if (body === undefined) return new Response(null, { status, headers });
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
