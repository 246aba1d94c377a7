const pages: Record<string, string> = { reminder: '/reminders', thread: '/chat', assistant: '/assistants' };

/** The page of `<thing>:<id>`, where there is one. */
export function pageOfSubject(subject: string | null): string | undefined {
  const [thing = '', id] = subject?.split(':') ?? [];
  const page = pages[thing];
  return page !== undefined && id ? `${page}/${id}` : undefined;
}

/** The id of the reminder it is about. */
export function reminderOfSubject(subject: string | null): string | undefined {
  return subject?.startsWith('reminder:') ? subject.slice('reminder:'.length) : undefined;
}
