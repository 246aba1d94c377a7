import type { tool } from '#features/tools/contract.ts';
import { api } from '#web/lib/api.ts';
import { changingItem } from '#web/lib/changing-item.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import { withoutSecrets } from './http/http-draft.ts';
import { recordOf } from './http/pairs.ts';

export type Tool = Wire<typeof tool>;
export type Approval = Tool['approval'];

export const toolsQuery = paged<Tool>({ queryKey: ['tools', 'list'], path: '/api/tools', limit: 200 });

export async function refreshTools(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['tools'] }),
    queryClient.invalidateQueries({ queryKey: ['assistants', 'tools'] }),
  ]);
}

export type ToolChange = Partial<
  Pick<Tool, 'name' | 'description' | 'input_schema' | 'config' | 'approval' | 'is_active'>
>;

/** Shown at once as it will be. */
export async function changeTool(tool: Tool, change: ToolChange): Promise<void> {
  const request = async () => await api.patch(`/api/tools/${tool.id}`, change);
  const { config } = change;
  const shown = config === undefined ? {} : { config: withoutSecrets(recordOf(config)) as Tool['config'] };
  await changingItem('tools', tool, { ...change, ...shown }, request);
}
