export { contextLines } from './offline/context.ts';
export { createModels, type Models, type ModelSettings } from './registry.ts';
export { estimateTokens } from './tokens.ts';
export { createEmbeddings } from './embeddings.ts';
