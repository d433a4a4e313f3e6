export const PAGE_NAMES: readonly string[]
/** Every page and tab of a portfolio by name → path: of its first stream and of one finished item. */
export function everyPage(origin: string): Promise<ReadonlyMap<string, string>>
