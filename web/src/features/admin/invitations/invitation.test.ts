import { expect, test } from 'vitest';
import { stateOf } from './invitation.ts';

const now = Date.parse('2026-11-30T12:00:00Z');

test.each([
  ['open', { used_at: null, expires_at: '2026-11-30T12:00:01Z' }],
  ['over', { used_at: null, expires_at: '2026-11-30T12:00:00Z' }],
  ['used', { used_at: '2026-11-29T00:00:00Z', expires_at: '2026-11-29T12:00:00Z' }],
] as const)('an invitation is %s', (state, invitation) => {
  expect(stateOf(invitation, now)).toBe(state);
});
