import type { Database, Db, Tx } from '#platform/db/index.ts';
import type { EncryptedColumn, Encryption } from '#platform/encryption/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import type { AmendedProblems } from '#platform/http/app.ts';
import type { Route } from '#platform/http/route.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import type { McpTool } from '#platform/mcp/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';

/** What every feature is made with. */
export interface FeatureContext {
  database: Database;
  signals: Signals;
  log: Logger;
  encryption: Encryption;
  /** The way out for addresses that a user or a model can choose. */
  outbound: Outbound;
}

/** Work of one lane scope (the part of a lane's key before the colon), done by the service that names the scope. */
export interface LaneWork {
  scope: string;
  handlers: LaneHandler[];
}

/** One of the first steps with Famulus, done once. */
export interface ChecklistItem {
  /** What screens know it by. */
  id: string;
  /** Default: everybody. */
  for?: 'admin';
  /** `db` reads as the user. */
  isDone(about: { db: Db; user_id: string }): Promise<boolean>;
}

/**
 * A feature as the program sees it: what it offers to HTTP and to the services. Made once at start by its
 * `feature.ts` and listed in `app/features.ts`.
 */
export interface Feature {
  name: string;
  routes?: Route[];
  /** What MCP clients may call at `/mcp`. */
  mcp?: McpTool[];
  lanes?: LaneWork[];
  /** How errors below its paths differ from the others. */
  problems?: AmendedProblems;
  /** The first steps it has for users or admins. */
  checklist?: ChecklistItem[];
  /** Its columns of sealed values (`protect_sealed` in a migration): what a rotation of keys goes through. */
  encrypted?: EncryptedColumn[];
  /** Runs in the transaction that creates a user: what every new user has. */
  onUserCreated?(tx: Tx, user: { id: string; timezone: string; locale: string }): Promise<void>;
  /** Runs in the transaction in which a user's time zone becomes another. */
  onTimezoneChanged?(tx: Tx, user: { id: string; timezone: string }): Promise<void>;
  /** Ends what it holds open beside the database; the process stops. */
  close?(): Promise<void>;
  /** Removes what is past its age; run about once an hour by the scheduler service. */
  prune?(now: Date): Promise<void>;
}
