/** Address of an item's page. */
export function itemHref(streamId: string, itemId: string): string {
  return `/items/${encodeURIComponent(itemId)}?stream=${encodeURIComponent(streamId)}`
}
