import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { withClaim } from '#platform/db/claim.ts';
import type { Database } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Logger } from '#platform/log/index.ts';
import { claimOf, findRequest, keepAnswer, type KeptRequest, type KeyUse } from './idempotency-store.ts';
import { asAppError, problemBody, PROBLEM_TYPE, RetryLater, statusOf } from './problem.ts';
import { Answer } from './route.ts';
import type { RouteCall, RouteRules } from './run-route.ts';

const REPLAYED_HEADER = 'idempotency-replayed';

export interface IdempotencyOptions {
  database: Database;
  encryption: Encryption;
  log: Logger;
  /** This process, as `live_workers()` knows it. */
  workerId: string;
  /** How long a repeat waits for the first one's answer. */
  waitMs?: number;
}

type Around = NonNullable<RouteRules['around']>;

/** What is kept of an answer, encrypted. */
interface KeptAnswer {
  headers: Record<string, string>;
  /** As text; null for none. */
  body: string | null;
}

const WAIT_MS = 10_000;
const POLL_MS = 50;

/**
 * `Idempotency-Key` on POST: what is asked again with the same key is carried out once, and answered as the first
 * time. The key is committed by the transaction that carries the request out, so that neither is there without the
 * other, whatever crashes (see `platform/db/claim.ts`). Refusals of the handler (4xx but 429) are kept as well;
 * streams and errors of ours are not.
 */
export function createIdempotency(options: IdempotencyOptions): Around {
  const { database, encryption, log, workerId, waitMs = WAIT_MS } = options;
  /** By use, what this process carries out now. */
  const underway = new Map<string, Promise<void>>();

  const place = (id: string) => ({ table: 'idempotency_keys', column: 'answer', row_id: id });

  async function replay(use: KeyUse, request_hash: string, first: KeptRequest, call: RouteCall) {
    if (first.request_hash !== request_hash) throw mismatch();
    const until = performance.now() + waitMs;
    let kept: KeptRequest | undefined = first;
    while (kept.status === null) {
      // What this process has begun is under way, or it is over and has left no answer.
      if (!kept.is_alive || kept.worker_id === workerId) throw answerLost();
      if (performance.now() > until) throw stillUnderway();
      await delay(POLL_MS);
      kept = await findRequest(database, use);
      if (!kept) throw stillUnderway();
    }
    return await answerAgain(kept, kept.status, call);
  }

  async function answerAgain({ id, answer }: KeptRequest, status: number, call: RouteCall) {
    const { headers, body } = await read(id, answer);
    const again = { ...headers, [REPLAYED_HEADER]: 'true' };
    if (status < 400 || body === null) return new Response(body, { status, headers: again });
    const problem = { ...(JSON.parse(body) as object), request_id: call.request.id };
    return new Response(JSON.stringify(problem), { status, headers: again });
  }

  async function read(id: string, answer: Buffer | null): Promise<KeptAnswer> {
    try {
      if (answer) return JSON.parse(String(await encryption.open(answer, place(id)))) as KeptAnswer;
    } catch (error) {
      // Its key was rotated away since.
      log.info({ err: error }, 'the answer to a repeated request cannot be read any more');
    }
    throw answerLost();
  }

  async function carryOut(use: KeyUse, request_hash: string, call: RouteCall, run: () => ReturnType<Around>) {
    const before = await findRequest(database, use);
    if (before) return await replay(use, request_hash, before, call);
    const request = { ...use, id: newId(), request_hash, worker_id: workerId };
    const { state, result } = await withClaim(claimOf(request), run);
    if (state === 'lost') {
      const other = await findRequest(database, use);
      if (other) return await replay(use, request_hash, other, call);
      throw stillUnderway();
    }
    const outcome = keptAnswer(result);
    if (outcome) {
      const { status, ...answer } = outcome;
      try {
        const sealed = await encryption.seal(JSON.stringify(answer), place(request.id));
        await keepAnswer(database, request, { status, answer: sealed });
      } catch (error) {
        // It was carried out: that is what the client is to hear.
        log.warn({ err: error }, 'the answer to a request with an Idempotency-Key could not be kept');
      }
    }
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }

  return async (call, run) => {
    const use = useOf(call);
    if (!use) return await run();
    const name = JSON.stringify([use.user_id, use.route, use.key]);
    const until = performance.now() + waitMs;
    for (let other = underway.get(name); other; other = underway.get(name)) {
      if (!(await isOverBy(other, until))) throw stillUnderway();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    underway.set(name, promise);
    try {
      return await carryOut(use, hashOf(call), call, run);
    } finally {
      underway.delete(name);
      resolve();
    }
  };
}

/** The use of a key that this call is; undefined without one. */
function useOf({ route, caller, request }: RouteCall): KeyUse | undefined {
  const key = request.headers.get('idempotency-key');
  if (route.method !== 'post' || caller === null || key === null) return undefined;
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw invalidField(
      'Idempotency-Key',
      'must have 1 to 255 printable ASCII characters',
      'idempotency.bad_key',
    );
  }
  return { user_id: caller.user_id, route: `POST ${request.path}`, key };
}

/** The same for the same JSON, however it was written, from one who may do the same: an answer may show a secret. */
function hashOf({ body, caller }: RouteCall): string {
  return createHash('sha256')
    .update(JSON.stringify([sorted(body), caller?.scopes.toSorted()]))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  // As pairs: a field named __proto__ is one like any other.
  return {
    fields: Object.entries(value)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .toSorted(byName),
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}

/** What there is to keep of how a request went. */
function keptAnswer(
  result: PromiseSettledResult<Answer | Response>,
): (KeptAnswer & { status: number }) | undefined {
  if (result.status === 'fulfilled') {
    const { value } = result;
    if (!(value instanceof Answer)) return undefined;
    const body = value.body === undefined ? null : JSON.stringify(value.body);
    const type = body === null ? {} : { 'content-type': 'application/json' };
    return { status: value.status, headers: { ...type, ...value.headers }, body };
  }
  const error = asAppError(result.reason);
  const status = statusOf[error.kind];
  if (status >= 500 || status === 429) return undefined;
  const problem = problemBody({
    status,
    code: error.code,
    detail: error.message,
    errors: error.problems,
    // That of the request it will answer.
    request_id: '',
  });
  return { status, headers: { 'content-type': PROBLEM_TYPE }, body: JSON.stringify(problem) };
}

async function isOverBy(promise: Promise<void>, until: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(Math.max(0, until - performance.now()), false, { signal: timer.signal }).catch(
    () => false,
  );
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    timer.abort();
  }
}

function mismatch(): AppError {
  return invalidField(
    'Idempotency-Key',
    'was used for another body, or with other scopes',
    'idempotency.mismatch',
  );
}

function answerLost(): AppError {
  return new AppError({
    code: 'idempotency.answer_lost',
    kind: 'conflict',
    message: 'the first request with this Idempotency-Key was carried out, but its answer was not kept',
  });
}

function stillUnderway(): AppError {
  return new RetryLater({
    code: 'idempotency.underway',
    kind: 'conflict',
    message: 'the first request with this Idempotency-Key is still being carried out',
    retry_after_s: 5,
  });
}
