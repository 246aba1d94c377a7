import { ensureToolRows, getTool, type ToolDefinition, type ToolExecutor } from '#features/tools/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { PutToolLink } from './contract.ts';
import {
  insertAssistant,
  lockAssistants,
  selectAssistant,
  selectVisibleAssistant,
  type Assistant,
} from './queries/assistants.ts';
import {
  deleteLink,
  linkAll,
  selectAsking,
  selectBuiltInToolIds,
  selectLinkedTools,
  selectLinks,
  selectSecretaries,
  upsertLink,
  type ToolLink,
} from './queries/tool-links.ts';
import { writableAssistant } from './service.ts';
import { closesCircle } from './sub-assistants.ts';
import { tellChanged } from './tell.ts';

/** Lets an assistant use a tool, on these terms. */
export async function putToolLink(
  tx: Tx,
  userId: string,
  ids: { assistant_id: string; tool_id: string },
  input: PutToolLink,
): Promise<ToolLink> {
  const { assistant_id, tool_id } = ids;
  await lockAssistants(tx.db, userId);
  await writableAssistant(tx, userId, assistant_id);
  const tool = await getTool(tx, userId, tool_id);
  const { sub_assistant_id } = input;
  if (sub_assistant_id !== null) {
    if (tool.tool_type !== 'sub_assistant')
      throw invalidField('sub_assistant_id', 'is only for a sub_assistant tool');
    const found = await selectAssistant(tx.db, userId, sub_assistant_id);
    if (!found) throw invalidField('sub_assistant_id', 'is not one of yours');
  }
  const asked = tool.tool_type === 'sub_assistant' ? (sub_assistant_id ?? tool.assistant_id) : null;
  if (
    asked !== null &&
    closesCircle(await selectAsking(tx.db, userId, ids), { from: assistant_id, to: asked })
  ) {
    throw invalidField('sub_assistant_id', 'would let the assistant ask itself', 'assistants.circle');
  }
  await upsertLink(tx.db, { id: newId(), user_id: userId, ...ids, ...input });
  tellChanged(tx, userId, assistant_id);
  const [link] = await selectLinks(tx.db, assistant_id, { count: 1, toolId: tool_id });
  return link!;
}

/** @throws AppError `assistants.tool_not_linked` */
export async function removeToolLink(
  tx: Tx,
  userId: string,
  assistantId: string,
  toolId: string,
): Promise<void> {
  await writableAssistant(tx, userId, assistantId);
  if (!(await deleteLink(tx.db, assistantId, toolId))) {
    throw new AppError({
      code: 'assistants.tool_not_linked',
      kind: 'not_found',
      message: 'The assistant does not have this tool',
    });
  }
  tellChanged(tx, userId, assistantId);
}

export interface AssistantWithTools extends Assistant {
  tools: ToolDefinition[];
}

/** What a turn needs to know of its assistant; undefined when it is gone. */
export async function assistantWithTools(
  db: Db,
  assistantId: string,
): Promise<AssistantWithTools | undefined> {
  const [assistant, tools] = await Promise.all([
    selectVisibleAssistant(db, assistantId),
    selectLinkedTools(db, assistantId),
  ]);
  return assistant && { ...assistant, tools };
}

/** What every new user has: a secretary with all built-in tools there are. */
export async function giveSecretary(tx: Tx, user: { id: string }): Promise<void> {
  const secretary = await insertAssistant(tx.db, {
    id: newId(),
    user_id: user.id,
    name: 'Secretary',
    is_secretary: true,
  });
  await linkAll(tx.db, [secretary], await selectBuiltInToolIds(tx.db));
}

/**
 * Makes the built-in tools those that this version can run, and gives new ones to every secretary there is. Run at
 * start, by any number of processes, as the system role.
 */
export async function ensureBuiltInTools(tx: Tx, executors: readonly ToolExecutor[]): Promise<void> {
  const added = await ensureToolRows(tx, executors);
  if (added.length > 0) await linkAll(tx.db, await selectSecretaries(tx.db), added);
}
