import type { Row } from '../../engine/columns'
import { scopeKey } from '../../model/scope'
import { SPANS } from '../../model/unit'
import { formatDay } from '../../time/day'
import { explainMetric } from '../explain/explain'
import type { RawParams } from '../params'
import { ask, type Check, checkOf, difference, sumBy, type Verifying } from './check'

const PERCENTILES = [1, 5, 25, 50, 70, 85, 90, 95, 99]

/** What must hold of answers among themselves (definitions §15). */
export async function* answerChecks(verifying: Verifying): AsyncGenerator<Check> {
  const { dimensions } = verifying.snapshot.manifest
  for (const dimension of ['type', 'team'].filter((name) => dimensions.includes(name))) {
    for (const rule of ['as_of', 'at_finish', 'current']) yield await slicesAddUp(verifying, dimension, rule)
  }
  yield await windowsAddUp(verifying)
  for (const span of SPANS) yield await wipBalances(verifying, { span }, `span ${span}`)
  const team = dimensions.includes('team') ? await largest(verifying, 'team') : undefined
  if (team !== undefined) yield await wipBalances(verifying, { team }, `team ${team}, with its transfers`)
  yield await spansNest(verifying)
  yield await percentilesRise(verifying)
  yield* linesHold(verifying)
  yield* itemsCount(verifying)
}

async function slicesAddUp(verifying: Verifying, dimension: string, rule: string): Promise<Check> {
  const wrong: string[] = []
  const figures: string[] = []
  for (const metric of ['throughput', 'arrivals', 'wip']) {
    const params = { rule, grain: 'month' }
    const key = (row: Row) => Number(row.period_on ?? row.day_on)
    const whole = sumBy(await ask(verifying, metric, params), key, 'item_count')
    const parts = sumBy(await ask(verifying, metric, { ...params, groupBy: scopeKey(dimension) }), key, 'item_count')
    const { compared, total, wrong: differing } = difference(whole, parts, (day) => `${metric} ${formatDay(Number(day))}`)
    wrong.push(...differing)
    figures.push(`${metric} ${total} over ${compared} months`)
  }
  return checkOf('answers', `Σ ${dimension}s = whole, rule ${rule}`, wrong, figures.join(', '))
}

async function windowsAddUp(verifying: Verifying): Promise<Check> {
  const { firstDay, lastDay } = verifying.snapshot.manifest
  const middle = formatDay(Math.floor((firstDay + lastDay) / 2))
  const wrong: string[] = []
  const figures: string[] = []
  for (const metric of ['throughput', 'arrivals', 'wip']) {
    const key = (row: Row) => Number(row.period_on ?? row.day_on)
    const whole = sumBy(await ask(verifying, metric, { grain: 'day' }), key, 'item_count')
    const halves = [
      ...(await ask(verifying, metric, { grain: 'day', to: middle })),
      ...(await ask(verifying, metric, { grain: 'day', from: middle })),
    ]
    const found = difference(whole, sumBy(halves, key, 'item_count'), (day) => `${metric} ${formatDay(Number(day))}`)
    wrong.push(...found.wrong)
    figures.push(`${metric} on ${found.compared} days`)
  }
  return checkOf('answers', '[a, m) + [m, b) = [a, b)', wrong, `m = ${middle}: ${figures.join(', ')}`)
}

async function wipBalances(verifying: Verifying, params: RawParams, about: string): Promise<Check> {
  const levels = await ask(verifying, 'wip', params)
  const flows = sumBy(await ask(verifying, 'net-flow', { ...params, grain: 'day' }), (row) => Number(row.period_on), 'net')
  const wrong: string[] = []
  let level = 0
  for (const row of levels) {
    const day = Number(row.day_on)
    level += flows.get(day) ?? 0
    if (level !== row.item_count) wrong.push(`${formatDay(day)}: ${row.item_count}, and ${level} by its flows`)
    level = Number(row.item_count)
  }
  const name = `WIP(d) = WIP(d−1) + arrivals − departures + restorations − removals + transfers: ${about}`
  return checkOf('answers', name, wrong, `${levels.length} days, ${level} items in progress at the end`)
}

