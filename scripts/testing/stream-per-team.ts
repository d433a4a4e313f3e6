interface Stream {
  readonly id: string
  readonly name: string
  readonly sources: readonly { readonly query: string }[]
}

interface PortfolioDocument {
  readonly streams: readonly Stream[]
}

const SIGS = [
  ...[
    'api-machinery',
    'apps',
    'architecture',
    'auth',
    'autoscaling',
    'cli',
    'cloud-provider',
    'cluster-lifecycle',
    'contributor-experience',
  ],
  ...[
    'docs',
    'etcd',
    'instrumentation',
    'multicluster',
    'network',
    'node',
    'release',
    'scheduling',
    'security',
    'storage',
    'testing',
    'ui',
  ],
  'windows',
].map((name) => `sig-${name}`)

/** The portfolio of one stream as one of a stream per SIG: an item belongs to the SIG that owned it last, so that none is counted twice. */
export function streamPerTeam<T extends PortfolioDocument>(portfolio: T): T {
  const [stream] = portfolio.streams
  if (!stream) throw new Error('the portfolio has no stream')
  const streams = SIGS.map((sig) => ({
    ...stream,
    id: sig,
    name: sig,
    sources: stream.sources.map((source) => ({ ...source, query: ownedBy(sig, source.query) })),
  }))
  return { ...portfolio, streams }
}

function ownedBy(sig: string, query: string): string {
  const known = SIGS.map((name) => `'${name}'`).join(', ')
  return `
    WITH shaped AS (${query}),
      owners AS (SELECT item, arg_max(team, "at") AS sig FROM shaped WHERE team IN (${known}) GROUP BY item)
    SELECT shaped.* FROM shaped JOIN owners USING (item) WHERE owners.sig = '${sig}'`
}
