import { APICallError } from '@ai-sdk/provider';

/** Passwords within an address. */
const USER_INFO = /(?<=\bhttps?:\/\/)[^/\s@]+@/gi;

/** What is shorter is no key, and would take words apart. */
const SHORTEST = 6;

/** A text without secrets: some servers say in their refusal the key they were given. */
export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets
    .reduce<string>(
      (said, secret) =>
        secret !== undefined && secret.length >= SHORTEST ? said.replaceAll(secret, '…') : said,
      text,
    )
    .replaceAll(USER_INFO, '');
}

/** The same error without the secrets, as logs and people may have it. */
export function scrubbed(error: unknown, secrets: readonly (string | undefined)[]): unknown {
  const clean = (text: string) => withoutSecrets(text, secrets);
  if (APICallError.isInstance(error)) {
    const { statusCode, responseHeaders, responseBody, isRetryable } = error;
    return new APICallError({
      message: clean(error.message),
      url: clean(error.url),
      requestBodyValues: {},
      ...(statusCode !== undefined && { statusCode }),
      ...(responseHeaders && { responseHeaders }),
      ...(responseBody !== undefined && { responseBody: clean(responseBody) }),
      isRetryable,
      cause: scrubbed(error.cause, secrets),
    });
  }
  if (error instanceof Error && clean(error.message) !== error.message) {
    return new Error(clean(error.message));
  }
  return error;
}