async function largest(verifying: Verifying, dimension: string): Promise<string | undefined> {
  const rows = await ask(verifying, 'facets', {})
  const named = rows.filter((row) => row.dimension === dimension && row.value !== null)
  return named.sort((a, b) => Number(b.item_count) - Number(a.item_count))[0]?.value as string | undefined
}

async function spansNest(verifying: Verifying): Promise<Check> {
  const [cycle = [], flow = [], lead = []] = await Promise.all(
    ['cycle', 'flow', 'lead'].map((span) => ask(verifying, 'finished-items', { span })),
  )
  const wrong = flow.flatMap((row, index) => {
    const [least, most] = [Number(cycle[index]?.span_days), Number(lead[index]?.span_days)]
    const holds = least <= Number(row.span_days) && Number(row.span_days) <= most
    return holds ? [] : [`${row.key}: cycle ${least}, flow ${row.span_days}, lead ${most}`]
  })
  return checkOf('answers', 'cycle ≤ flow ≤ lead, in answers', wrong, `${flow.length} finished items`)
}

async function percentilesRise(verifying: Verifying): Promise<Check> {
  const wrong: string[] = []
  const figures: string[] = []
  for (const span of SPANS) {
    const rows = await ask(verifying, 'span-percentiles', { span, groupBy: 'stream', percentiles: PERCENTILES.join(',') })
    rows.forEach((row, index) => {
      const before = rows[index - 1]
      const isSame = before !== undefined && before.group === row.group
      const falls = isSame && Number(row.value) < Number(before.value)
      const outside =
        (row.low !== null && Number(row.low) > Number(row.value)) || (row.high !== null && Number(row.high) < Number(row.value))
      if (falls || outside) wrong.push(`${span} ${row.group} p${row.percentile}: ${row.value}`)
    })
    figures.push(`${span}: ${rows.length} percentiles`)
  }
  return checkOf('answers', 'percentiles rise with p, inside their intervals', wrong, figures.join(', '))
}

async function* linesHold(verifying: Verifying): AsyncGenerator<Check> {
  for (const stream of verifying.snapshot.manifest.portfolio.streams) {
    const rows = await ask(verifying, 'cumulative-flow', { stream: stream.id })
    const wrong: string[] = []
    const before = new Map<string, number>()
    let above = Number.POSITIVE_INFINITY
    let day: unknown
    for (const row of rows) {
      if (row.day_on !== day) above = Number.POSITIVE_INFINITY
      day = row.day_on
      const [stage, reached] = [String(row.stage_id), Number(row.reached_count)]
      if (reached < (before.get(stage) ?? 0)) wrong.push(`${stage} falls on ${formatDay(Number(day))}`)
      if (reached > above) wrong.push(`${stage} crosses the line above on ${formatDay(Number(day))}`)
      before.set(stage, reached)
      above = reached
    }
    const ends = [...before].map(([stage, count]) => `${stage} ${count}`).join(', ')
    yield checkOf('answers', `lines never fall and never cross: ${stream.id}`, wrong, ends)
  }
}

async function* itemsCount(verifying: Verifying): AsyncGenerator<Check> {
  const asks: [string, RawParams][] = [
    ['throughput', {}],
    ['arrivals', {}],
    ['wip', {}],
    ['span-percentiles', { span: 'lead' }],
    ['span-density', { pointsBelow: '0' }],
    ['occupancy', {}],
    ['cumulative-flow', {}],
    ['aging-work', {}],
    ['aging-density', { pointsBelow: '0' }],
  ]
  for (const [metric, params] of asks) {
    const { number, items, left_out } = await explainMetric({ ...verifying, metric, params: { ...params, limit: 1 } })
    const others = left_out.reduce((sum, one) => sum + one.item_count, 0)
    const all = verifying.snapshot.manifest.counts.items
    const wrong = [
      ...(number?.value === items?.total ? [] : [`the number is ${number?.value}`]),
      ...((items?.total ?? 0) + others === all ? [] : [`${others} are left out of ${all}`]),
    ]
    yield checkOf('answers', `the items behind ${metric} count to its number`, wrong, `${items?.total} items, ${others} left out`)
  }
}
