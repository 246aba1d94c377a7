import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

/** What a token may reach; what is not known here is called as the server calls it. */
export const areaNames: Record<string, MessageDescriptor> = {
  reminders: msg`Reminders`,
  tasks: msg`Tasks`,
  chat: msg`Chat`,
  calendar: msg`Calendar`,
  dialogs: msg`Dialogs`,
  memory: msg`Memory`,
  notifications: msg`Notifications`,
  settings: msg`Settings`,
};

export const rightNames: Record<string, MessageDescriptor> = {
  read: msg`Read`,
  write: msg({ context: 'a right', message: 'Change' }),
};
