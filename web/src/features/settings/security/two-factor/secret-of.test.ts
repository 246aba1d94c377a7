import { expect, test } from 'vitest';
import { inFours, secretOf } from './secret-of.ts';

test('the secret is read from the address and grouped to be typed', () => {
  const secret = secretOf(
    'otpauth://totp/Famulus:ann%40example.test?secret=JBSWY3DPEHPK3PXP7A&issuer=Famulus',
  );
  expect(secret).toBe('JBSWY3DPEHPK3PXP7A');
  expect(inFours(secret)).toBe('JBSW Y3DP EHPK 3PXP 7A');
  expect(inFours('')).toBe('');
});
