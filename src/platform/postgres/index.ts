export {
  startEmbeddedPostgres,
  type Connection,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type ServerExit,
} from './embedded.ts';
