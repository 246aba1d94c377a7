export { forget } from './forget.ts';
export { createMeaning, type Meaning } from './meaning/meaning.ts';
export { recall, relevantMemories } from './recall.ts';
export { remember } from './remember.ts';
export { memoryTool } from './tools.ts';
