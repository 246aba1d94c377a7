/** The locale of a new account: the browser's, with its region, where it speaks the chosen language. */
export function accountLocale(language: string, tags: readonly string[]): string {
  return tags.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}
