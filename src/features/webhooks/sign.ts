import { Webhook } from 'standardwebhooks';

export interface Signed {
  /** The message's. */
  id: string;
  body: string;
  /** Of this attempt. */
  at: Date;
  /** The one in use first. */
  secrets: readonly string[];
}

/** The headers of the Standard Webhooks specification, with a signature by each secret. */
export function signatureHeaders({ id, body, at, secrets }: Signed): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
