'use client'

import { Button, SegmentedControl } from '@mantine/core'
import { useCallback } from 'react'
import type { ChartContext } from '@/lib/charts/context'
import { type Format, UNIT_LABEL } from '@/lib/charts/format'
import { pickItem, scatterplot } from '@/lib/charts/scatterplot'
import { spanVerdict } from '@/lib/charts/verdicts'
import { zoomTo } from '@/lib/charts/zoom'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { formatDay } from '@/lib/time/day'
import { Chart } from '../../../_ui/chart'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { spanTitle } from '../../../_ui/span-title'
import { useScope } from '../../../_ui/use-scope'
import { cellText, DensityLegend } from './density-legend'
import { usePanelFacts } from './panel-facts'
import { ScatterTable } from './scatter-table'
import { usePicking } from './use-picking'
import { useScatter } from './use-scatter'

const HEIGHT = 320

export function ScatterPanel({ stream }: { stream: ValueStream }) {
  const { answer, input, density, unit, scale, zooming, state, asked, setScale } = useScatter(stream)
  const { zoom } = zooming
  const { scope, change } = useScope()
  const { portfolio, format } = useSnapshot()
  const { period, rule } = usePanelFacts(answer)
  const { onPoint, open } = usePicking(stream, input, pickItem)
  const build = useCallback((context: ChartContext) => (input ? scatterplot(input, context) : {}), [input])
  const verdict = input?.percentiles && spanVerdict(input.percentiles, unit, format, input.sle)
  const [total, hasCells] = [density?.total ?? 0, (density?.cells.length ?? 0) > 0]
  const shown = zoom ? `${format.day(zoom.from)} – ${format.day(zoom.to - 1)}` : period
  const facts = [UNIT_LABEL[unit], format.count(total, 'item'), shown, rule, 'stepped line: 85 % within, by month']
  return (
    <Panel
      id="scatterplot"
      title={`${spanTitle(scope.span, portfolio.streams)} of finished items`}
      facts={[...facts, ...countFacts(answer?.columns, format)]}
      verdict={verdict}
      controls={
        <Controls
          scale={scale}
          onScale={setScale}
          onWhole={zoom && (() => zooming.set(undefined))}
          onNarrow={
            zoom &&
            (() => {
              change({ values: { from: formatDay(zoom.from), to: formatDay(zoom.to) } })
              zooming.set(undefined)
            })
          }
        />
      }
      legend={
        density &&
        hasCells && <DensityLegend most={density.most} cell={cellText(density.cells, unit, format)} points={density.points.length} />
      }
      state={state}
      asked={asked}
      height={HEIGHT}
      empty={total === 0 && !zoom ? NOTHING : undefined}
      table={() => answer && <ScatterTable columns={answer.columns} unit={unit} onDrill={open} />}
    >
      <Chart
        label={`Finished items of ${stream.name} by finish date and days taken${hasCells ? ', counted in cells' : ''}. ${verdict ?? ''} ${ZOOM_KEYS}`}
        height={HEIGHT}
        build={build}
        onPoint={onPoint}
        onArea={(area) => zooming.set(zoomTo(area, zoom ?? zooming.whole, unit))}
        onDouble={zoom && (() => zooming.set(undefined))}
        onZoomKey={zooming.by}
      />
    </Panel>
  )
}

const ZOOM_KEYS = 'Plus and minus look closer and wider, 0 at all.'

interface ControlsProps {
  readonly scale: 'linear' | 'log'
  readonly onScale: (scale: string) => void
  /** Absent: all is shown. */
  readonly onWhole?: () => void
  /** The whole page to the days that are shown. */
  readonly onNarrow?: () => void
}

function Controls({ scale, onScale, onWhole, onNarrow }: ControlsProps) {
  return (
    <>
      {onNarrow && (
        <Button variant="default" size="xs" onClick={onNarrow}>
          Narrow the page to these days
        </Button>
      )}
      {onWhole && (
        <Button variant="default" size="xs" onClick={onWhole}>
          Whole period
        </Button>
      )}
      <SegmentedControl
        aria-label="Scale of the axis"
        value={scale}
        onChange={onScale}
        data={[
          { value: 'linear', label: 'Linear' },
          { value: 'log', label: 'Log' },
        ]}
      />
    </>
  )
}

function countFacts(columns: Columns | undefined, format: Format): (string | undefined)[] {
  const [choices, leftOut] = ['policy_count', 'left_out_count'].map((name) => columns?.numbers(name)[0] ?? 0)
  return [
    choices ? `${format.count(choices, 'item')} moved back: policy matters` : undefined,
    leftOut ? `${format.count(leftOut, 'more outlier')} only in cells` : undefined,
  ]
}

const NOTHING = {
  title: 'Nothing finished in this scope',
  text: 'Each finished item would be a dot: when it finished and how long it took. Widen the period or take filters away.',
}
