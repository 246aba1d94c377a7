export { jsonSchemaOf } from './json-schema.ts';
export { ADDS, listInput, mcpTool, READS, REPLACES, type McpCall, type McpTool } from './tool.ts';
