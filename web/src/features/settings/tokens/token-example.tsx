import { SecretText } from '../secret-text.tsx';

/** A command that works once the token stands in it. */
export function TokenExample() {
  return (
    <SecretText text={`curl -H "Authorization: Bearer $TOKEN" ${location.origin}/api/reminders/scheduled`} />
  );
}
