export { contextLines } from './offline/context.ts';
export { OFFLINE_MODEL } from './offline/model.ts';
export { createModels, type Models } from './registry.ts';
