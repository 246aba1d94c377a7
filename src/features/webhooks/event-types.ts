import { eventTypes, type EventType } from './contract.ts';

/** Not told to webhooks: it is about them. */
export const WEBHOOK_UPDATED = 'webhook.updated';

/** Of what a test sends. */
export const TEST_EVENT = 'webhook.test';

const scopes: Record<string, string> = {
  reminder: 'reminders:read',
  schedule: 'reminders:read',
  notification: 'notifications:read',
  delivery: 'notifications:read',
  alert: 'notifications:read',
  message: 'chat:read',
  tool: 'chat:read',
  approval: 'chat:read',
  thread: 'chat:read',
  execution: 'tasks:read',
  draft: 'dialogs:read',
  calendar: 'calendar:read',
  memory: 'memory:read',
};

/** What one must be allowed to read to have events sent: else a webhook would tell a token's maker more than the token. */
export function scopesOfEvents(events: readonly (EventType | '*')[]): Set<string> {
  const types: readonly (EventType | '*')[] = events.includes('*') ? eventTypes : events;
  return new Set(types.map((type) => scopes[type.slice(0, type.indexOf('.'))] ?? 'settings:read'));
}
