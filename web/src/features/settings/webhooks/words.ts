import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { WebhookDelivery } from './webhooks-api.ts';

export const statusNames: Record<WebhookDelivery['status'], MessageDescriptor> = {
  pending: msg`Waits`,
  sent: msg`Sent`,
  failed: msg`Failed`,
  cancelled: msg`Cancelled`,
};

export const statusColors: Record<WebhookDelivery['status'], string> = {
  pending: 'yellow',
  sent: 'green',
  failed: 'red',
  cancelled: 'gray',
};
