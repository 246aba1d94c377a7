export interface EmbeddedPostgresOptions {
  /** Made when it isn't there; PostgreSQL's part is `<dataDir>/postgres`. */
  dataDir: string;
  /** The superuser's, one line. One that differs from the last start's is set anew, when no other process runs it. */
  password: string;
  /** PostgreSQL's own log, line by line: server events, no statements and no data. */
  log?: (line: string) => void;
  /** What takes longer than a moment, for a person to read. */
  progress?: (text: string) => void;
  /** As root: where the programs are copied to when the server's user can't reach them. */
  cacheDir?: string;
}
