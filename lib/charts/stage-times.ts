import type { EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import { barEnd, barList } from './bar-list'
import { mix, stageColors } from './colors'
import type { ChartContext } from './context'
import { tipHtml } from './tip'
import { timeText } from './value-stream-text'

/** How long finished items stayed in a stage; days are elapsed ones. */
export interface StageTime {
  readonly id: string
  readonly name: string
  readonly items: number
  readonly half: number
  readonly most: number
  readonly share: number
  readonly skipped: number
}

/** The stages in which items were, in the order of the flow. */
export function stageTimesOf(columns: Columns, names: ReadonlyMap<string, string>): StageTime[] {
  const numbers = (name: string) => columns.numbers(name)
  const [items, half, most, share, skipped] = ['n', 'p50_days', 'p85_days', 'share_ratio', 'skipped_count'].map(numbers)
  return columns.texts('stage_id').map((id, row) => ({
    id,
    name: names.get(id) ?? id,
    items: items?.[row] ?? 0,
    half: half?.[row] ?? 0,
    most: most?.[row] ?? 0,
    share: share?.[row] ?? 0,
    skipped: skipped?.[row] ?? 0,
  }))
}

/** Two bars a stage from zero, one over the other: within the dark one half of the items left, within the light one 85 %. */
export function stageTimeBars(times: readonly StageTime[], stages: readonly Stage[], context: ChartContext): EChartsOption {
  const { palette } = context.theme
  const colors = stageColors(stages, palette)
  const colorOf = (id: string) => colors.get(id) ?? palette.noise
  const ends = times.map(({ most }) => timeText(most, context.format))
  const bar = { type: 'bar' as const, barWidth: 16, barGap: '-100%', emphasis: { disabled: true } }
  return {
    ...barList(context, { names: times.map(({ name }) => name), ends, tip: (index) => timeTip(times[index], context) }),
    series: [
      {
        ...bar,
        id: 'most',
        data: times.map(({ id, most }) => ({ value: most, itemStyle: { color: mix(colorOf(id), palette.surface, 0.6) } })),
        label: barEnd(context, ends),
      },
      { ...bar, id: 'half', data: times.map(({ id, half }) => ({ value: half, itemStyle: { color: colorOf(id) } })) },
    ],
  }
}

function timeTip(time: StageTime | undefined, { format }: ChartContext): string {
  if (!time) return ''
  return tipHtml({
    title: time.name,
    rows: [
      { label: 'Half within', value: timeText(time.half, format) },
      { label: '85 % within', value: timeText(time.most, format) },
      { label: 'Share of all time', value: format.percent(time.share) },
      { label: 'Items', value: format.count(time.items, 'item') },
      { label: 'Never in it', value: format.count(time.skipped, 'item') },
    ],
    notes: ['All stays of an item added up. Click for the items.'],
  })
}
