import { configOf, httpDraftOf, type HttpDraft } from './http/http-draft.ts';
import type { Approval, Tool, ToolChange } from './tool.ts';

/** A tool of one's own as its form has it. */
export interface ToolDraft {
  tool_type: Tool['tool_type'];
  name: string;
  description: string;
  /** Whom a tool of type `sub_assistant` asks. */
  assistant_id: string;
  /** What a tool of type `http` calls. */
  http: HttpDraft;
  approval: Approval;
  /** JSON; empty for the tool's own. */
  schema: string;
}

export const emptyTool: ToolDraft = {
  tool_type: 'sub_assistant',
  name: '',
  description: '',
  assistant_id: '',
  http: httpDraftOf({}),
  approval: 'auto',
  schema: '',
};

export function draftOf(tool: Tool): ToolDraft {
  const { tool_type, name, description, assistant_id, approval, input_schema, config } = tool;
  return {
    tool_type,
    name,
    description,
    assistant_id: assistant_id ?? '',
    http: httpDraftOf(tool_type === 'http' ? config : {}),
    approval,
    schema: input_schema === null ? '' : JSON.stringify(input_schema, null, 2),
  };
}

/** Whether there is enough of it to be sent. */
export function isWhole(
  { tool_type, name, description, assistant_id, http }: ToolDraft,
  { isNew }: { isNew: boolean },
): boolean {
  if (name.trim() === '' || description.trim() === '') return false;
  if (!isNew) return true;
  if (tool_type === 'sub_assistant') return assistant_id !== '';
  return tool_type !== 'http' || http.url.trim() !== '';
}

export type SchemaFault = 'not_json' | 'not_an_object';

/** The schema that was written; what is wrong with it is for the server to say beyond its being an object. */
export function readSchema(
  text: string,
): { schema: Record<string, unknown> | null } | { fault: SchemaFault } {
  if (text.trim() === '') return { schema: null };
  try {
    const schema: unknown = JSON.parse(text);
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
      return { fault: 'not_an_object' };
    return { schema: schema as Record<string, unknown> };
  } catch {
    return { fault: 'not_json' };
  }
}

type Written = Required<Pick<ToolChange, 'name' | 'description' | 'approval' | 'input_schema'>> &
  Pick<ToolChange, 'config'>;

/** `known`: the configuration as it is, of which the form shows only a part. */
function writtenOf(draft: ToolDraft, known: unknown): Written {
  const read = readSchema(draft.schema);
  const input_schema = 'schema' in read ? (read.schema as Tool['input_schema']) : null;
  const { name, description, approval } = draft;
  return {
    name: name.trim(),
    description: description.trim(),
    approval,
    input_schema,
    ...(draft.tool_type === 'http' && { config: configOf(draft.http, known) }),
  };
}

/** As POST takes it. */
export function newToolOf(draft: ToolDraft): object {
  const { tool_type } = draft;
  const assistant_id = tool_type === 'sub_assistant' ? draft.assistant_id : null;
  return { ...writtenOf(draft, {}), tool_type, assistant_id };
}

/** What of it was changed, as PATCH takes it. `known`: the configuration as it is. */
export function changeOf(before: ToolDraft, after: ToolDraft, known: unknown): ToolChange {
  const [was, is] = [writtenOf(before, known), writtenOf(after, known)];
  const fields = (['name', 'description', 'approval', 'input_schema', 'config'] as const).filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  return Object.fromEntries(fields.map((field) => [field, is[field]]));
}

/** Whether secrets are other ones: what they were nobody can bring back. */
export function changesSecrets(before: ToolDraft, after: ToolDraft): boolean {
  const [was, is] = [before, after].map((draft) =>
    draft.http.secret_headers.map(({ name, value }) => [name, value]),
  );
  return JSON.stringify(was) !== JSON.stringify(is);
}
