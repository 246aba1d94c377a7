import type pg from 'pg';

export interface OccurrenceRow {
  id: string;
  reminder_id: string;
  revision: number;
  due_at: Date;
  until: Date | null;
  count: number;
  fired_at: Date | null;
  fate: string;
  /** Not before it was due, by the database's clock to the microsecond. */
  in_time: boolean;
  late_ms: number | null;
}

/** What the tables say about reminders, at one moment at which nothing is under way. */
export interface Tables {
  occurrences: OccurrenceRow[];
  notifications: { id: string; occurrence_id: string; message: string; early: boolean }[];
  /** The notification's occurrence for each; `wrong` of those that are not sent. */
  deliveries: { occurrence_id: string; channel: string; status: string; attempts: number }[];
  messages: { occurrence_id: string; text: string; user_id: string }[];
  /** All that assistants said in main threads, whatever about. */
  said: number;
  /** Occurrences of the live events that tell that a reminder fired. */
  events: string[];
  /** Active schedules without a due row, and due rows without an active schedule or of an older revision. */
  due_differences: string[];
  unfinished_items: string[];
  held_lanes: string[];
  waiting: { due: number; items: number; deliveries: number };
}

async function rows<T extends pg.QueryResultRow>(owner: pg.Client, text: string): Promise<T[]> {
  return (await owner.query<T>(text)).rows;
}

/** What is still on its way; all 0 when everything that was due has come. */
export async function waiting(owner: pg.Client): Promise<Tables['waiting']> {
  const [found] = await rows<Tables['waiting']>(
    owner,
    `select (select count(*)::int from due join reminders using (schedule_id)
              where fire_at < app_now() + interval '1 hour') as due,
            (select count(*)::int from lane_items where finished_at is null) as items,
            (select count(*)::int from deliveries where status in ('pending', 'sending')) as deliveries`,
  );
  return found!;
}

export async function readTables(owner: pg.Client): Promise<Tables> {
  const texts = async (text: string) =>
    (await rows<{ value: string }>(owner, text)).map(({ value }) => value);
  const [said] = await rows<{ count: number }>(
    owner,
    `select count(*)::int from messages m join threads t on t.id = m.thread_id
      where m.role = 'assistant' and t.is_main`,
  );
  return {
    occurrences: await rows(
      owner,
      `select o.*, r.id as reminder_id, o.fired_at is null or o.fired_at >= o.due_at as in_time
        from occurrences o join reminders r using (schedule_id) order by o.due_at`,
    ),
    notifications: await rows(
      owner,
      `select n.id, n.occurrence_id, n.message, n.created_at < o.due_at as early
        from notifications n left join occurrences o on o.id = n.occurrence_id where n.kind = 'reminder'`,
    ),
    deliveries: await rows(
      owner,
      `select n.occurrence_id, d.channel, d.status, d.attempts
        from deliveries d join notifications n on n.id = d.notification_id where n.kind = 'reminder'`,
    ),
    messages: await rows(
      owner,
      `select substr(external_id, 12) as occurrence_id, parts::text as text, user_id from messages
        where external_id like 'occurrence:%'`,
    ),
    said: said!.count,
    events: await texts(
      `select payload ->> 'occurrence_id' as value from events where type = 'reminder.fired'`,
    ),
    due_differences: await texts(
      `select coalesce(s.id, d.schedule_id) || ': ' || coalesce(s.status, 'gone') || ', due ' || coalesce(d.fire_at::text, 'never')
          as value
        from schedules s full join due d on d.schedule_id = s.id
        where (s.status = 'active') is distinct from (d.schedule_id is not null) or s.revision <> d.revision`,
    ),
    unfinished_items: await texts(
      `select lane_key || '#' || seq || ' ' || status || coalesce(': ' || error, '') as value from lane_items
        where finished_at is null or status <> 'completed'`,
    ),
    held_lanes: await texts(
      `select key as value from lanes where leased_by is not null or head_seq is not null`,
    ),
    waiting: await waiting(owner),
  };
}
