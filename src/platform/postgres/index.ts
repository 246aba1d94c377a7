export {
  startEmbeddedPostgres,
  type Connection,
  type EmbeddedPostgres,
  type ServerExit,
} from './embedded.ts';
export type { EmbeddedPostgresOptions } from './options.ts';
