import { queryOptions } from '@tanstack/react-query';
import type { assistant, toolLink } from '#features/assistants/contract.ts';
import { api } from '#web/lib/api.ts';
import { changingItem } from '#web/lib/changing-item.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Assistant = Wire<typeof assistant>;
export type ToolLink = Wire<typeof toolLink>;
export type ToolTerms = Pick<ToolLink, 'is_active' | 'approval' | 'sub_assistant_id'>;

/** As many as an answer holds: hardly anybody has more. */
const MOST = 200;

export const assistantsQuery = paged<Assistant>({
  queryKey: ['assistants', 'list'],
  path: '/api/assistants',
  limit: MOST,
});

export function assistantQuery(id: string) {
  return queryOptions({
    queryKey: ['assistants', 'one', id],
    queryFn: async ({ signal }) => await api.get<Assistant>(`/api/assistants/${id}`, { signal }),
  });
}

export function toolLinksQuery(assistantId: string) {
  return paged<ToolLink>({
    queryKey: ['assistants', 'tools', assistantId],
    path: `/api/assistants/${assistantId}/tools`,
    limit: MOST,
  });
}

export async function refreshAssistants(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['assistants'] });
}

export type AssistantChange = Partial<
  Pick<Assistant, 'name' | 'instructions' | 'model' | 'settings' | 'is_secretary' | 'is_active'>
>;

/** Shown at once as it will be. */
export async function changeAssistant(assistant: Assistant, change: AssistantChange): Promise<void> {
  const request = async () => await api.patch(`/api/assistants/${assistant.id}`, change);
  await changingItem('assistants', assistant, change, request);
}

/** What a link says as a whole, for it replaces what it said before. */
export async function putLink(assistantId: string, toolId: string, terms: ToolTerms): Promise<void> {
  await api.put(`/api/assistants/${assistantId}/tools/${toolId}`, terms);
}
