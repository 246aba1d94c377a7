import { PAGE_POLICY } from '#platform/http/page-policy.ts';
import type { RawRoute } from '#platform/http/route.ts';
import { page, script, style } from './page.ts';

function file(path: string, type: string, text: string, headers: Record<string, string> = {}): RawRoute {
  const all = { 'content-type': `${type}; charset=utf-8`, ...headers };
  return { method: 'get', path, handle: () => new Response(text, { headers: all }) };
}

const asPage = (path: string) =>
  file(path, 'text/html', page, { 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-store' });

/** Where one-time links lead: their secret stands behind the `#` and is sent by the page's script alone. */
export const joiningPages: RawRoute[] = [
  asPage('/setup'),
  asPage('/invite'),
  asPage('/reset'),
  file('/joining/page.css', 'text/css', style),
  file('/joining/page.js', 'text/javascript', script),
];
