'use client'

import { Tooltip } from '@mantine/core'
import { sliceColors, stageColors } from '@/lib/charts/colors'
import { spell } from '@/lib/charts/format'
import { type LifeLine, type LifeSegment, placeOf } from '@/lib/charts/life-line'
import type { ValueStream } from '@/lib/model/value-stream'
import { bothSchemes } from '../../_ui/both-schemes'
import { Panel } from '../../_ui/panel'
import { useTeamOrder } from '../../_ui/scope/use-team-order'
import { useSnapshot } from '../../_ui/shell-context'
import { type MetricResult, panelState } from '../../_ui/use-metric'
import { lifeLanes, lifeTicks } from './life-lanes'
import classes from './life-panel.module.css'

interface LifePanelProps {
  readonly item: string
  readonly line: LifeLine
  readonly stream: ValueStream
  readonly result: MetricResult
}

/** Lanes over one time axis: a lane per stage, then blocks, then teams. */
export function LifePanel({ item, line, stream, result }: LifePanelProps) {
  const { format } = useSnapshot()
  const teams = useTeamOrder()
  const lanes = lifeLanes(line, stream)
  const seconds = (line.end - line.start) / 1000
  const colorOf = (segment: LifeSegment) =>
    bothSchemes((palette) => {
      if (segment.lane === 'blocked') return palette.worse
      if (segment.lane === 'team') return sliceColors(teams, palette).get(segment.name)
      return stageColors(stream.stages, palette).get(segment.name)
    })
  return (
    <Panel
      id="life"
      title="Life of the item"
      facts={[`${spell(seconds)} from first to last change`, `times in ${stream.timezone}`]}
      verdict={lifeVerdict(line, stream)}
      state={panelState(result)}
      asked={[{ metric: 'item-life', params: { item } }]}
      height={lanes.length * 32 + 28}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, also by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-label="Timeline; the table below says the same">
        <div className={classes.lanes}>
          <div className={classes.axis} aria-hidden>
            {lifeTicks(line).map((tick) => (
              <span key={tick.at} style={{ left: `${tick.left}%` }} className={classes.tick}>
                {format.instant(tick.at, stream.timezone).replace(/,? \d{1,2}:\d{2}.*$/, '')}
              </span>
            ))}
          </div>
          {lanes.map((lane) => (
            <div key={lane.id} className={classes.lane}>
              <span className={classes.laneName} title={lane.name}>
                {lane.name}
              </span>
              <div className={classes.track}>
                {lane.segments.map((segment) => (
                  <Tooltip key={segment.start} label={segmentText(segment, lane.name, (ms) => format.instant(ms, stream.timezone))}>
                    <span
                      className={classes.segment}
                      data-kind={lane.kind}
                      data-lasts={segment.lasts || undefined}
                      style={{
                        left: `min(calc(100% - 3px), ${placeOf(segment, line).left}%)`,
                        width: `max(3px, ${placeOf(segment, line).width}%)`,
                        [lane.kind === 'team' ? 'borderColor' : 'backgroundColor']: colorOf(segment),
                      }}
                    >
                      {lane.kind === 'team' ? <span className={classes.segmentName}>{segment.name}</span> : null}
                    </span>
                  </Tooltip>
                ))}
              </div>
            </div>
          ))}
        </div>
      </section>
    </Panel>
  )
}

function segmentText(segment: LifeSegment, lane: string, instant: (ms: number) => string): string {
  const name = segment.lane === 'team' ? segment.name : lane
  const until = segment.lasts ? 'still' : `to ${instant(segment.end)}`
  return `${name}: ${spell((segment.end - segment.start) / 1000)}, from ${instant(segment.start)} ${until}`
}

/** Where the time went before the finish: the stage that took most of it. */
function lifeVerdict(line: LifeLine, stream: ValueStream): string | undefined {
  const open = stream.stages.filter((stage) => stage.kind !== 'done')
  const totals = open.map((stage) => ({
    stage,
    ms: line.stages.filter((stay) => stay.name === stage.id).reduce((sum, stay) => sum + stay.end - stay.start, 0),
    visits: line.stages.filter((stay) => stay.name === stage.id).length,
  }))
  const longest = totals.reduce((most, total) => (total.ms > (most?.ms ?? 0) ? total : most), totals[0])
  if (!longest || longest.ms === 0) return undefined
  const blocked = line.blocked.reduce((sum, spellOf) => sum + spellOf.end - spellOf.start, 0)
  const times = longest.visits > 1 ? ` over ${longest.visits} visits` : ''
  const waits = longest.stage.kind === 'queue' ? ' (waiting)' : ''
  return `Most of its time went to ${longest.stage.name}${waits}: ${spell(longest.ms / 1000)}${times}.${blocked > 0 ? ` It was blocked for ${spell(blocked / 1000)}.` : ''}`
}
