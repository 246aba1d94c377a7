/** For a page of ours: scripts and styles are files of this program and nothing else. */
export const PAGE_POLICY = policy("'self'");

/** For a page whose script makes <style> elements: only those that carry this answer's nonce count. */
export function pagePolicy(nonce: string): string {
  return policy(`'self' 'nonce-${nonce}'`);
}

function policy(styles: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
