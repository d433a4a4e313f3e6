/** Every page and tab by name, in the order in which they are shown. */
export const PAGE_NAMES = [
  'portfolio',
  'stream-overview',
  'stream-flow',
  'stream-map',
  'stream-work',
  'explore',
  'item',
  'sources',
  'glossary',
  'verify',
]

/**
 * Every page and tab of a portfolio by name: of its first stream and of the item that finished first there.
 * @param {string} origin
 * @returns {Promise<ReadonlyMap<string, string>>} name → path
 */
export async function everyPage(origin) {
  const read = async (path) => {
    const answer = await fetch(origin + path)
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.json()
  }
  const { id } = await read('/api/snapshots/current')
  // The first one that the side bar names.
  const [, stream = ''] = /href="\/streams\/([^"/?]+)/.exec(await (await fetch(`${origin}/`)).text()) ?? []
  const [item] = await read(`/api/snapshots/${id}/metrics/items?stream=${stream}&status=finished&limit=1&format=json`)
  return new Map([
    ['portfolio', '/'],
    ['stream-overview', `/streams/${stream}`],
    ['stream-flow', `/streams/${stream}/flow`],
    ['stream-map', `/streams/${stream}/map`],
    ['stream-work', `/streams/${stream}/work`],
    ['explore', '/explore'],
    ...(item ? [['item', `/items/${encodeURIComponent(item.item_id)}?stream=${stream}`]] : []),
    ['sources', '/sources'],
    ['glossary', '/glossary'],
    ['verify', '/verify'],
  ])
}
