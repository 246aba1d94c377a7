import { describe, expect, test } from 'vitest';
import { constantTimeEqual, deriveSecret, hashToken, newApiToken, newOneTimeToken } from './secrets.ts';

test('an API token carries 256 random bits and its hash', () => {
  const { token, hash } = newApiToken();
  expect(token).toMatch(/^fam_[A-Za-z0-9_-]{43}$/);
  expect(hash).toBe(hashToken(token));
  expect(newApiToken().token).not.toBe(token);
});

test('a one-time token carries as many, and says what it is for', () => {
  const { token, hash } = newOneTimeToken('setup');
  expect(token).toMatch(/^fam_setup_[A-Za-z0-9_-]{43}$/);
  expect(hash).toBe(hashToken(token));
  expect(newOneTimeToken('setup').token).not.toBe(token);
});

test('hashToken is SHA-256 in hex (FIPS 180-2, "abc")', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe('deriveSecret', () => {
  test('is HKDF-SHA256 (RFC 5869, test case 3)', () => {
    const okm = Buffer.from('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d', 'hex');
    expect(deriveSecret('\u000b'.repeat(22), '')).toBe(okm.toString('base64url'));
  });

  test('gives each purpose its own secret, the same every time', () => {
    expect(deriveSecret('key', 'a')).toBe(deriveSecret('key', 'a'));
    expect(deriveSecret('key', 'a')).not.toBe(deriveSecret('key', 'b'));
    expect(deriveSecret('key', 'a')).not.toBe(deriveSecret('other', 'a'));
  });
});

test('constantTimeEqual compares whole strings of any length', () => {
  expect(constantTimeEqual('secret', 'secret')).toBe(true);
  expect(constantTimeEqual('secret', 'secreT')).toBe(false);
  expect(constantTimeEqual('secret', 'secret ')).toBe(false);
  expect(constantTimeEqual('', '')).toBe(true);
});
