/** How pg writes parameters, which its types leave out. Its own pg-cursor takes it from there too. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): string | Buffer | null;
}
