/** Powerful features no page of ours needs. */
const NO_FEATURES = ['camera', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * Headers of every answer that doesn't bring its own: nothing may be run, framed, guessed or embedded elsewhere.
 * `https`: the address people open is https, and stays so for a year.
 */
export function securityHeaders({ https }: { https: boolean }): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': NO_FEATURES,
    ...(https && { 'strict-transport-security': 'max-age=31536000' }),
  };
}
