import { toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { SPANS } from '../../model/unit'
import type { ValueStream } from '../../model/value-stream'
import type { Recount } from '../../snapshot/verify/recount/recount'
import type { StreamTally } from '../../snapshot/verify/recount/tally'
import { formatDay, isoWeekday } from '../../time/day'
import { ask, type Check, checkOf, difference, sumBy, type Verifying } from './check'

/** What was recounted from the history, by plain loops, against the tables and against the answers. */
export async function* recountChecks(verifying: Verifying, recounted: Recount): AsyncGenerator<Check> {
  const { items, isWhole, seed, tables, tallies } = recounted
  const how = isWhole ? `all ${items} items` : `${items} items drawn at random (seed ${seed})`
  for (const { table, rows, differences, example } of tables) {
    const figures = `${rows} rows of ${how}`
    yield checkOf(
      'recount',
      `${table}: every row is what the history says`,
      example === undefined ? [] : Array<string>(differences).fill(example),
      figures,
    )
  }
  yield await calendarHolds(verifying)
  for (const stream of verifying.snapshot.manifest.portfolio.streams) {
    const tally = tallies.get(stream.id)
    if (tally) yield* streamChecks(verifying, stream, tally)
  }
}

async function* streamChecks(verifying: Verifying, stream: ValueStream, tally: StreamTally): AsyncGenerator<Check> {
  const on = (day: string | number) => formatDay(Number(day))
  const scope = { stream: stream.id }
  const finished = sumBy(await ask(verifying, 'throughput', { ...scope, grain: 'day' }), (row) => Number(row.period_on), 'item_count')
  yield compared(`throughput is what the history says: ${stream.id}`, difference(tally.throughput, finished, on), 'days')
  yield await cubeHolds(verifying, stream, tally)
  for (const span of SPANS) {
    const arrived = sumBy(await ask(verifying, 'arrivals', { ...scope, span, grain: 'day' }), (row) => Number(row.period_on), 'item_count')
    yield compared(
      `arrivals are what the history says: ${stream.id}, ${span}`,
      difference(tally.arrivals[span] ?? new Map(), arrived, on),
      'days',
    )
    yield await levelsHold(verifying, { stream, span }, tally.wip[span] ?? new Map())
    yield await percentilesHold(verifying, { stream, span }, tally.lengths[span] ?? new Map())
  }
  yield await linesHold(verifying, stream, tally)
}

async function levelsHold(
  verifying: Verifying,
  at: { stream: ValueStream; span: string },
  changes: ReadonlyMap<number, number>,
): Promise<Check> {
  const rows = await ask(verifying, 'wip', { stream: at.stream.id, span: at.span })
  const wrong: string[] = []
  let level = 0
  for (const row of rows) {
    level += changes.get(Number(row.day_on)) ?? 0
    if (row.item_count !== level) wrong.push(`${formatDay(Number(row.day_on))}: ${level} recounted, ${row.item_count} answered`)
  }
  return checkOf('recount', `WIP is what the history says: ${at.stream.id}, ${at.span}`, wrong, `${rows.length} days, ${level} at the end`)
}

async function percentilesHold(
  verifying: Verifying,
  at: { stream: ValueStream; span: string },
  lengths: ReadonlyMap<number, number>,
): Promise<Check> {
  const rows = await ask(verifying, 'span-percentiles', { stream: at.stream.id, span: at.span })
  const sorted = [...lengths].flatMap(([days, count]) => Array<number>(count).fill(days)).sort((a, b) => a - b)
  const wrong = rows.flatMap((row) => {
    const needed = (Number(row.percentile) * sorted.length) / 100
    const value = sorted.find((_, index) => index + 1 >= needed - 1e-9) ?? null
    return value === row.value && row.n === sorted.length
      ? []
      : [`p${row.percentile}: ${value} of ${sorted.length} recounted, ${row.value} of ${row.n} answered`]
  })
  const figures = rows.map((row) => `p${row.percentile} ${row.value}`).join(', ')
  return checkOf(
    'recount',
    `percentiles are what the history says: ${at.stream.id}, ${at.span}`,
    wrong,
    `${sorted.length} items: ${figures}`,
  )
}

async function linesHold(verifying: Verifying, stream: ValueStream, tally: StreamTally): Promise<Check> {
  const rows = await ask(verifying, 'cumulative-flow', { stream: stream.id })
  const wrong: string[] = []
  const lines = new Map(stream.stages.map((stage, position) => [stage.id, { changes: tally.lines.get(position), level: 0 }]))
  const finish = stream.stages.findIndex((stage) => stage.id === stream.finished)
  let firstFinishes = 0
  for (const row of rows) {
    const [day, line] = [Number(row.day_on), lines.get(String(row.stage_id))]
    if (!line) continue
    line.level += line.changes?.get(day) ?? 0
    if (line.level !== row.reached_count)
      wrong.push(`${row.stage_id} ${formatDay(day)}: ${line.level} recounted, ${row.reached_count} answered`)
    if (row.stage_id !== stream.stages[finish]?.id || finish === 0) continue
    firstFinishes += tally.firstFinishes.get(day) ?? 0
    if (firstFinishes !== row.reached_count)
      wrong.push(`bottom line ${formatDay(day)}: ${firstFinishes} first finishes, ${row.reached_count} answered`)
  }
  return checkOf(
    'recount',
    `cumulative flow is what the history says: ${stream.id}`,
    wrong,
    `${rows.length} points, ${firstFinishes} first finishes`,
  )
}

async function cubeHolds({ engine, snapshot }: Verifying, stream: ValueStream, tally: StreamTally): Promise<Check> {
  const read =
    await engine.query(sql`SELECT day, position, mark, status, item_delta FROM ${engine.dialect.table(snapshot.id, 'cube_levels')} AS told
    WHERE stream_id = ${stream.id}`)
  const stored = sumBy(toRows(read), (row) => `${row.day} ${row.position} ${row.mark} ${row.status}`, 'item_delta')
  return compared(`the cube of levels is what the history says: ${stream.id}`, difference(tally.cube, stored), 'rows')
}

async function calendarHolds({ engine, snapshot }: Verifying): Promise<Check> {
  const read = toRows(
    await engine.query(sql`SELECT day, workdays_through FROM ${engine.dialect.table(snapshot.id, 'calendar')} AS told ORDER BY day`),
  )
  const { weekend, holidays } = snapshot.manifest.portfolio.calendar
  const { firstDay, lastDay } = snapshot.manifest
  const wrong: string[] = []
  let through = 0
  const count = Math.max(read.length, lastDay - firstDay + 2)
  for (let index = 0; index < count && snapshot.manifest.counts.items; index++) {
    const day = firstDay - 1 + index
    if (!weekend.includes(isoWeekday(day)) && !holidays.includes(formatDay(day))) through++
    const row = read[index]
    if (row?.day !== day || row.workdays_through !== through)
      wrong.push(`${formatDay(day)}: ${through} recounted, ${row?.workdays_through} in the table`)
  }
  return checkOf('recount', 'calendar is what the configuration says', wrong, `${read.length} days, ${through} of them working days`)
}

function compared(name: string, found: ReturnType<typeof difference>, what: string): Check {
  return checkOf('recount', name, found.wrong, `${found.total} items over ${found.compared} ${what}`)
}
