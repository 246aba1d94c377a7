import type { QueryKey } from '@tanstack/react-query';
import { meQuery } from '#web/features/users/me.ts';
import type { LiveEvent } from '#web/lib/live/event.ts';

export interface LiveRule {
  types: readonly string[];
  /** The keys of the queries that the event makes old. */
  refresh(event: LiveEvent): QueryKey[];
}

/** Which events make which queries old. A feature with finer needs listens itself (`useLive`). */
export const liveRules: LiveRule[] = [
  // Another zone moves what goes by the clock.
  { types: ['user.updated'], refresh: () => [meQuery.queryKey, ['reminders'], ['schedules']] },
  { types: ['session.updated'], refresh: () => [['sessions'], ['passkeys'], ['me', 'sign-in-methods']] },
  { types: ['token.updated'], refresh: () => [['tokens']] },
  { types: ['webhook.updated'], refresh: () => [['webhooks']] },
  {
    types: ['reminder.fired', 'reminder.updated', 'schedule.missed'],
    refresh: () => [['reminders'], ['occurrences'], ['schedules'], ['checklist']],
  },
  { types: ['alert.*'], refresh: () => [['alerts'], ['activity'], ['models']] },
  { types: ['notification.*', 'delivery.updated'], refresh: () => [['notifications']] },
  { types: ['approval.*'], refresh: () => [['approvals'], ['activity']] },
  // With the end of a call its approval was used.
  {
    types: ['tool.finished'],
    refresh: () => [
      ['approvals', 'all'],
      ['approvals', 'one'],
    ],
  },
  { types: ['message.completed', 'message.failed'], refresh: () => [['usage']] },
  { types: ['message.created', 'thread.*'], refresh: () => [['threads']] },
  {
    types: ['reminder.updated', 'schedule.missed', 'message.failed', 'delivery.updated', 'settings.changed'],
    refresh: () => [['activity']],
  },
  { types: ['settings.changed'], refresh: () => [['settings'], ['models'], ['checklist']] },
  { types: ['memory.updated'], refresh: () => [['memories'], ['checklist']] },
  {
    types: ['assistant.updated'],
    refresh: () => [['assistants'], ['threads'], ['reminders'], ['checklist']],
  },
  { types: ['mcp_server.updated'], refresh: () => [['mcp-servers'], ['tools']] },
  { types: ['tool.updated'], refresh: () => [['tools'], ['assistants', 'tools']] },
  { types: ['invitation.updated', 'user.updated'], refresh: () => [['invitations'], ['users']] },
];
