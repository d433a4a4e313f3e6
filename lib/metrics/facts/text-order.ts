/** Compares two texts as a database sorts them: by their bytes. */
export function inTextOrder(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b))
}
