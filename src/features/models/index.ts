export { contextLines, type TurnContext } from './offline/context.ts';
export { OFFLINE_MODEL, offlineModel } from './offline/model.ts';
export type { CompatibleServer } from './openai-compatible.ts';
export { createModels, type ListedModel, type Models, type ModelsConfig } from './registry.ts';
