import type { webhook, webhookDelivery, webhookWithSecret } from '#features/webhooks/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Webhook = Wire<typeof webhook>;
export type WebhookWithSecret = Wire<typeof webhookWithSecret>;
export type WebhookDelivery = Wire<typeof webhookDelivery>;

/** What a person sets of one. */
export interface WebhookDraft {
  url: string;
  description: string;
  events: string[];
}

export const webhooksQuery = paged<Webhook>({ queryKey: ['webhooks', 'list'], path: '/api/webhooks' });

export function deliveriesQuery(id: string) {
  const query = paged<WebhookDelivery>({
    queryKey: ['webhooks', 'deliveries', id],
    path: `/api/webhooks/${id}/deliveries`,
    limit: 20,
  });
  // Attempts are no events: who looks at them sees them go on.
  return { ...query, refetchInterval: 3_000 };
}

async function changed<T>(work: Promise<T>): Promise<T> {
  const result = await work;
  void queryClient.invalidateQueries({ queryKey: ['webhooks'] });
  return result;
}

export const webhooksApi = {
  create: async (draft: WebhookDraft) => await changed(api.post<WebhookWithSecret>('/api/webhooks', draft)),
  update: async (id: string, change: Partial<WebhookDraft> & { is_active?: boolean }) =>
    await changed(api.patch<Webhook>(`/api/webhooks/${id}`, change)),
  remove: async (id: string) => await changed(api.delete(`/api/webhooks/${id}`)),
  rotate: async (id: string) =>
    await changed(api.post<WebhookWithSecret>(`/api/webhooks/${id}/rotate-secret`)),
  test: async (id: string) => await changed(api.post<WebhookDelivery>(`/api/webhooks/${id}/test`)),
  replay: async (id: string, deliveryId: string) =>
    await changed(api.post<WebhookDelivery>(`/api/webhooks/${id}/deliveries/${deliveryId}/replay`)),
};
