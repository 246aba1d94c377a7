/** A tool's name as words: `create_reminder` is `Create reminder`. */
export function toolTitle(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
