const WORDS: Record<string, [string, string]> = {
  stream: ['Stream', 'Streams'],
  team: ['Team', 'Teams'],
  type: ['Type', 'Types'],
  goal: ['Goal', 'Goals'],
  priority: ['Priority', 'Priorities'],
}

/** What a dimension is called: "Team", or its own name with a capital. */
export function dimensionName(dimension: string): string {
  const own = dimension.replace(/^dim\./, '').replaceAll('_', ' ')
  return WORDS[dimension]?.[0] ?? own.charAt(0).toUpperCase() + own.slice(1)
}
