/** Tests, and what only tests need: they may import everything and are imported by nothing else. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('app/_e2e/')
}

export function isTestSupport(path: string): boolean {
  return path.startsWith('data/') || /(?:^|\/)(?:testing|oracle|fixtures)\//.test(path) || /(?:^|\/)fixture\.ts$/.test(path)
}

/** Files that some tool opens by name, so no import needs to lead there. */
export function isEntry(path: string): boolean {
  if (isTest(path) || path.endsWith('.d.ts')) return true
  if (/^[^/]+\.(?:m?ts|m?js)$/.test(path)) return true
  if (/^scripts\/[^/]+\.(?:ts|mjs)$/.test(path)) return true
  return /^app\/(?:.*\/)?(?:page|layout|template|loading|error|global-error|not-found|default|route|icon|opengraph-image|manifest|robots|sitemap)\.tsx?$/.test(
    path,
  )
}
