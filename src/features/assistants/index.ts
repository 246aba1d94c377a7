export { activeAssistants, defaultSecretary, findAssistant, ownsAssistant } from './service.ts';
export { assistantWithTools, ensureBuiltInTools } from './tool-links.ts';
