const pages: Record<string, string> = {
  reminder: '/reminders',
  thread: '/chat',
  assistant: '/assistants',
  approval: '/approvals',
};

/** The page of `<thing>:<id>`, where there is one. */
export function pageOfSubject(subject: string | null): string | undefined {
  const [thing = '', id] = subject?.split(':') ?? [];
  const page = pages[thing];
  return page !== undefined && id ? `${page}/${id}` : undefined;
}

/** The id of what it is about, where that is such a thing. */
export function idOfSubject(subject: string | null, thing: 'reminder' | 'approval'): string | undefined {
  return subject?.startsWith(`${thing}:`) ? subject.slice(thing.length + 1) : undefined;
}
