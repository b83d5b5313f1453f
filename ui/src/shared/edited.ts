/** What of a form was changed, so that it overwrites nothing that somebody else has changed meanwhile. */
export function edited<T extends object>(before: T, now: T): Partial<T> {
  const is_new = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(before[name as keyof T]);
  return Object.fromEntries(Object.entries(now).filter(is_new)) as Partial<T>;
}
