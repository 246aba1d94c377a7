import type { Problem } from '#platform/http/problem.ts';

/** As OpenAI's clients read it: https://platform.openai.com/docs/guides/error-codes. */
export interface OpenAiError {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

const types: Record<number, string> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

const codes: Record<number, string> = { 401: 'invalid_api_key', 429: 'rate_limit_exceeded' };

export function openAiError({
  status,
  code,
  detail,
  errors,
}: Pick<Problem, 'status' | 'code' | 'detail' | 'errors'>): OpenAiError {
  return {
    message: detail,
    type: types[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error'),
    param: errors?.[0]?.path ?? null,
    code: codes[status] ?? code.replace(/^openai\./, ''),
  };
}

/** A problem below `/v1`: with `error` beside, and 400 for what is against the contract, as these clients know it. */
export function amendProblem(problem: Problem): Problem {
  const status = problem.status === 422 ? 400 : problem.status;
  const title = problem.status === 422 ? 'Bad Request' : problem.title;
  const amended = { ...problem, status, title };
  return { ...amended, error: openAiError(amended) };
}
