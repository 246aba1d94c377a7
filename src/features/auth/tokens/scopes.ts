/** What a user's own tokens may do; a token made without scopes has them all. */
export const userScopes = [
  'reminders:read',
  'reminders:write',
  'tasks:read',
  'tasks:write',
  'chat:read',
  'chat:write',
  'calendar:read',
  'calendar:write',
  'dialogs:read',
  'dialogs:write',
  'memory:read',
  'memory:write',
  'notifications:read',
  'notifications:write',
  'settings:read',
  'settings:write',
] as const;

/** What reaches beyond one user. Never implied: a token has them only when they were asked for by name. */
export const systemScopes = ['system:read', 'system:reminders', 'system:admin'] as const;

export const scopes = [...userScopes, ...systemScopes] as const;

export type Scope = (typeof scopes)[number];

/** What a session may do that its user has opened, by browser or by program. */
export function scopesOfSession(role: 'admin' | 'member'): Scope[] {
  return role === 'admin' ? [...userScopes, 'system:admin'] : [...userScopes];
}
