import { invalidField } from '#platform/errors/index.ts';

const SHORTEST = 8;
const LONGEST = 256;

let common: Promise<Set<string>> | undefined;

/** Some 50,000 passwords that leaked most often, in lower case: the list of zxcvbn-ts. 5 MB, read when first needed. */
async function commonPasswords(): Promise<Set<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].filter((word) => word.length >= SHORTEST)),
  );
  return await common;
}

/**
 * Refuses a password that is too short or long (8 to 256 characters), known from leaks, or the user's own name or e-mail
 * address (NIST SP 800-63B, 3.1.1.2).
 * @throws AppError 422 with the field's `path`.
 */
export async function checkNewPassword(
  password: string,
  owner: { email?: string | null | undefined; name?: string | null | undefined },
  path = 'password',
): Promise<void> {
  const refuse = (message: string) => invalidField(path, message, 'auth.weak_password');
  const normal = password.normalize('NFC');
  const length = Array.from(normal).length;
  if (length < SHORTEST) throw refuse(`must have at least ${SHORTEST} characters`);
  if (length > LONGEST) throw refuse(`must have at most ${LONGEST} characters`);
  const plain = normal.toLowerCase();
  if (new Set(plain).size < 3) throw refuse('must not be the same few characters over and over');
  const own = [owner.email, owner.email?.split('@')[0], owner.name];
  if (own.some((word) => word?.normalize('NFC').toLowerCase() === plain)) {
    throw refuse('must not be your name or e-mail address');
  }
  if ((await commonPasswords()).has(plain)) {
    throw refuse('is in the lists of passwords that have leaked; choose another');
  }
}
