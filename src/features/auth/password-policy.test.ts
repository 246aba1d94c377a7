import { expect, test } from 'vitest';
import { checkNewPassword } from './password-policy.ts';

const owner = { email: 'ada.lovelace@example.test', name: 'Ada Lovelace' };

test.each([
  'seven green lanterns',
  'x7#kQ2!p',
  'пароль для чайника',
  'correct horse battery staple',
  'a1b2'.repeat(64),
])('takes %s', async (password) => {
  await expect(checkNewPassword(password, owner)).resolves.toBeUndefined();
});

test.each([
  ['short', 'at least 8'],
  ['👍👍👍👍👍👍👍', 'at least 8'],
  ['a1b2'.repeat(64) + 'x', 'at most 256'],
  ['password123', 'leaked'],
  ['Password123', 'leaked'],
  ['qwertyuiop', 'leaked'],
  ['aaaaaaaaaa', 'over and over'],
  ['Ada.Lovelace@example.test', 'name or e-mail'],
  ['ada lovelace', 'name or e-mail'],
  ['ADA.LOVELACE', 'name or e-mail'],
])('refuses %s', async (password, why) => {
  await expect(checkNewPassword(password, owner, 'newPassword')).rejects.toMatchObject({
    code: 'auth.weak_password',
    kind: 'invalid',
    problems: [{ path: 'newPassword', message: expect.stringContaining(why) }],
  });
});
