import { AppError, isAppError, messageOf } from '#platform/errors/index.ts';

function unavailable(
  code: string,
  message: string,
  options: { cause?: unknown; retryable: boolean },
): AppError {
  return new AppError({ code: `outbound.${code}`, kind: 'unavailable', message, ...options });
}

/** An address that nobody may call from here; `message` says why and, where there is one, the mend. */
export function refused(message: string): AppError {
  return new AppError({ code: 'outbound.refused', kind: 'invalid', message });
}

export function tooSlow(origin: string, ms: number): AppError {
  return unavailable('timeout', `${origin} did not answer in full within ${ms / 1_000} s`, {
    retryable: true,
  });
}

export function tooLarge(origin: string, max_bytes: number): AppError {
  const message = `The answer of ${origin} is larger than ${max_bytes} bytes`;
  return unavailable('too_large', message, { retryable: false });
}

export function badRedirect(origin: string, what: string): AppError {
  return unavailable('redirect', `${origin} ${what}`, { retryable: false });
}

const words: Record<string, string> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up at the moment',
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'it does not take the connection',
  UND_ERR_CONNECT_TIMEOUT: 'it does not take the connection',
  UND_ERR_HEADERS_TIMEOUT: 'it takes the connection and does not answer',
  UND_ERR_BODY_TIMEOUT: 'it stopped in the middle of its answer',
  UND_ERR_HEADERS_OVERFLOW: 'the head of its answer is too large',
};

/** What undici throws, or a stream of its answers ends with, as ours: the innermost cause is what happened. */
export function asFailure(error: unknown, origin: string): AppError {
  let cause = error;
  for (let depth = 0; depth < 5 && !isAppError(cause); depth += 1) {
    const inner = innerOf(cause);
    if (inner === undefined) break;
    cause = inner;
  }
  if (isAppError(cause)) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = words[code] ?? (messageOf(cause) || code);
  return unavailable('unreachable', `${origin} can't be reached: ${why}`, { cause: error, retryable: true });
}

function innerOf(error: unknown): unknown {
  if (error instanceof AggregateError) return error.errors.at(0);
  return error instanceof Error ? error.cause : undefined;
}
