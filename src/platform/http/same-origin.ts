import { AppError } from '#platform/errors/index.ts';

export interface SameOriginRules {
  /** The address people open; undefined when it is whatever they say in `Host`. */
  publicUrl: string | undefined;
  /** Origins that may call without a cookie. */
  corsOrigins: readonly string[];
}

interface Asked {
  method: string;
  headers: Headers;
  /** Host and port as the client addressed it. */
  host: string | undefined;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site makes a browser do in its user's name (CSRF), log-in included. Browsers say where a
 * request comes from in `Sec-Fetch-Site` and `Origin`; what has neither is no browser, unless it is an old one, which
 * can't be made to send JSON, no content type at all or another verb than POST. A bearer token is never sent unasked.
 * @throws AppError 403 `csrf.origin`
 */
export function requireSameOrigin({ method, headers, host }: Asked, rules: SameOriginRules): void {
  if (safe.has(method) || /^bearer /i.test(headers.get('authorization') ?? '')) return;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const hasCookie = headers.has('cookie');
  if (site === null && origin === null) {
    if (!hasCookie || method !== 'POST' || !isForm(headers)) return;
    throw foreign(
      'this request carries a cookie but no Origin: send JSON, an Origin header or a bearer token',
    );
  }
  if (!hasCookie && origin !== null && rules.corsOrigins.includes(origin)) return;
  const fromUs = site === null || site === 'same-origin' || site === 'none';
  if (fromUs && (origin === null || isOwn(origin, host, rules.publicUrl))) return;
  throw foreign(`a page of ${origin ?? 'another site'} may not do this`);
}

/** Whether pages of this origin are ours. */
export function isOwn(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  const url = URL.parse(origin);
  if (!url) return false;
  if (publicUrl !== undefined && url.origin === new URL(publicUrl).origin) return true;
  // A host is without its protocol's port in Origin, and may be with it in Host.
  return host !== undefined && url.host === URL.parse(`${url.protocol}//${host}`)?.host;
}

/** Whether a form can have sent this: each has a content type, and none that of JSON. */
function isForm(headers: Headers): boolean {
  const type = headers.get('content-type');
  return type !== null && !/^application\/json\b/i.test(type);
}

function foreign(message: string): AppError {
  return new AppError({ code: 'csrf.origin', kind: 'forbidden', message });
}
