export { readEnvFile } from './env-file.ts';
export { defineFragment, type Config } from './fragment.ts';
export { parseConfig, type Environment } from './parse.ts';
export { renderConfigTable, renderEnvExample } from './render.ts';
export { booleanValue, durationValue, httpUrlValue, integerValue, listValue, portValue } from './values.ts';
