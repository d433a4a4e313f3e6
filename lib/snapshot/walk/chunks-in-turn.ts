import type { Builder } from '../../engine/duckdb/builder'
import type { Chunk } from '../../engine/duckdb/chunks'
import type { Sql } from '../../engine/sql'

interface Begun {
  readonly chunks: AsyncGenerator<Chunk>
  readonly first: Promise<IteratorResult<Chunk>>
}

/**
 * The chunks of one result after the other. Until its first one a query sorts all of its rows.
 * @param isAhead whether that is begun while the result before is read, with the rows of both in memory
 */
export async function* chunksInTurn(builder: Builder, queries: readonly Sql[], isAhead: boolean): AsyncGenerator<Chunk> {
  let next = isAhead ? begin(builder, queries[0]) : undefined
  try {
    for (const [place, query] of queries.entries()) {
      if (!next) yield* builder.chunks(query)
      else {
        const { chunks, first }: Begun = next
        const { done, value } = await first
        next = begin(builder, queries[place + 1])
        if (!done) yield value
        yield* chunks
      }
    }
  } finally {
    await next?.first.catch(() => undefined)
  }
}

function begin(builder: Builder, query: Sql | undefined): Begun | undefined {
  if (!query) return undefined
  const chunks = builder.chunks(query)
  const first = chunks.next()
  first.catch(() => undefined)
  return { chunks, first }
}
