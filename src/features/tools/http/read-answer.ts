import type { JsonValue } from '#platform/db/index.ts';
import { decode, mediaTypeOf, readSome } from '#platform/outbound/index.ts';

const MOST_BYTES = 1024 * 1024;

/** About 5,000 tokens. */
const MOST_CHARACTERS = 20_000;

const ERROR_CHARACTERS = 1_000;

/** Of what a HEAD answers. */
const TOLD = ['content-type', 'content-length', 'last-modified', 'etag', 'location'] as const;

/** Shorter ones would be found in words that have nothing to do with them. */
const SHORTEST_SECRET = 6;

/**
 * What a server answered, for a model: `{status, body}`, its JSON as such where all of it fits, else text; or `{error}`
 * with the status and the beginning of the body. A server that repeats our secrets doesn't tell them the model.
 */
export async function readAnswer(
  response: Response,
  { method, secrets }: { method: string; secrets: Iterable<string> },
): Promise<JsonValue> {
  const { status, statusText, headers } = response;
  if (method === 'HEAD' && response.ok) {
    const told = TOLD.flatMap((name) => (headers.has(name) ? [[name, headers.get(name)!]] : []));
    return { status, headers: Object.fromEntries(told) as Record<string, string> };
  }
  const { type, charset } = mediaTypeOf(headers.get('content-type'));
  const { bytes, isCut } = await readSome(response, MOST_BYTES);
  const isText = type === '' || /^text\/|json|xml|javascript|yaml|x-www-form-urlencoded/.test(type);
  const text =
    isText && !bytes.subarray(0, 1_000).includes(0) ? redacted(decode(bytes, charset), secrets) : undefined;
  if (!response.ok) {
    const said = text?.trim().slice(0, ERROR_CHARACTERS) ?? '';
    return {
      status,
      error: [`the server answered ${status} ${statusText}`.trim(), said].filter(Boolean).join(': '),
    };
  }
  if (text === undefined) return { status, note: `the answer is ${type || 'no text'}, which can't be read` };
  if (text.length <= MOST_CHARACTERS && !isCut)
    return { status, body: type.endsWith('json') ? parsed(text) : text };
  return {
    status,
    body: text.slice(0, MOST_CHARACTERS),
    note: `cut off after ${MOST_CHARACTERS} characters`,
  };
}

function redacted(text: string, secrets: Iterable<string>): string {
  // Of "Bearer abc…" the key alone is a secret, too.
  const parts = [...secrets].flatMap((secret) => [secret, ...secret.split(/\s+/)]);
  return parts
    .filter((part) => part.length >= SHORTEST_SECRET)
    .reduce((shown, part) => shown.replaceAll(part, '[secret]'), text);
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
