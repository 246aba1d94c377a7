import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { Delivery, Notification } from './queries.ts';

export const kindNames: Record<Notification['kind'], MessageDescriptor> = {
  reminder: msg`Reminder`,
  task: msg`Task`,
  approval: msg`Approval`,
  draft: msg`Draft`,
  system: msg`Message`,
};

export const channelNames: Record<Delivery['channel'], MessageDescriptor> = {
  web: msg`This app`,
  redis: msg`Redis queue`,
};

export const deliveryStates: Record<Delivery['status'], MessageDescriptor> = {
  pending: msg`waiting`,
  sending: msg`being sent`,
  sent: msg`delivered`,
  uncertain: msg`perhaps delivered`,
  failed: msg`failed`,
  cancelled: msg`cancelled`,
};
