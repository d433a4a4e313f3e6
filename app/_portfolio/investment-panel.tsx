'use client'

import { useCallback } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { UNIT_LABEL } from '@/lib/charts/format'
import { investment } from '@/lib/charts/investment'
import { totals } from '@/lib/charts/investment-data'
import { investmentVerdict, pickInvestment } from '@/lib/charts/investment-text'
import { Chart } from '../_ui/chart'
import { ColumnsTable } from '../_ui/columns-table'
import { useDrill } from '../_ui/drill'
import { Panel } from '../_ui/panel'
import { periodText } from '../_ui/scope/period-text'
import { useSnapshot } from '../_ui/shell-context'
import { spanTitle } from '../_ui/span-title'
import { panelState } from '../_ui/use-metric'
import { useScope } from '../_ui/use-scope'
import classes from './investment.module.css'
import { InvestmentControls } from './investment-controls'
import { InvestmentLegend } from './investment-legend'
import { type Investment, useInvestment } from './use-investment'

const HEIGHT = 300

/** What the work went into, by goal or by type, with what serves no goal. */
export function InvestmentPanel() {
  const { portfolio, format } = useSnapshot()
  const { scope } = useScope()
  const openDrill = useDrill()
  const shown = useInvestment()
  const { choice, data, order, result, asked } = shown
  const span = spanTitle(scope.span, portfolio.streams)
  const time = `${span}, 85 %, days`
  const build = useCallback((context: ChartContext) => (data ? investment({ data, order, time }, context) : {}), [data, order, time])
  const open = (point: ChartPoint) => {
    const drill = data && pickInvestment(data, point, format)
    if (drill) openDrill(drill)
  }
  const verdict = data && investmentVerdict(data, format)
  const unit = {
    finished: `items finished per ${choice.grain}`,
    wip: `items in progress at each ${choice.grain}’s end`,
    time: `${span} within which 85 % finished, ${UNIT_LABEL[scope.unit ?? 'days']}`,
  }[choice.measure]
  return (
    <div className={classes.place}>
      <Panel
        id="investment"
        title={`Investment by ${choice.by}`}
        facts={[unit, countText(shown), periodText(scope, format), RULE[choice.measure], choice.by === 'goal' ? OWN_GOAL : undefined]}
        verdict={verdict}
        controls={<InvestmentControls choice={choice} />}
        legend={data && data.parts.length > 0 ? <InvestmentLegend data={data} order={order} /> : undefined}
        state={panelState(result)}
        asked={[asked]}
        height={HEIGHT}
        empty={data?.parts.every(({ figures }) => figures.every((figure) => !figure)) ? NOTHING : undefined}
        table={() => <InvestmentTable shown={shown} onOpen={open} />}
      >
        <Chart label={`${unit}, by ${choice.by}. ${verdict ?? ''}`} height={HEIGHT} build={build} onPoint={open} pickArea />
      </Panel>
    </div>
  )

  function countText({ data }: Investment): string | undefined {
    if (!data || data.measure === 'time') return data?.leftOut ? `${format.number(data.leftOut)} more in the table` : undefined
    const counts = totals(data)
    if (data.measure === 'wip') return `${format.count(counts[counts.length - 1] ?? 0, 'item')} at the last`
    return format.count(
      counts.reduce((sum, count) => sum + count, 0),
      'item',
    )
  }
}

function InvestmentTable({ shown, onOpen }: { shown: Investment; onOpen: (point: ChartPoint) => void }) {
  const { data, result, names } = shown
  const columns = result.data?.columns
  if (!columns || !data) return null
  const days = columns.numbers(data.measure === 'wip' ? 'day_on' : 'period_on')
  const groups = columns.texts('group')
  const openRow = (row: number) => {
    const dataIndex = data.days.indexOf(days[row] ?? 0)
    const part = data.parts.find(({ values }) => values.includes(groups[row] ?? ''))
    onOpen({ x: dataIndex, y: 0, dataIndex, seriesId: part?.id })
  }
  return (
    <ColumnsTable
      label={`Investment by ${data.by}`}
      columns={columns}
      show={{ ...SHOW[data.measure], group: data.by === 'goal' ? 'Goal' : 'Type' }}
      names={names}
      onRow={openRow}
    />
  )
}

const RULE = {
  finished: 'sliced at finish · partial periods hatched',
  wip: 'sliced as of each day',
  time: 'sliced at finish · partial periods hollow',
} as const
const OWN_GOAL = 'goals without those below them'
const SHOW = {
  finished: { period_on: 'Period from', item_count: 'Items', partial: 'Partial' },
  wip: { day_on: 'End of day', item_count: 'Items' },
  time: { period_on: 'Period from', value: '85 % within, days', n: 'Items', enough: 'Enough items' },
} as const
const NOTHING = {
  title: 'Nothing in this scope',
  text: 'A stack per period would show what the work went into, and how much of it serves no goal. Widen the period or take filters away.',
}
