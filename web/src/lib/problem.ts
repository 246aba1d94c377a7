export interface FieldError {
  path: string;
  message: string;
}

/** What the server answered instead of what was asked for: application/problem+json (RFC 9457). */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  /** E.g. `reminders.not_found`. */
  readonly code: string;
  readonly errors: FieldError[];
  /** Seconds to wait, of a 429 or 503. */
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;

  constructor(fields: {
    status: number;
    code: string;
    detail: string;
    errors?: FieldError[] | undefined;
    retryAfter?: number | undefined;
    requestId?: string | undefined;
  }) {
    super(fields.detail);
    this.status = fields.status;
    this.code = fields.code;
    this.errors = fields.errors ?? [];
    this.retryAfter = fields.retryAfter;
    this.requestId = fields.requestId;
  }
}

/** The server could not be reached, or the network failed on the way. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.status === 401;
}

/** The problems of a form's fields by path, for Mantine's `form.setErrors`; undefined when it is about no field. */
export function fieldErrors(error: unknown): Record<string, string> | undefined {
  if (!(error instanceof Problem) || error.errors.length === 0) return undefined;
  return Object.fromEntries(error.errors.map(({ path, message }) => [path, message]));
}

/** Reads a refused answer; one that is no problem document came from something between us and the server. */
export async function problemOf(response: Response): Promise<Problem | Unreachable> {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  try {
    const body = (await response.json()) as Record<string, unknown>;
    return new Problem({
      status: response.status,
      code: typeof body['code'] === 'string' ? body['code'] : `http.${response.status}`,
      detail:
        textOf(body['detail']) ?? textOf(body['message']) ?? textOf(body['title']) ?? response.statusText,
      errors: Array.isArray(body['errors']) ? (body['errors'] as FieldError[]) : undefined,
      retryAfter,
      requestId: textOf(body['request_id']),
    });
  } catch {
    if (response.status >= 502 && response.status <= 504) return new Unreachable(response.statusText);
    return new Problem({
      status: response.status,
      code: `http.${response.status}`,
      detail: response.statusText || `HTTP ${response.status}`,
      retryAfter,
    });
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
