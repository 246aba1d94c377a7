export { forget, recall, relevantMemories, remember } from './recall.ts';
export { memoryTool } from './tools.ts';
