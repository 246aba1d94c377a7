export type { Memory } from './queries/memories.ts';
export { forget, recall, relevantMemories, remember, type Fact } from './recall.ts';
export { memoryTool } from './tools.ts';
