import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { z } from 'zod';
import { AppError } from '#platform/errors/index.ts';
import { withLogContext } from '#platform/log/index.ts';
import { readJson } from './body.ts';
import { bindCursor, unbindCursor, type CursorPlace } from './bound-cursor.ts';
import { fieldProblems } from './field-problems.ts';
import { unstorableFields } from './fields.ts';
import { invalidRequest } from './problem.ts';
import { queryOf, type Query } from './query.ts';
import { receiveUpload } from './upload.ts';
import { Answer, type Caller, type RequestInfo, type Route, type RouteInput } from './route.ts';

export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: { request_id: string; caller: Caller; code: string; quiet: boolean };
}

/** One validated call of a route, for what surrounds every handler. */
export interface RouteCall {
  route: Route;
  caller: Caller | null;
  request: RequestInfo;
  /** The JSON of the body as it was sent; undefined without one. Of an upload, what tells it from others. */
  body: unknown;
}

export interface RouteRules {
  /** Who asks, by the request's credentials; null when there are none that hold. */
  authenticate(request: RequestInfo): Promise<Caller | null>;
  /** Told of every caller before anything else is done for them; throws when they call too often. */
  admit?(caller: Caller): void;
  /** Runs around every handler, e.g. to repeat the answer to an `Idempotency-Key`. */
  around?(call: RouteCall, run: () => Promise<Answer | Response>): Promise<Answer | Response>;
}

/** Takes a request through a route: who asks, may they, what do they say, then the handler and its answer. */
export async function runRoute(
  route: Route,
  c: Context<HttpEnv>,
  request: RequestInfo,
  rules: RouteRules,
): Promise<Response> {
  const caller = route.scope === null ? null : await authorize(route, request, rules);
  if (caller) c.set('caller', caller);
  const raw = { params: c.req.param(), query: queryOf(c.req.url) };
  const place = { user_id: caller?.user_id, path: request.path };
  const carryOut = async (body: unknown, input: Omit<RouteInput, 'caller' | 'request'>) => {
    const run = async () =>
      answerOf(route, bindCursor(await route.handle({ ...input, caller, request }), place));
    const call = { route, caller, request, body };
    return toResponse(await (rules.around ? rules.around(call, run) : run()));
  };
  const work = async () => {
    if (route.upload) {
      const input = validate(route, { ...raw, body: undefined }, place);
      const { upload, close } = await receiveUpload(c.env.incoming, route.upload);
      try {
        return await carryOut([upload.sha256, raw.query?.fields], { ...input, upload });
      } finally {
        await close();
      }
    }
    const body = route.method === 'get' ? undefined : await readJson(c.env.incoming);
    return await carryOut(body, { ...validate(route, { ...raw, body }, place), upload: undefined });
  };
  return caller ? await withLogContext({ user_id: caller.user_id }, work) : await work();
}

async function authorize(
  { scope, wider_scope }: Route,
  request: RequestInfo,
  { authenticate, admit }: RouteRules,
): Promise<Caller> {
  const caller = await authenticate(request);
  if (!caller) {
    throw new AppError({
      code: 'auth.required',
      kind: 'unauthenticated',
      message: 'sign in or send an API token',
    });
  }
  admit?.(caller);
  const { scopes } = caller;
  const isOpen = [scope, wider_scope].some(
    (one) => one !== undefined && one !== null && scopes.includes(one),
  );
  if (scope === 'any' || isOpen) return caller;
  throw new AppError({ code: 'auth.scope', kind: 'forbidden', message: `this needs the scope ${scope}` });
}

type Part = 'params' | 'query' | 'body';

/** What a route takes that declares nothing: nothing, or no more than `{}`. */
const nothing = z.strictObject({}).optional();

/** The parts of a request by their schemas, or a 422 with the problems of all of them. */
function validate(
  route: Route,
  raw: { params: unknown; query: Query | undefined; body: unknown },
  place: CursorPlace,
): Record<Part, unknown> {
  const problems = [...(raw.query?.problems ?? [])];
  const check = (schema: z.ZodType, value: unknown) => {
    const unstorable = unstorableFields(value);
    problems.push(...unstorable);
    if (unstorable.length > 0) return undefined;
    const result = schema.safeParse(value);
    if (!result.success) problems.push(...fieldProblems(result.error.issues));
    return result.data;
  };
  const querySchema = route.query ?? nothing;
  const valid = {
    params: route.params && check(route.params, raw.params),
    query:
      route.query || raw.query
        ? check(querySchema, unbindCursor(querySchema, raw.query?.fields ?? {}, place))
        : undefined,
    body: route.body || raw.body !== undefined ? check(route.body ?? nothing, raw.body) : undefined,
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
