import type { JsonValue } from '#platform/db/index.ts';
import { decode, mediaTypeOf, readSome, type Fetch } from '#platform/outbound/index.ts';
import { readHtml } from './read-html.ts';

/** Of the page as it comes; more is not fetched. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Of its text, at a time: about 5,000 tokens of English. */
const MOST_CHARACTERS = 20_000;

const MOST_LINKS = 100;

/** Of an answer that is an error. */
const ERROR_CHARACTERS = 1_000;

const ACCEPT = 'text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.9,*/*;q=0.5';

export interface PageRequest {
  url: string;
  /** From which character of the text on. */
  offset: number;
  /** BCP 47: in which language the page is asked for. */
  locale: string;
  signal: AbortSignal;
}

/**
 * A page as text: `{url, title, text, links, note?}`, or `{error}`.
 * @throws AppError of the way out, see `Outbound`
 */
export async function readPage(
  fetch: Fetch,
  { url, offset, locale, signal }: PageRequest,
): Promise<JsonValue> {
  const response = await fetch(url, {
    signal,
    headers: { accept: ACCEPT, 'accept-language': `${locale}, *;q=0.5` },
  });
  const { type, charset } = mediaTypeOf(response.headers.get('content-type'));
  const { bytes, isCut } = await readSome(response, MOST_BYTES);
  if (!isText(type, bytes))
    return { url: response.url, error: `this is ${type || 'no text'}; only pages and text can be read` };
  const raw = decode(bytes, charset);
  const page = isHtml(type, raw)
    ? await readHtml(raw, response.url, signal)
    : { title: '', text: raw.trim(), links: [] };
  if (!response.ok) {
    const text = page.text.slice(0, ERROR_CHARACTERS);
    return {
      url: response.url,
      error: `the server answered ${response.status} ${response.statusText}`.trim(),
      text,
    };
  }
  const text = page.text.slice(offset, offset + MOST_CHARACTERS);
  const notes = [
    offset + text.length < page.text.length &&
      `characters ${offset} to ${offset + text.length} of ${page.text.length}; the next: offset ${offset + text.length}`,
    isCut && `the page is larger than ${MOST_BYTES} bytes, what comes after them is missing`,
    text === '' &&
      (offset > 0
        ? `there are only ${page.text.length} characters`
        : 'there is no text on this page; it may be made by scripts'),
  ].filter((note) => note !== false);
  return {
    url: response.url,
    ...(page.title !== '' && { title: page.title }),
    text,
    ...(page.links.length > 0 && { links: linksIn(text, page.links) }),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}

/** `L3 https://…`, of those that the text names. */
function linksIn(text: string, links: string[]): string[] {
  const numbers = [...text.matchAll(/\[L(\d+)\]/g)].map(([, number]) => Number(number));
  return [...new Set(numbers)]
    .slice(0, MOST_LINKS)
    .flatMap((number) => (links[number - 1] === undefined ? [] : [`L${number} ${links[number - 1]}`]));
}

function isText(type: string, bytes: Uint8Array): boolean {
  if (type === '') return !bytes.subarray(0, 1_000).includes(0);
  return /^text\/|^application\/(?:.*\+)?(?:json|xml|xhtml\+xml|javascript|x-ndjson|yaml)$/.test(type);
}

function isHtml(type: string, text: string): boolean {
  if (type === '') return /^\s*<(?:!doctype html|html)/i.test(text);
  return type === 'text/html' || type === 'application/xhtml+xml';
}
