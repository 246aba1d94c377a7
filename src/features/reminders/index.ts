export { reminderKind } from './fire.ts';
export { reminderTool } from './tools.ts';
