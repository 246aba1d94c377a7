import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { JobStatus } from './job.ts';

export const statusNames: Record<JobStatus, MessageDescriptor> = {
  pending: msg`Waits`,
  processing: msg`Runs`,
  failed: msg`Failed`,
  parked: msg`Parked`,
  cancelled: msg`Cancelled`,
  completed: msg`Done`,
};

/** What kind of work it is; others are called by their name. */
export const kindNames: Record<string, MessageDescriptor> = {
  turn: msg`An assistant answers`,
  'memory.embed': msg`Memories are read for their meaning`,
  'reminder.speak': msg`A reminder is said in the chat`,
  'notification.deliver': msg`A notification is delivered`,
  'webhook.deliver': msg`An event is sent to a webhook`,
};
