import { pairsOf, recordOf, secretsOf, written, type Pair, type SecretPair } from './pairs.ts';

/** What is sent: nothing; what of the input is used nowhere else; a template of JSON or of a text. */
export type BodyKind = 'none' | 'rest' | 'json' | 'text';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

/** The `config` of a tool of type `http` as its form has it. */
export interface HttpDraft {
  method: string;
  url: string;
  query: Pair[];
  headers: Pair[];
  secret_headers: SecretPair[];
  body: BodyKind;
  /** Of a body of kind `json` or `text`. */
  template: string;
  /** Seconds; empty for what the program takes by itself. */
  timeout_s: string;
  idempotency_header: string;
}

export const takesBody = (method: string) => method !== 'GET' && method !== 'HEAD';

export function httpDraftOf(config: unknown): HttpDraft {
  const { method, url, query, headers, secret_headers, body, timeout_s, idempotency_header } =
    recordOf(config);
  return {
    method: textOf(method) || 'GET',
    url: textOf(url),
    query: pairsOf(query),
    headers: pairsOf(headers),
    secret_headers: secretsOf(secret_headers),
    ...bodyDraftOf(body),
    timeout_s: typeof timeout_s === 'number' ? String(timeout_s) : '',
    idempotency_header: textOf(idempotency_header),
  };
}

/** The configuration that was written, with what `known` says beyond the form. */
export function configOf(draft: HttpDraft, known: unknown): Record<string, unknown> {
  const before = recordOf(known);
  const { query: numbers } = before;
  const query = written(draft.query).map(({ name, value }) => {
    const was = recordOf(numbers)[name];
    // A number stays one.
    return [name, String(was) === value ? was : value];
  });
  const headers = written(draft.headers).map(({ name, value }) => [name, value]);
  const secrets = written(draft.secret_headers).map(({ name, value, isSet }) => [
    name,
    isSet && value === '' ? true : value,
  ]);
  const config = {
    ...before,
    method: draft.method,
    url: draft.url.trim(),
    query: mapOf(query),
    headers: mapOf(headers),
    secret_headers: mapOf(secrets),
    body: takesBody(draft.method) ? bodyOf(draft) : undefined,
    timeout_s: draft.timeout_s.trim() === '' ? undefined : Number(draft.timeout_s),
    idempotency_header: draft.idempotency_header.trim() || undefined,
  };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

/** The same as it may be shown: of secrets only that they are set. */
export function withoutSecrets(config: Record<string, unknown>): Record<string, unknown> {
  if (config['secret_headers'] === undefined) return config;
  const names = Object.keys(recordOf(config['secret_headers']));
  return { ...config, secret_headers: Object.fromEntries(names.map((name) => [name, true])) };
}

function bodyDraftOf(body: unknown): Pick<HttpDraft, 'body' | 'template'> {
  if (body === undefined) return { body: 'none', template: '' };
  if (body === 'json') return { body: 'rest', template: '' };
  if (typeof body === 'string') return { body: 'text', template: body };
  return { body: 'json', template: JSON.stringify(body, null, 2) };
}

/** Of a template that is no JSON: nothing. `httpFaults` finds it before. */
function bodyOf({ body, template }: HttpDraft): unknown {
  if (body === 'none') return undefined;
  if (body === 'rest') return 'json';
  if (body === 'text') return template;
  try {
    return JSON.parse(template);
  } catch {
    return undefined;
  }
}

const mapOf = (entries: unknown[][]) =>
  entries.length === 0 ? undefined : (Object.fromEntries(entries) as Record<string, unknown>);

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
