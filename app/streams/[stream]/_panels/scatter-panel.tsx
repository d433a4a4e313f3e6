'use client'

import { SegmentedControl } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { UNIT_LABEL } from '@/lib/charts/format'
import { annotationsOf } from '@/lib/charts/marks/annotation'
import { pickItem, type ScatterplotInput, scatterplot } from '@/lib/charts/scatterplot'
import { spanVerdict } from '@/lib/charts/verdicts'
import type { Params } from '@/lib/client/scope'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { useDrill } from '../../../_ui/drill'
import type { AskedMetric } from '../../../_ui/explain/question'
import { itemHref } from '../../../_ui/item-link'
import { ItemTable } from '../../../_ui/item-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf, spanTitle } from '../../../_ui/span-title'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { usePanelFacts } from './panel-facts'

const HEIGHT = 320
const SCALES = ['linear', 'log'] as const

export function ScatterPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const monthly = { ...own, grain: 'month', percentiles: '85' }
  const [scale, setScale] = useQueryState('scale', parseAsStringLiteral(SCALES).withDefault('linear'))
  const { scope } = useScope()
  const sle = expectationOf(stream, scope.span)
  const { portfolio, format } = useSnapshot()
  const items = useMetric('finished-items', own)
  const percentiles = useMetric('span-percentiles', own)
  const running = useMetric('span-percentiles', monthly)
  const openDrill = useDrill()
  const router = useRouter()
  const { period, rule } = usePanelFacts(items.data)
  const columns = items.data?.columns
  const unit = scope.unit ?? 'days'
  const input = useMemo<ScatterplotInput | undefined>(
    () =>
      columns && {
        columns,
        percentiles: percentiles.data?.columns,
        running: running.data?.columns,
        unit,
        scale,
        sle,
        annotations: annotationsOf(portfolio.annotations, stream.id),
      },
    [columns, percentiles.data, running.data, unit, scale, sle, stream, portfolio],
  )
  const build = useCallback((context: ChartContext) => (input ? scatterplot(input, context) : {}), [input])
  const onPoint = (point: ChartPoint) => {
    const picked = input && pickItem(input, point, format)
    if (!picked || !columns) return
    if ('row' in picked) router.push(itemHref(columns.texts('stream_id')[picked.row] ?? '', columns.texts('item_id')[picked.row] ?? ''))
    else openDrill({ ...picked, params: { ...own, ...picked.params } })
  }
  const n = columns?.rowCount ?? 0
  const choices = columns?.flags('policy_matters').filter(Boolean).length ?? 0
  const verdict = percentiles.data && spanVerdict(percentiles.data.columns, unit, format, sle)
  return (
    <Panel
      id="scatterplot"
      title={`${spanTitle(scope.span, portfolio.streams)} of finished items`}
      facts={[
        UNIT_LABEL[unit],
        format.count(n, 'item'),
        period,
        rule,
        'stepped line: 85 % within, by month',
        choices > 0 ? `${format.count(choices, 'item')} moved back: policy matters` : undefined,
      ]}
      verdict={verdict}
      controls={
        <SegmentedControl
          aria-label="Scale of the axis"
          value={scale}
          onChange={(value) => void setScale(value === 'log' ? 'log' : 'linear')}
          data={[
            { value: 'linear', label: 'Linear' },
            { value: 'log', label: 'Log' },
          ]}
        />
      }
      state={panelState(items, percentiles, running)}
      asked={askedFor(own, monthly)}
      height={HEIGHT}
      empty={n === 0 ? NOTHING : undefined}
      table={() => columns && <ItemTable columns={columns} label="Finished items" maxHeight={320} />}
    >
      <Chart
        label={`Finished items of ${stream.name} by finish date and days taken. ${verdict ?? ''}`}
        height={HEIGHT}
        build={build}
        onPoint={onPoint}
        renderer={n > 1500 ? 'canvas' : 'svg'}
      />
    </Panel>
  )
}

function askedFor(own: Params, monthly: Params): [AskedMetric, ...AskedMetric[]] {
  return [
    { metric: 'finished-items', params: own, label: 'Dots' },
    { metric: 'span-percentiles', params: own, label: 'Percentiles' },
    { metric: 'span-percentiles', params: monthly, label: 'Stepped line' },
  ]
}

const NOTHING = {
  title: 'Nothing finished in this scope',
  text: 'Each finished item would be a dot: when it finished and how long it took. Widen the period or take filters away.',
}
