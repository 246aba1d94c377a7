export type { ToolDefinition } from './definition.ts';
export {
  defineDatabaseTool,
  defineOutsideTool,
  defineRowTool,
  Tainted,
  type CallTraits,
  type DatabaseTool,
  type OutsideCall,
  type OutsideTool,
  type ToolAnswer,
  type ToolContext,
  type ToolExecutor,
} from './executor.ts';
export { httpTool } from './http/index.ts';
export type { Tool } from './queries.ts';
export { ensureToolRows, getTool } from './service.ts';
