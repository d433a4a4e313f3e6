'use client'

import { useMemo, useRef } from 'react'
import { layoutMap, leastPrintedWidth, leastWidth } from '@/lib/charts/value-stream-layout'
import { type StreamMap, streamMap } from '@/lib/charts/value-stream-map'
import { mapVerdict } from '@/lib/charts/value-stream-text'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { useDrill } from '../../../_ui/drill'
import { Panel } from '../../../_ui/panel'
import { usePrinting } from '../../../_ui/print/print-mode'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { useWidth } from '../../../_ui/use-width'
import { usePanelFacts } from '../_panels/panel-facts'
import { MapColumn } from './map-column'
import { MapDrawer } from './map-drawer'
import { MapPicture } from './map-picture'
import { ColumnReading, MapReading } from './map-reading'
import { MapTables } from './map-tables'
import type { MapItems } from './use-map-items'

/** With the lines on how to read it. */
const HEIGHT = 484
/** On a phone each stage takes a row. */
const [NARROW, CARD, READING] = [480, 124, 96]
/** Padding and border of a panel, px: its inside is there only when the data are, which is too late to measure. */
const PANEL_EDGES = 34

/** The measured value stream map: stages, waits, loops, and what it adds up to. */
export function MapPanel({ stream, items }: { stream: ValueStream; items: MapItems }) {
  const own = { stream: stream.id }
  const yearly = { ...own, grain: 'year' }
  const [result, worst, flow] = [useMetric('value-stream-map', own), useMetric('bottlenecks', own), useMetric('flow-efficiency', yearly)]
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const span = useScope().scope.span ?? 'flow'
  const openDrill = useDrill()
  const openDone = () => openDrill({ title: 'Finished in the period', params: { stream: stream.id, status: 'finished' } })
  const ref = useRef<HTMLDivElement>(null)
  const width = Math.max((useWidth(ref) ?? 0) - PANEL_EDGES, 0)
  const map = useMemo(
    () => result.data && streamMap({ columns: result.data.columns, bottlenecks: worst.data?.columns, stream, span }),
    [result.data, worst.data, stream, span],
  )
  const efficiency = flow.data && efficiencyOf(flow.data.columns)
  const isPrinting = usePrinting()
  const isWide = map !== undefined && width >= (isPrinting ? leastPrintedWidth(map) : leastWidth(map))
  const View = isWide ? MapPicture : MapColumn
  return (
    <div ref={ref}>
      <Panel
        id="value-stream-map"
        title="Measured value stream map"
        facts={[
          'mean elapsed time per item (d = 24 hours)',
          map && `${format.count(largest(map), 'item')} at most through a stage`,
          period,
          rule,
        ]}
        verdict={map && mapVerdict(map, format)}
        state={panelState(result, worst, flow)}
        asked={[
          { metric: 'value-stream-map', params: own, label: 'Map', about: ABOUT },
          { metric: 'bottlenecks', params: own, label: 'Bottlenecks' },
          { metric: 'flow-efficiency', params: yearly, label: 'Efficiency' },
        ]}
        height={width > 0 && width < NARROW ? stream.stages.length * CARD + READING : HEIGHT}
        empty={map && largest(map) === 0 ? NOTHING : undefined}
        table={() => map && <MapTables map={map} items={items} format={format} />}
      >
        {map && width > 0 && (
          <>
            <View map={map} stream={stream} room={width} efficiency={efficiency} items={items} onDone={openDone} format={format} />
            {isWide ? <MapReading map={map} undrawn={layoutMap(map, width).undrawn} format={format} /> : <ColumnReading map={map} />}
          </>
        )}
      </Panel>
      {map && <MapDrawer map={map} streamId={stream.id} items={items} />}
    </div>
  )
}

function largest(map: StreamMap): number {
  return Math.max(0, ...map.stages.map((stage) => stage.items))
}

/** Of all finished items of the period. */
function efficiencyOf(columns: Columns): number | undefined {
  const sum = (name: string) => columns.numbers(name).reduce<number>((total, value) => total + (value ?? 0), 0)
  const [active, waiting] = [sum('active_days'), sum('waiting_days')]
  return active + waiting > 0 ? active / (active + waiting) : undefined
}

const ABOUT =
  'A time on the map is the time of all stays that ended in the period, divided by the items that left the stage. The ladder adds these up over the stages of the span; flow efficiency is that of the items that finished.'
const NOTHING = {
  title: 'Nothing moved in this scope',
  text: 'The map would show stages as boxes and waits as triangles, with the time an item spends in each. Widen the period or take filters away.',
}
