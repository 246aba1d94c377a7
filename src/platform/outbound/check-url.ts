import { refused } from './failures.ts';

/**
 * An address that may be asked for, as far as it can be told from the address alone; where it leads is checked when the
 * connection is made.
 *
 * @throws AppError `outbound.refused`
 */
export function checkedUrl(text: string | URL, base?: URL): URL {
  const url = URL.parse(String(text), base?.href);
  if (!url)
    throw refused(`‘${shown(String(text))}’ is not an address; it must be like https://example.com/page`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(`Addresses must start with http:// or https://, not ${shown(url.protocol)}`);
  if (url.username !== '' || url.password !== '')
    throw refused(
      `An address must not have a user name or password in it; ask for ${url.protocol}//${url.host}`,
    );
  return url;
}

function shown(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
