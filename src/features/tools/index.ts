export { defineDatabaseTool, type ToolContext, type ToolExecutor } from './executor.ts';
export type { Tool } from './queries.ts';
export { ensureToolRows, getTool } from './service.ts';
