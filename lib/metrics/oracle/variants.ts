import { formatDay } from '@/lib/time/day'
import type { Question } from './history'
import { RULES } from './quality-rules'
import { STREAM_RULES } from './stream-rules'

type OwnParams = Readonly<Record<string, string>>

/** One rule is many times quicker than all of them. */
const CHECKS = [...['time-backwards', 'state-missing', 'created-after-first-change'], ...Object.keys(RULES), ...Object.keys(STREAM_RULES)]

/** Own parameters of metrics that have some; a question takes one set of them by its turn. */
const VARIANTS: Readonly<Record<string, readonly OwnParams[]>> = {
  'flow-distribution': [{ of: 'finished' }, { of: 'wip' }, { of: 'time' }],
  'item-life': ['1', '2', '3', '4', '5', '6', '7'].map((item) => ({ item })),
  'data-quality': [{ idleDays: '3' }, ...CHECKS.map((check) => ({ check, idleDays: '5' }))],
  change: [{ of: 'span' }, { of: 'throughput' }, { of: 'span', seed: '7' }],
  'process-behaviour': [
    {},
    { metric: 'wip' },
    { metric: 'span-percentiles', scale: 'ln', grain: 'day' },
    { grain: 'day' },
    { metric: 'wip', grain: 'day', scale: 'ln', centre: 'median' },
    { metric: 'span-percentiles', grain: 'day', centre: 'median' },
    { metric: 'wip', grain: 'day' },
  ],
  'span-density': [
    {},
    { pointsBelow: '0', columns: '6', rows: '4' },
    { pointsBelow: '2', columns: '200', rows: '5', scale: 'log', outliers: '1' },
    { pointsBelow: '0', columns: '20', rows: '3', selected: '1,3', lengthFrom: '2', lengthTo: '9.5' },
    { pointsBelow: '1', columns: '3', rows: '7', scale: 'log', selected: '2', lengthFrom: '3' },
    { pointsBelow: '0', rows: '1', outliers: '0', lengthTo: '0.5' },
  ],
  'aging-density': [
    {},
    { pointsBelow: '0', rows: '4', oldest: '2' },
    { pointsBelow: '2', rows: '400', oldest: '1', selected: '1,3' },
    { pointsBelow: '0', rows: '3', oldest: '0', ageFrom: '3' },
    { pointsBelow: '1', rows: '7', oldest: '3', ageFrom: '2', ageTo: '12', selected: '2' },
  ],
  items: [{}, { compared: 'yes' }],
  alignment: [{ of: 'finished' }, { of: 'wip' }],
}

/** Own parameters with days in them, which lie inside the window that is asked for. */
const DATED: Readonly<Record<string, readonly ((from: number) => OwnParams)[]>> = {
  change: [
    (from) => ({ of: 'throughput', beforeFrom: formatDay(from - 15), beforeTo: formatDay(from - 1) }),
    (from) => ({ of: 'span', beforeFrom: formatDay(from + 2), beforeTo: formatDay(from + 30) }),
  ],
  'process-behaviour': [
    (from) => ({ metric: 'wip', grain: 'day', baselineTo: formatDay(from + 10) }),
    (from) => ({ metric: 'wip', grain: 'day', rebase: formatDay(from + 9), centre: 'median' }),
    (from) => ({ grain: 'day', baselineFrom: formatDay(from + 2), baselineTo: formatDay(from + 12) }),
  ],
}

/** What a question asks of a metric beyond the shared parameters; empty for a metric that has no others. */
export function ownParams(question: Question, metric: string): OwnParams {
  if (question.own) return question.own
  if (metric === 'kpi-trend') return kpiOf(question)
  const { from } = question
  const dated = from === undefined ? [] : (DATED[metric] ?? []).map((paramsFrom) => paramsFrom(from))
  const variants = [...(VARIANTS[metric] ?? []), ...dated]
  return variants[(question.turn ?? 0) % variants.length] ?? {}
}

/** One of the KPIs that every random stream has, by its turn; all of them where no stream is named. */
function kpiOf({ streams, turn = 0 }: Question): OwnParams {
  const kinds = ['throughput', 'p85', 'wip', 'series']
  return streams[0] === undefined ? {} : { kpi: `${streams[0]}/${kinds[turn % kinds.length]}` }
}
