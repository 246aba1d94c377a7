import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { ActivityEntry } from './queries.ts';

export const actorNames: Record<ActivityEntry['actor'], MessageDescriptor> = {
  user: msg`You`,
  assistant: msg`An assistant`,
  system: msg`Famulus`,
};

export const levelNames: Record<ActivityEntry['level'], MessageDescriptor> = {
  info: msg`Note`,
  warning: msg`Warning`,
  error: msg`Error`,
};

/** What can be looked for, by the type of its entries. */
export const typeNames: Record<string, MessageDescriptor> = {
  'reminder.set': msg`Reminder set`,
  'reminder.changed': msg`Reminder changed`,
  'reminder.active': msg`Reminder made active`,
  'reminder.paused': msg`Reminder paused`,
  'reminder.completed': msg`Reminder completed`,
  'reminder.cancelled': msg`Reminder cancelled`,
  'reminder.done': msg`Reminder done`,
  'reminder.snoozed': msg`Reminder put off`,
  'reminder.deleted': msg`Reminder deleted`,
  'schedule.missed': msg`Time missed`,
  'alert.raised': msg`Something went wrong`,
  'alert.cleared': msg`Right again`,
  'message.failed': msg`Message not answered`,
  'model.fallback': msg`Another model answered`,
  'delivery.failed': msg`Delivery failed`,
  'auth.signed_in': msg`Signed in`,
  'auth.signed_out': msg`Signed out`,
  'auth.sign_in_failed': msg`Sign-in failed`,
  'auth.password_changed': msg`Password changed`,
  'auth.passkey_added': msg`Passkey added`,
  'auth.passkey_removed': msg`Passkey removed`,
  'token.created': msg`API token made`,
  'token.revoked': msg`API token revoked`,
  'user.created': msg`Account made`,
  'user.updated': msg`Account changed`,
  'settings.changed': msg`Settings changed`,
};

/** Entries whose sentence is always the same, in the language of the page; the server writes English. */
export const sentences: Record<string, MessageDescriptor> = {
  'reminder.set': msg`A reminder was set`,
  'reminder.changed': msg`A reminder was changed`,
  'reminder.active': msg`A reminder was made active again`,
  'reminder.paused': msg`A reminder was paused`,
  'reminder.completed': msg`A reminder was completed`,
  'reminder.cancelled': msg`A reminder was cancelled`,
  'reminder.done': msg`A reminder was done`,
  'reminder.snoozed': msg`A reminder was put off`,
  'reminder.deleted': msg`A reminder was deleted`,
  'auth.sign_in_failed': msg`A sign-in failed`,
  'auth.password_changed': msg`The password was changed`,
};
