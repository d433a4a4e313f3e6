import type { Question, RawItem, RawStream } from '@/lib/metrics/oracle/history'
import { spanView } from '@/lib/model/value-stream'
import { type Case, type Disagreement, disagreements } from './cases'

const MOST_ROUNDS = 60
const MOST_CANDIDATES = 120

/**
 * Makes a disagreement as small as it gets: all simpler cases of a round share one snapshot, the smallest that still fails goes
 * into the next round.
 */
export async function shrink(found: Disagreement): Promise<Disagreement> {
  let smallest: Disagreement = { ...found, case: { streams: found.case.streams, questions: [found.question] } }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const simpler = simplerCases(smallest.case).slice(0, MOST_CANDIDATES).map(renamed)
    if (!simpler.length) return smallest
    const failing = await disagreements(simpler, [found.metric])
    const next = failing.sort((a, b) => sizeOf(a.case) - sizeOf(b.case))[0]
    if (!next) return smallest
    smallest = next
  }
  return smallest
}

/** Length of the case as text, whatever its streams are called. */
function sizeOf(one: Case): number {
  return JSON.stringify(one).length
}

function simplerCases(one: Case): Case[] {
  const question = one.questions[0]
  if (!question) return []
  return [
    ...simplerStreams(one.streams).map((streams) => ({ streams, questions: [question] })),
    ...simplerQuestions(question).map((simpler) => ({ streams: one.streams, questions: [simpler] })),
  ].filter(isAnswerable)
}

/** A span of a stream's own can't be asked for without the stream. */
function isAnswerable({ streams, questions }: Case): boolean {
  return questions.every(({ ownSpan, streams: asked }) => {
    const inScope = streams.filter(({ stream }) => !asked.length || asked.includes(stream.id))
    return ownSpan === undefined || inScope.some(({ stream }) => spanView(stream, ownSpan) !== undefined)
  })
}

function simplerStreams(streams: readonly RawStream[]): RawStream[][] {
  const without = streams.length > 1 ? streams.map((_, index) => streams.filter((_, other) => other !== index)) : []
  const inside = streams.flatMap((stream, index) =>
    simplerItems(stream.items).map((items) => streams.map((other, at) => (at === index ? { ...stream, items } : other))),
  )
  const uncarried = streams.some((stream) => stream.carried.length) ? [streams.map((stream) => ({ ...stream, carried: [] }))] : []
  return [...without, ...uncarried, ...inside]
}

function simplerItems(items: readonly RawItem[]): RawItem[][] {
  const halves = items.length > 3 ? [items.slice(0, items.length >> 1), items.slice(items.length >> 1)] : []
  const without = items.map((_, index) => items.filter((_, other) => other !== index))
  const inside = items.flatMap((item, index) =>
    simplerItem(item).map((simpler) => items.map((other, at) => (at === index ? simpler : other))),
  )
  return [...halves, ...without, ...inside]
}

function simplerItem(item: RawItem): RawItem[] {
  const fewer = item.changes.length > 1 ? item.changes.map((_, index) => item.changes.filter((_, other) => other !== index)) : []
  const plain = item.changes.map((change) => ({ ...change, blocked: null, values: {} }))
  const candidates: RawItem[] = fewer.map((changes) => ({ ...item, changes }))
  if (JSON.stringify(plain) !== JSON.stringify(item.changes)) candidates.push({ ...item, changes: plain })
  if (item.createdAt !== null) candidates.push({ ...item, createdAt: null })
  if (item.title !== null || item.key !== null) candidates.push({ ...item, title: null, key: null })
  return candidates
}

const OPTIONAL = ['from', 'to', 'asOf', 'rule', 'ownSpan', 'unit', 'grain', 'groupBy', 'onDay', 'stageId', 'status'] as const

function simplerQuestions(question: Question): Question[] {
  const without = OPTIONAL.filter((name) => question[name] !== undefined).map((name) => ({ ...question, [name]: undefined }))
  const filters = Object.keys(question.filters).map((name) => {
    return { ...question, filters: Object.fromEntries(Object.entries(question.filters).filter(([other]) => other !== name)) }
  })
  const plain = question.policy === 'first_start_last_finish' ? [] : [{ ...question, policy: 'first_start_last_finish' as const }]
  const single =
    question.percentiles.length > 1 ? question.percentiles.map((percentile) => ({ ...question, percentiles: [percentile] })) : []
  return [...without, ...filters, ...plain, ...single]
}

/** The candidates of a round stand side by side, so each gets stream ids of its own. */
function renamed(one: Case, index: number): Case {
  const names = new Map(one.streams.map(({ stream }, at) => [stream.id, `c${index}${at === 0 ? '' : '-b'}`]))
  return {
    streams: one.streams.map((source) => ({
      ...source,
      stream: { ...source.stream, id: names.get(source.stream.id) ?? source.stream.id },
    })),
    questions: one.questions.map((question) => ({
      ...question,
      streams: question.streams.map((id) => names.get(id)).filter((id) => id !== undefined),
    })),
  }
}
