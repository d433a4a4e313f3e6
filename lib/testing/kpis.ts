import type { RawStream } from '@/lib/metrics/oracle/history'
import type { FlowKpi, Kpi, SeriesKpi } from '@/lib/model/kpi'
import { formatDay } from '@/lib/time/day'
import { GOALS } from './histories'

const DAY_MS = 86_400_000
/** Where a stream without any change is taken to end. */
const ANY_DAY = 19_800

/** Some KPIs of a stream, `<stream>/<kind>`, of all directions, with and without a path. What hangs on the stream does so by counting its changes. */
export function kpisOf({ stream, items }: RawStream): Kpi[] {
  const changes = items.flatMap((item) => item.changes)
  const lastDay = changes.length ? Math.floor(changes.reduce((last, change) => Math.max(last, change.at), 0) / DAY_MS) : ANY_DAY
  const draw = changes.length
  const common = (kind: string) => {
    const goal = GOALS[draw % GOALS.length]?.id ?? 'grow'
    return { id: `${stream.id}/${kind}`, goal, area: 'current-value' as const, name: kind, unit: 'units' }
  }
  const due = formatDay(lastDay + (draw % 4) * 11 - 5)
  const throughput: FlowKpi = {
    ...{ ...common('throughput'), kind: 'flow', metric: 'throughput', params: { stream: [stream.id], grain: 'day' } },
    ...{ direction: 'higher', baseline: 0.031, target: [0.053, 0.203, 0.411][draw % 3] ?? 0.203, due },
  }
  const p85: FlowKpi = {
    ...{ ...common('p85'), kind: 'flow', metric: 'span-percentiles' },
    ...{ params: { stream: [stream.id], percentiles: ['85'], grain: 'week', span: 'lead' }, direction: 'lower', target: 5.017 },
  }
  const wip: FlowKpi = {
    ...{ ...common('wip'), kind: 'flow', metric: 'wip', params: { stream: [stream.id], grain: 'day', span: 'cycle' } },
    ...{
      direction: 'within',
      baseline: 1.013,
      target: [0.519, 1.519, 2.519][draw % 3] ?? 1.519,
      tolerance: 0.611,
      due: formatDay(lastDay + 17),
    },
  }
  const series: SeriesKpi = {
    ...{
      ...common('series'),
      kind: 'series',
      direction: draw % 2 ? 'higher' : 'lower',
      baseline: 3.007,
      target: [2.711, 3.511, 4.211][Math.floor(draw / 2) % 3] ?? 3.511,
    },
    due,
    series: Array.from({ length: 4 + (draw % 11) }, (_, index) => {
      return { on: formatDay(lastDay - 40 + 4 * index), value: 2.5 + 0.21 * index + ((draw * 7 + index * index * 3) % 5) * 0.13 }
    }),
  }
  return [throughput, p85, wip, series]
}
