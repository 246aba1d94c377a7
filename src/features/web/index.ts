export { webTool } from './tools.ts';
