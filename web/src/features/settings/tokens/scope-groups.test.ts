import { expect, test } from 'vitest';
import { scopeGroups } from './scope-groups.ts';

test('the scopes of an area stand together, in their order', () => {
  expect(scopeGroups(['tasks:read', 'chat:read', 'tasks:write'])).toEqual([
    { area: 'tasks', rights: ['read', 'write'] },
    { area: 'chat', rights: ['read'] },
  ]);
});
