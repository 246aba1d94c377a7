import { AppError } from '#platform/errors/index.ts';

interface Identity {
  email: string | null;
  telegram_id: number | null;
}

/** What is unique of a user, by the index that says so. */
const unique: Record<string, { code: string; path: keyof Identity; name: string }> = {
  users_email_key: { code: 'users.email_taken', path: 'email', name: 'the e-mail address' },
  users_telegram_id_key: { code: 'users.telegram_id_taken', path: 'telegram_id', name: 'the Telegram id' },
};

/**
 * Runs a write of `users`. PostgreSQL alone can say that nobody else has the address at this very moment.
 * @throws AppError `users.email_taken`, `users.telegram_id_taken`: the transaction is over then.
 */
export async function orTaken<T>(write: () => Promise<T>, identity: Identity): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const taken = unique[(error as { constraint?: string }).constraint ?? ''];
    if (!taken) throw error;
    const { code, path, name } = taken;
    throw new AppError({
      code,
      kind: 'conflict',
      message: `There is already a user with ${name} ${identity[path]}`,
      problems: [{ path, message: 'is taken' }],
      cause: error,
    });
  }
}
