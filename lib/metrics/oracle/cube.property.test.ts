import { describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { findMetric } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import { scopeDimension } from '@/lib/model/scope'
import { CUBE_FAMILIES, cubesOf } from '@/lib/snapshot/cubes/cubes'
import { STAGE_LEVELS } from '@/lib/snapshot/cubes/stage-levels'
import type { Snapshot } from '@/lib/snapshot/store'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { enlarged } from '@/lib/testing/enlarged'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'
import type { Question } from './history'

const { seeds, histories, timeout } = runSize()
/** Metrics that take cubes where these cover the scope. */
const CUBED = [
  'cumulative-flow',
  'occupancy',
  'wip',
  'throughput',
  'span-percentiles',
  'span-density',
  'span-histogram',
  'predictability',
  'change',
  'flow-efficiency',
  'flow-distribution',
  'alignment',
  'aging-work',
  'aging-density',
  'facets',
  'arrivals',
  'net-flow',
  'littles-law',
  'value-stream-map',
  'bottlenecks',
  'stage-times',
  'pace',
  'rework-loops',
]

describe('a cube answers as the items do', () => {
  it.each(seeds.slice(0, Math.max(1, seeds.length / 3)))(
    'whichever is there, over random histories, seed %d',
    { timeout },
    async (seed) => {
      const cases = drawCases(seed + 900_000, histories, 1)
      const built = await buildHistory(historyOf(cases))
      const used = new Set<string>()
      try {
        const { cubes, without, withOnly } = sourcesOf(built.snapshot)
        const asked = cases.flatMap((one) => one.questions.flatMap((question) => CUBED.map((metric) => ({ metric, question }))))
        const inTurn = asked.map((one, turn) => ({ ...one, turn: turn + seed }))
        await eachOf(inTurn, 4, async ({ metric, question, turn }) => {
          const facts = await answerOf(built, without, { metric, question })
          expect(facts.tables).toEqual([])
          for (const [index, { set, sizes }] of withOnly.entries()) {
            if (!mayAnswer(set, metric, question)) continue
            const size = (turn + index) % 2 ? 'large' : 'small'
            const { rows, tables } = await answerOf(built, sizes[size], { metric, question })
            for (const table of tables) used.add(table)
            if (tables.length) expect(rows, `${metric} from ${size} cubes {${set.join()}}: ${JSON.stringify(question)}`).toEqual(facts.rows)
          }
        })
        expect([...used].sort(), 'every cube was asked').toEqual(cubes.sort())
      } finally {
        await built.close()
      }
    },
  )
})

interface Source {
  readonly set: readonly string[]
  /** Of what is large no rows stay in memory. */
  readonly sizes: { readonly small: Snapshot; readonly large: Snapshot }
}

/** The snapshot as it were with the cubes of one set of dimensions alone, for each set; and without any. */
function sourcesOf(snapshot: Snapshot): { cubes: string[]; without: Snapshot; withOnly: Source[] } {
  const { manifest } = snapshot
  const cubes = CUBE_FAMILIES.flatMap((family) => cubesOf(family, manifest.dimensions))
  const keeping = (isKept: (table: string) => boolean): Snapshot => ({
    ...snapshot,
    manifest: { ...manifest, files: manifest.files.filter(({ table }) => !table.startsWith('cube_') || isKept(table)) },
  })
  const sets = [...new Set(cubes.map(({ dimensions }) => dimensions.join()))]
  const ofSet = (set: string) => cubes.flatMap(({ dimensions, table }) => (dimensions.join() === set ? [table] : []))
  const small = [
    ...sets.map((set) => ({ set: set ? set.split(',') : [], snapshot: keeping((table) => ofSet(set).includes(table)) })),
    { set: [], snapshot: keeping((table) => table === STAGE_LEVELS) },
  ]
  return {
    cubes: [...cubes.map(({ table }) => table), STAGE_LEVELS],
    without: keeping(() => false),
    withOnly: small.map(({ set, snapshot: own }) => ({ set, sizes: { small: own, large: enlarged(own) } })),
  }
}

/** Whether cubes over these dimensions alone may know all that a question names; facets look at dimensions of their own. */
function mayAnswer(set: readonly string[], metric: string, { filters, groupBy }: Question): boolean {
  const dimension = groupBy === undefined || groupBy === 'stream' ? undefined : scopeDimension(groupBy)
  const group = dimension !== undefined && findMetric(metric).uses.includes('groupBy') ? [dimension] : []
  return metric === 'facets' || [...Object.keys(filters), ...group].every((name) => set.includes(name))
}

/** An answer, and the cubes it came from. */
async function answerOf({ engine }: BuiltHistory, snapshot: Snapshot, { metric, question }: { metric: string; question: Question }) {
  const texts: string[] = []
  const observe = ({ query }: { query: Parameters<typeof engine.dialect.render>[0] }) => texts.push(engine.dialect.render(query).text)
  const { table } = await runMetric({ engine, snapshot, metric, params: paramsOf(question, metric), observe })
  return { rows: toRows(table), tables: [...new Set(texts.flatMap((text) => text.match(/\bcube_\w+/g) ?? []))] }
}
