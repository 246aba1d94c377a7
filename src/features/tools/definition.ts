import type { JsonValue } from '#platform/db/index.ts';
import type { Tool } from './queries.ts';

/** A tool as an assistant has it: its row, on the terms of the link. */
export interface ToolDefinition {
  id: string;
  name: string;
  tool_type: Tool['tool_type'];
  description: string;
  /** JSON Schema of an object; null for a built-in tool, whose code has it. */
  input_schema: JsonValue;
  config: JsonValue;
  /** The link's, else the tool's. */
  approval: Tool['approval'];
  /** Whom a sub_assistant tool asks. */
  sub_assistant_id: string | null;
}
