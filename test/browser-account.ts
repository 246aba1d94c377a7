import type { Page } from 'playwright-core';
import type { Program } from './program.ts';

export const PASSWORD = 'seven green lanterns';

export interface BrowserAccount {
  email: string;
  password: string;
}

let made = 0;

/** An account of the program that signs in with its password. */
export async function makeAccount(
  program: Pick<Program, 'makeAccount'>,
  { name = 'Ann', timezone = 'Europe/Berlin', admin = false } = {},
): Promise<BrowserAccount> {
  const email = `${name.toLowerCase()}-${process.pid}-${++made}@example.test`;
  const role = admin ? ('admin' as const) : ('member' as const);
  await program.makeAccount({ account: { email, name, timezone, role }, password: PASSWORD });
  return { email, password: PASSWORD };
}

/** Signs the page's browser in without the sign-in page, for tests of what is behind it. */
export async function signInPage(page: Page, program: Program, account: BrowserAccount): Promise<void> {
  const answer = await page.request.post(`${program.url}/api/auth/sign-in/email`, {
    data: account,
    headers: { origin: program.url },
  });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
}

/** A page of somebody signed in, at `path`. */
export async function openSignedIn(
  page: Page,
  program: Program,
  account: BrowserAccount,
  path = '/',
): Promise<void> {
  await signInPage(page, program, account);
  await page.goto(`${program.url}${path}`);
}
