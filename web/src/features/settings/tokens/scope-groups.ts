/** Scopes of one area, e.g. `reminders`. */
export interface ScopeGroup {
  area: string;
  /** `read`, `write`: what of it there is to give. */
  rights: string[];
}

/** `reminders:read` and `reminders:write` side by side, in the order they come. */
export function scopeGroups(scopes: readonly string[]): ScopeGroup[] {
  const groups = new Map<string, string[]>();
  for (const scope of scopes) {
    const [area = scope, right = ''] = scope.split(':');
    groups.set(area, [...(groups.get(area) ?? []), right]);
  }
  return [...groups].map(([area, rights]) => ({ area, rights }));
}
