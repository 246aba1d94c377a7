/** An access token by password: opens all that is the user's own, and for an admin what is an admin's. */
export async function signIn(
  { url }: { url: string },
  account: { email: string; password: string },
): Promise<string> {
  const response = await fetch(`${url}/api/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: account.email, password: account.password }),
  });
  const answer = (await response.json()) as { access_token?: string };
  if (answer.access_token === undefined) throw new Error(`no access token: ${JSON.stringify(answer)}`);
  return answer.access_token;
}
