export { checkHttpConfig } from './check-config.ts';
export { httpTool } from './http-tool.ts';
export { sealSecrets, secretsColumn, storeSecrets, type SealedConfig } from './secrets.ts';
