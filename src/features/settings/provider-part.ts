import type { Db, JsonValue, Tx } from '#platform/db/index.ts';
import type { SettingsPatch, ShownSettings } from './contract.ts';

type Changes = NonNullable<SettingsPatch['providers']>;

/** What changed, by its name; never a key. */
export type Written = Record<string, { old: JsonValue; new: JsonValue }>;

/** The providers of models as settings: kept, sealed and told of by whoever has the models. */
export interface ProviderPart<Sealed = unknown> {
  /** What the environment says, where nothing is set. */
  environment: { default_model: string; embedding_model: string | null };
  read(db: Db): Promise<ShownSettings['providers']>;
  /** Before the transaction. */
  seal(changes: Changes): Promise<Sealed>;
  write(tx: Tx, sealed: Sealed): Promise<Written>;
  /** Throws a 422 for a model whose provider is not reached by what is set in this transaction. */
  check(db: Db, wanted: { path: string; model: string }[]): Promise<void>;
  /** Resolves when what was committed is in force in this process. */
  applied(): Promise<void>;
}
