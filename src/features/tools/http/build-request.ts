import type { JsonValue } from '#platform/db/index.ts';
import { usedNames, type HttpConfig } from './config.ts';
import { fillJson, fillText } from './placeholders.ts';

/** The request that a configuration makes of an input. `secrets`: the values of secret headers, by name. */
export function buildRequest(
  config: HttpConfig,
  input: Record<string, JsonValue>,
  { secrets, call_id }: { secrets: ReadonlyMap<string, string>; call_id: string },
): { url: string; init: RequestInit } {
  const headers = new Headers({ accept: 'application/json, text/*;q=0.9, */*;q=0.5' });
  const body = bodyOf(config, input);
  if (body) headers.set('content-type', body.type);
  for (const [name, template] of Object.entries(config.headers ?? {}))
    headers.set(name, fillText(template, input));
  if (config.idempotency_header !== undefined) headers.set(config.idempotency_header, call_id);
  for (const [name, value] of secrets) headers.set(name, value);
  return {
    url: urlOf(config, input),
    init: { method: config.method, headers, ...(body && { body: body.text }) },
  };
}

function urlOf({ url: template, query = {} }: HttpConfig, input: Record<string, JsonValue>): string {
  // "." and ".." would climb out of where the template has them, encoded or not.
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%252E'));
  const url = new URL(fillText(template, input, encode));
  for (const [name, value] of Object.entries(query)) {
    const text = typeof value === 'string' ? fillText(value, input) : String(value);
    // A part that was not given is not asked for.
    if (text !== '' || value === '') url.searchParams.append(name, text);
  }
  return url.href;
}

function bodyOf(
  config: HttpConfig,
  input: Record<string, JsonValue>,
): { text: string; type: string } | undefined {
  const { body } = config;
  if (body === undefined) return undefined;
  if (typeof body === 'string' && body !== 'json')
    return { text: fillText(body, input), type: 'text/plain; charset=utf-8' };
  const used = usedNames(config);
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !used.has(name)));
  return { text: JSON.stringify(body === 'json' ? rest : fillJson(body, input)), type: 'application/json' };
}
