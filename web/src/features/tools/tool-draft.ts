import type { Approval, Tool, ToolChange } from './tool.ts';

/** A tool of one's own as its form has it. */
export interface ToolDraft {
  name: string;
  description: string;
  assistant_id: string;
  approval: Approval;
  /** JSON; empty for the tool's own. */
  schema: string;
}

export const emptyTool: ToolDraft = {
  name: '',
  description: '',
  assistant_id: '',
  approval: 'auto',
  schema: '',
};

export function draftOf({ name, description, assistant_id, approval, input_schema }: Tool): ToolDraft {
  return {
    name,
    description,
    assistant_id: assistant_id ?? '',
    approval,
    schema: input_schema === null ? '' : JSON.stringify(input_schema, null, 2),
  };
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

type Written = Required<Pick<ToolChange, 'name' | 'description' | 'approval' | 'input_schema'>>;

export function toolOf(draft: ToolDraft): Written {
  const read = readSchema(draft.schema);
  const input_schema = 'schema' in read ? (read.schema as Tool['input_schema']) : null;
  const { name, description, approval } = draft;
  return { name: name.trim(), description: description.trim(), approval, input_schema };
}

/** What of it was changed, as PATCH takes it. */
export function changeOf(before: ToolDraft, after: ToolDraft): ToolChange {
  const [was, is] = [toolOf(before), toolOf(after)];
  const fields = (['name', 'description', 'approval', 'input_schema'] as const).filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  return Object.fromEntries(fields.map((field) => [field, is[field]]));
}
