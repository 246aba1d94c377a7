export { weatherTool } from './tools.ts';
