import { takesBody, type HttpDraft } from './http-draft.ts';
import { written } from './pairs.ts';

export type HttpFault = 'not_json' | 'bad_timeout' | 'no_name' | 'no_value' | 'twice';

/** What can't be sent as it was written, by the path at which the server would speak of it. */
export function httpFaults(draft: HttpDraft): Record<string, HttpFault> {
  const faults: Record<string, HttpFault> = {};
  for (const field of ['query', 'headers', 'secret_headers'] as const) {
    const seen = new Set<string>();
    for (const { name } of written(draft[field])) {
      const path = `config.${field}.${name}`;
      if (name === '') faults[path] = 'no_name';
      else if (seen.has(name)) faults[path] = 'twice';
      seen.add(name);
    }
  }
  for (const { name, value, isSet } of written(draft.secret_headers)) {
    if (!isSet && value === '') faults[`config.secret_headers.${name}`] ??= 'no_value';
  }
  if (takesBody(draft.method) && draft.body === 'json' && !isJson(draft.template))
    faults['config.body'] = 'not_json';
  if (!isTimeout(draft.timeout_s)) faults['config.timeout_s'] = 'bad_timeout';
  return faults;
}

function isTimeout(text: string): boolean {
  const seconds = Number(text);
  return text.trim() === '' || (Number.isInteger(seconds) && seconds >= 1 && seconds <= 60);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
