/** Whether a text is a port's number. */
export function isPort(text: string): boolean {
  const port = Number(text);
  return /^\d{1,5}$/.test(text.trim()) && port >= 1 && port <= 65535;
}
