'use client'

import { Button } from '@mantine/core'
import { useCallback } from 'react'
import { ageZoomTo } from '@/lib/charts/age-zoom'
import { agesText } from '@/lib/charts/aging-density'
import { agingWork, pickAging } from '@/lib/charts/aging-work'
import type { ChartContext } from '@/lib/charts/context'
import { agingVerdict } from '@/lib/charts/verdicts'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { AGING_HEIGHT } from './aging-height'
import { AgingLegend } from './aging-legend'
import { AgingTable } from './aging-table'
import { usePanelFacts } from './panel-facts'
import { useAgingPicture } from './use-aging-picture'
import { usePicking } from './use-picking'

export function AgingPanel({ stream, height = AGING_HEIGHT }: { stream: ValueStream; height?: number }) {
  const { whole, part, input, zooming, state, asked } = useAgingPicture(stream)
  const { zoom } = zooming
  const { format } = useSnapshot()
  const { rule } = usePanelFacts(part.result.data)
  const build = useCallback((context: ChartContext) => (input ? agingWork(input, context) : {}), [input])
  const { onPoint, open } = usePicking(stream, input, pickAging)
  const n = part.density?.total ?? 0
  const verdict = whole.density && agingVerdict(whole.density, format)
  const counted = part.density?.cells.length ? ', counted in cells' : ''
  const ages = zoom && `${agesText(zoom, format)} old`
  return (
    <Panel
      id="aging-work"
      title="Age of unfinished items"
      facts={['days since the start, today’s included', format.count(n, 'item'), ages, 'as of the end of the period', rule]}
      verdict={verdict}
      controls={
        zoom && (
          <Button variant="default" size="xs" onClick={() => zooming.set(undefined)}>
            All ages
          </Button>
        )
      }
      state={state}
      asked={asked}
      height={height}
      empty={n === 0 && !zoom ? NOTHING : undefined}
      legend={<AgingLegend hasSle={input?.sle !== undefined} density={part.density} />}
      table={() => input && <AgingTable columns={input.columns} stream={stream} onDrill={open} />}
    >
      <Chart
        label={`Unfinished items of ${stream.name} by stage and age${counted}. ${verdict ?? ''} ${ZOOM_KEYS}`}
        height={height}
        build={build}
        onPoint={onPoint}
        onArea={(area) => zooming.set(ageZoomTo(area) ?? zoom)}
        onDouble={zoom && (() => zooming.set(undefined))}
        onZoomKey={zooming.by}
      />
    </Panel>
  )
}

const ZOOM_KEYS = 'Plus and minus look closer and wider, 0 at all.'

const NOTHING = {
  title: 'Nothing is under way in this scope',
  text: 'Each started, unfinished item would be a dot in the column of its stage, as high as it is old. Take filters away, or look at a past date with “As of”.',
}
