import fc from 'fast-check'
import type { Stage } from '@/lib/model/stage'
import type { OwnSpan, ValueStream } from '@/lib/model/value-stream'

const STAGE_IDS = ['backlog', 'ready', 'build', 'test', 'release', 'closed']

/** Zones with an offset of their own kind: none, summer time on both sides of the ocean, half an hour, a skipped day, the far east. */
const ZONES = [
  'UTC',
  'Europe/Zurich',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Pacific/Honolulu',
]

/** States that no stage names. */
export const UNKNOWN_STATES = ['Limbo', 'Ünknown, "odd"']

/** A stream's workflow without its sources: two to six stages, boundaries anywhere legal. */
export function workflowArb(id: string): fc.Arbitrary<ValueStream> {
  const none: Readonly<Record<string, readonly string[]>> = {}
  const mapped: Readonly<Record<string, readonly string[]>> = { feature: ['Story', 'Epic'], defect: ['Bug'] }
  const fields = {
    timezone: fc.constantFrom(...ZONES),
    kinds: fc.array(fc.constantFrom('queue' as const, 'active' as const), { minLength: 1, maxLength: 4 }),
    waiting: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    doneStages: fc.constantFrom(1, 1, 1, 2),
    cancelled: fc.constantFrom<readonly string[]>(['Rejected'], ['Rejected', 'Duplicate'], []),
    boundaries: fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)),
    typed: fc.boolean(),
    own: fc.option(fc.tuple(fc.nat(5), fc.nat(5)), { nil: undefined, freq: 2 }),
    sle: fc.option(fc.record({ percentile: fc.constant(85), days: fc.integer({ min: 1, max: 12 }) }), { nil: undefined, freq: 4 }),
  }
  return fc.record(fields).map((drawn) => {
    const stages = stagesOf(drawn.kinds, drawn.doneStages, drawn.waiting)
    return {
      id,
      name: `Stream ${id}`,
      timezone: drawn.timezone,
      sources: [],
      types: drawn.typed ? mapped : none,
      stages,
      cancelled: drawn.cancelled,
      ...boundariesOf(stages, drawn.doneStages, drawn.boundaries),
      sle: drawn.sle,
      ...ownSpansOf(stages, drawn.own),
    }
  })
}

function stagesOf(kinds: readonly ('queue' | 'active')[], doneStages: number, waiting: readonly boolean[]): Stage[] {
  const all = [...kinds, ...Array.from({ length: doneStages }, () => 'done' as const)]
  return all.map((kind, index) => ({
    id: STAGE_IDS[index] ?? `stage${index}`,
    name: `Stage ${index}`,
    kind,
    states: index % 2 === 0 ? [`S${index}`] : [`S${index}`, `S${index} bis`],
    waiting: kind === 'active' && waiting[index] === true ? [`W${index}`] : [],
  }))
}

/** Sometimes a span of its own, from any stage to any later one. */
function ownSpansOf(stages: readonly Stage[], draws: readonly [number, number] | undefined): { spans?: OwnSpan[] } {
  if (draws === undefined || stages.length < 2) return {}
  const from = draws[0] % (stages.length - 1)
  const to = from + 1 + (draws[1] % (stages.length - 1 - from))
  return { spans: [{ id: 'own_time', name: 'Own time', from: stages[from]?.id ?? '', to: stages[to]?.id ?? '' }] }
}

/** committed ≤ started ≤ finished, and everything from finished on is done. */
function boundariesOf(stages: readonly Stage[], doneStages: number, draws: readonly [number, number, number]) {
  const idAt = (position: number) => stages[position]?.id ?? ''
  const finished = stages.length - 1 - (draws[0] % doneStages)
  const started = draws[1] % (finished + 1)
  const committed = draws[2] % (started + 1)
  return { finished: idAt(finished), started: idAt(started), committed: idAt(committed) }
}
