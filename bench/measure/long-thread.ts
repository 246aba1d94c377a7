import { newId } from '#platform/ids/index.ts';
import type { BrowserAccount } from '#test/browser-account.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import type { Program } from '#test/program.ts';

const replies = [
  'Noted. I will remind you on **Monday at 9:00**.',
  'Three things are due today:\n\n- water the plants\n- call the dentist\n- send the invoice\n\nShall I move any of them?',
  'Here is what you asked for:\n\n```ts\nexport const answer = 42;\n```\n\nIt needs nothing else.',
  'That is not in your calendar. The next free hour is tomorrow at 15:00, and after that on Thursday.',
];

/** A thread of so many messages, questions and replies in turn, over the last weeks; `last` is the text of the newest. */
export async function fillThread(
  program: Program,
  { email }: BrowserAccount,
  count: number,
): Promise<{ threadId: string; last: string }> {
  const threadId = newId();
  const last = `reply number ${count}, the newest`;
  const owner = await connectToEmbedded(program);
  try {
    await owner.query(
      `insert into threads (id, user_id, assistant_id, title, next_seq)
       select $1, u.id, a.id, 'A long thread', $2
       from users u join assistants a on a.user_id = u.id and a.is_secretary where u.email = $3`,
      [threadId, count + 1, email],
    );
    await owner.query(
      `insert into messages (id, thread_id, user_id, turn_id, seq, role, parts, status, channel, created_at)
       select gen_random_uuid(), t.id, t.user_id, md5(t.id::text || (n + 1) / 2)::uuid, n,
         case when n % 2 = 1 then 'user' else 'assistant' end,
         jsonb_build_array(jsonb_build_object('type', 'text', 'text',
           case when n = $2 then $3 when n % 2 = 1 then 'Question number ' || n
             else ($4::text[])[1 + (n / 2) % 4] end)),
         'complete', 'web', now() - make_interval(mins => ($2 - n) * 7)
       from threads t, generate_series(1, $2::int) n where t.id = $1`,
      [threadId, count, last, replies],
    );
  } finally {
    await owner.end();
  }
  return { threadId, last };
}
