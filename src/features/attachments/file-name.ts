/** Longest name that is kept, in UTF-16 units. */
const MAX_NAME = 200;

/** Control characters, and those that turn the direction of text round: `photo_gpj.exe` is to look like what it is. */
const misleading = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/gu;

/** A name to show and to save under, from what a client says: of a path its last part, on one line. */
export function fileName(said: string | undefined): string {
  const last =
    (said ?? '')
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const clean = last.replaceAll(misleading, '').trim();
  if (/^\.*$/.test(clean)) return 'file';
  if (clean.length <= MAX_NAME) return clean;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(clean)?.[0] ?? '';
  return clean.slice(0, MAX_NAME - ending.length).toWellFormed() + ending;
}

/** `Content-Disposition` with a name in any script (RFC 6266, RFC 8187). */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const coded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${coded}`;
}
