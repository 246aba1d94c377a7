export { defineDatabaseTool, type DatabaseTool, type ToolContext, type ToolExecutor } from './executor.ts';
export type { Tool } from './queries.ts';
export { ensureToolRows, getTool, type OwnsAssistant } from './service.ts';
