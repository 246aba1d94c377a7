export type { KnowsModel } from './models.ts';
export type { Assistant } from './queries/assistants.ts';
export type { LinkedTool } from './queries/tool-links.ts';
export { defaultSecretary, findAssistant, ownsAssistant } from './service.ts';
export { assistantWithTools, ensureBuiltInTools, type AssistantWithTools } from './tool-links.ts';
