import type { Response as UndiciResponse } from 'undici';
import { tooLarge } from './failures.ts';
import { limitedBody } from './limited-body.ts';

/** Of whom an answer is asked, and how. */
export interface Asked {
  url: URL;
  method: string;
  redirected: boolean;
  max_bytes: number;
  /** What reading the body ends with when it breaks off. */
  failure: (error: unknown) => unknown;
}

/**
 * An answer of undici's as the platform's own `Response`, which is what libraries know, its body within the limit.
 * @throws AppError `outbound.too_large` when it says so itself
 */
export async function limitedAnswer(
  answer: UndiciResponse,
  { url, method, redirected, max_bytes, failure }: Asked,
): Promise<Response> {
  const { status, statusText, body } = answer;
  const excess = () => tooLarge(url.origin, max_bytes);
  if (method !== 'HEAD' && Number(answer.headers.get('content-length')) > max_bytes) {
    await body?.cancel();
    throw excess();
  }
  const limited =
    body === null
      ? null
      : limitedBody(body as ReadableStream<Uint8Array<ArrayBuffer>>, max_bytes, { failure, excess });
  const response = new Response(limited, { status, statusText, headers: [...answer.headers] });
  // The constructor has no way to say these.
  return Object.defineProperties(response, { url: { value: url.href }, redirected: { value: redirected } });
}
