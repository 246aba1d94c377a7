import type { Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CreateTool, UpdateTool } from './contract.ts';
import type { ToolExecutor } from './executor.ts';
import { storeSecrets, type SealedConfig } from './http/index.ts';
import {
  deleteToolRow,
  insertTool,
  isNameTaken,
  selectTool,
  updateToolRow,
  upsertBuiltInTools,
  type Tool,
} from './queries.ts';

/** Tells the user's screens that a tool of theirs is there, is another, or is gone, from their assistants too. */
function tellChanged(tx: Tx, user_id: string, tool_id: string): void {
  tx.emit({ user_id, type: 'tool.updated', subject: `tool:${tool_id}`, payload: { tool_id } });
}

/** Whether an assistant is this user's own. Answered by the assistants feature, which itself builds on this one. */
export type OwnsAssistant = (tx: Tx, userId: string, assistantId: string) => Promise<boolean>;

/** @throws AppError `tools.not_found` */
export async function getTool(tx: Tx, userId: string, id: string): Promise<Tool> {
  const found = await selectTool(tx.db, userId, id);
  if (!found)
    throw new AppError({ code: 'tools.not_found', kind: 'not_found', message: 'There is no such tool' });
  return found;
}

/** @throws AppError `tools.not_found`, `tools.built_in` */
export async function writableTool(tx: Tx, userId: string, id: string): Promise<Tool> {
  const found = await getTool(tx, userId, id);
  if (found.user_id !== null) return found;
  throw new AppError({
    code: 'tools.built_in',
    kind: 'forbidden',
    message: 'A built-in tool cannot be changed; an assistant uses it or not through its tool link',
  });
}

async function checkName(tx: Tx, userId: string, name: string, except: string | null): Promise<void> {
  if (!(await isNameTaken(tx.db, userId, name, except))) return;
  throw new AppError({
    code: 'tools.name_taken',
    kind: 'conflict',
    message: `There is already a tool named ${name}`,
    problems: [{ path: 'name', message: 'is taken' }],
  });
}

export async function createTool(
  tx: Tx,
  userId: string,
  { input_schema, config, ...fields }: CreateTool,
  { ownsAssistant, prepared }: { ownsAssistant: OwnsAssistant; prepared: SealedConfig | undefined },
): Promise<Tool> {
  await checkName(tx, userId, fields.name, null);
  if (fields.assistant_id !== null && !(await ownsAssistant(tx, userId, fields.assistant_id))) {
    throw invalidField('assistant_id', 'is not one of yours');
  }
  const id = newId();
  tellChanged(tx, userId, id);
  const made = await insertTool(tx.db, {
    id,
    user_id: userId,
    ...fields,
    input_schema: input_schema && JSON.stringify(input_schema),
    config: JSON.stringify(prepared?.config ?? config),
  });
  if (prepared) await storeSecrets(tx, { user_id: userId, tool_id: id }, prepared);
  return made;
}

export async function updateTool(
  tx: Tx,
  userId: string,
  id: string,
  change: UpdateTool,
  prepared: SealedConfig | undefined,
): Promise<Tool> {
  const current = await writableTool(tx, userId, id);
  const { input_schema, config, ...fields } = change;
  if (fields.name !== undefined) await checkName(tx, userId, fields.name, id);
  if (Object.keys(change).length === 0) return current;
  tellChanged(tx, userId, id);
  if (prepared) await storeSecrets(tx, { user_id: userId, tool_id: id }, prepared);
  const written = prepared?.config ?? config;
  return await updateToolRow(tx.db, id, {
    ...fields,
    ...(input_schema !== undefined && { input_schema: input_schema && JSON.stringify(input_schema) }),
    ...(written !== undefined && { config: JSON.stringify(written) }),
  });
}

export async function deleteTool(tx: Tx, userId: string, id: string): Promise<void> {
  await writableTool(tx, userId, id);
  await deleteToolRow(tx.db, id);
  tellChanged(tx, userId, id);
}

/** Brings the built-in tools' rows to what this version can run; returns the ids of new ones. For the system role. */
export async function ensureToolRows(tx: Tx, executors: readonly ToolExecutor[]): Promise<string[]> {
  const rows = executors.flatMap(({ tool_type, description }) =>
    description === undefined ? [] : [{ id: newId(), name: tool_type, tool_type, description }],
  );
  return rows.length === 0 ? [] : await upsertBuiltInTools(tx.db, rows);
}
