import { z } from 'zod';

const words = new Map([
  ...['true', '1', 'yes'].map((word) => [word, true] as const),
  ...['false', '0', 'no'].map((word) => [word, false] as const),
]);

/** `true`, `1`, `yes`, `false`, `0` or `no`, in any case. */
export const booleanValue = z.string().transform((text, context) => {
  const value = words.get(text.toLowerCase());
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: 'must be true or false' });
  return z.NEVER;
});

/** A whole number within limits, both included. */
export function integerValue(min: number, max: number) {
  return z.string().transform((text, context) => {
    const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${min} to ${max}` });
    return z.NEVER;
  });
}

/** A TCP port; 0 lets the system choose one. */
export const portValue = integerValue(0, 65_535);

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time span such as `500ms`, `10s`, `15m`, `1.5h` or `30d`, as milliseconds. */
export const durationValue = z.string().transform((text, context) => {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,3})?)\s?(ms|s|m|h|d)$/.exec(text.toLowerCase()) ?? [];
  if (amount !== undefined && unit !== undefined) return Math.round(Number(amount) * units[unit]!);
  context.addIssue({ code: 'custom', message: 'must be a time span such as 500ms, 10s, 15m, 2h or 30d' });
  return z.NEVER;
});

/** An http or https address, without the slash at its end, so that a path can be appended. */
export const httpUrlValue = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return text.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'must be an address that starts with http:// or https://' });
  return z.NEVER;
});

/** Words between commas; empty ones are left out. */
export const listValue = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
