import { expect, test } from 'vitest';

import { scopes, systemScopes, userScopes } from './scopes.ts';

test('no scope of the system is one of a user', () => {
  expect(userScopes.filter((scope) => scope.startsWith('system:'))).toEqual([]);
  expect(systemScopes.every((scope) => scope.startsWith('system:'))).toBe(true);
  expect(new Set(scopes).size).toBe(userScopes.length + systemScopes.length);
});
