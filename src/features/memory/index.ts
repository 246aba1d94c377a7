export { forget } from './forget.ts';
export { createMeaning, type Meaning } from './meaning/meaning.ts';
export { noteUsed, recall, relevantMemories } from './recall.ts';
export { remember } from './remember.ts';
export { memoryTool } from './tools.ts';
