import fc from 'fast-check'
import { toRows } from '@/lib/engine/columns'
import type { OracleRow, Question, RawHistory, RawStream } from '@/lib/metrics/oracle/history'
import { type Life, livesOf } from '@/lib/metrics/oracle/life'
import { ORACLES } from '@/lib/metrics/oracle/oracle'
import { type World, worldOf } from '@/lib/metrics/oracle/world'
import { findMetric } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import { NO_VALUE } from '@/lib/model/dimension'
import { spanView } from '@/lib/model/value-stream'
import { type BuiltHistory, buildHistory } from './build'
import { differences, ROW_SHAPES } from './compare'
import { DIMENSIONS, ERAS, type Era, GOALS, historyArb } from './histories'
import { kpisOf } from './kpis'
import { paramsOf, questionArb } from './questions'

/** One random history of one or two streams and what is asked about it. */
export interface Case {
  readonly streams: readonly RawStream[]
  readonly questions: readonly Question[]
}

/** Where oracle and engine do not say the same. */
export interface Disagreement {
  readonly case: Case
  readonly metric: string
  readonly question: Question
  readonly lines: readonly string[]
}

/** Cases that share one snapshot: the same seed always gives the same ones. */
export function drawCases(seed: number, count: number, questionsEach: number): Case[] {
  const era: Era = ERAS[seed % ERAS.length] ?? ERAS[0]
  return Array.from({ length: count }, (_, index) => {
    const arbitrary = historyArb(`s${index}`, era).chain((streams) =>
      fc
        .array(questionArb(streams, era), { minLength: questionsEach, maxLength: questionsEach })
        .map((questions) => ({ streams, questions })),
    )
    return fc.sample(arbitrary, { seed: seed * 1_000_003 + index, numRuns: 1 })[0] ?? { streams: [], questions: [] }
  })
}

/** All of the cases' streams as one history. */
export function historyOf(cases: readonly Case[]): RawHistory {
  return {
    goals: GOALS,
    calendar: { weekend: [6, 7], holidays: ['2024-03-29', '2012-01-02', '2024-10-17', '2024-01-01'] },
    dimensions: DIMENSIONS,
    streams: cases.flatMap((one) => one.streams),
    kpis: cases.flatMap((one) => one.streams).flatMap(kpisOf),
  }
}

/** Builds one snapshot of all cases and asks every question of every metric, both ways. */
export async function disagreements(cases: readonly Case[], metrics: readonly string[]): Promise<Disagreement[]> {
  const history = historyOf(cases)
  const built = await buildHistory(history)
  try {
    return await compareAll(cases, metrics, history, built)
  } finally {
    await built.close()
  }
}

async function compareAll(
  cases: readonly Case[],
  metrics: readonly string[],
  history: RawHistory,
  built: BuiltHistory,
): Promise<Disagreement[]> {
  const worlds = worldsOf(history)
  const asked = cases.flatMap((one) => one.questions.flatMap((question) => metrics.map((metric) => ({ case: one, metric, question }))))
  const found: Disagreement[] = []
  await eachOf(asked, 4, async (ask) => {
    const expected = ORACLES[ask.metric]?.(worlds(ask.metric, meant(ask.metric, ask.question))) ?? []
    const actual = await engineRows(built, ask.metric, ask.question)
    const lines = differences(named(expected, ask.question), actual, ROW_SHAPES[ask.metric] ?? { keys: [] })
    if (lines.length) found.push({ ...ask, lines })
  })
  return found
}

/** What a question is about; for one of a span of the streams' own: the streams with their boundaries where the span has its. */
function worldsOf(history: RawHistory): (metric: string, question: Question) => World {
  const known = new Map<string, { history: RawHistory; lives: Life[] }>()
  const seen = (span: string) => {
    const streams = history.streams.map((source) => ({ ...source, stream: spanView(source.stream, span) ?? source.stream }))
    const view = { ...history, streams }
    const found = known.get(span) ?? { history: view, lives: livesOf(view) }
    known.set(span, found)
    return found
  }
  return (metric, question) => {
    const { ownSpan, ...rest } = question
    if (ownSpan === undefined || !findMetric(metric).uses.includes('span')) {
      const { lives } = seen('')
      return worldOf(history, rest, lives)
    }
    const { history: view, lives } = seen(ownSpan)
    const timed = history.streams.filter(({ stream }) => spanView(stream, ownSpan) !== undefined).map(({ stream }) => stream.id)
    const streams = timed.filter((id) => !question.streams.length || question.streams.includes(id))
    return worldOf(view, { ...rest, span: 'cycle', streams }, lives)
  }
}

/** The question without the group that a metric knows nothing of: it is ignored. */
function meant(metric: string, question: Question): Question {
  return findMetric(metric).uses.includes('groupBy') ? question : { ...question, groupBy: undefined }
}

/** The engine's rows. @throws Problem */
export async function engineRows(built: BuiltHistory, metric: string, question: Question): Promise<OracleRow[]> {
  const { engine, snapshot } = built
  return toRows((await runMetric({ engine, snapshot, metric, params: paramsOf(question, metric) })).table)
}

function named(rows: readonly OracleRow[], question: Question): OracleRow[] {
  return rows.map((row) => ('group' in row ? { ...row, group: question.groupBy === undefined ? null : (row.group ?? NO_VALUE) } : row))
}

/** Does the work for each of the list, so many at a time. */
export async function eachOf<T>(list: readonly T[], width: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...list].reverse()
  const worker = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await work(one)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
