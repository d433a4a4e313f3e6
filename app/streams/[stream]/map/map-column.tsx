'use client'

import { UnstyledButton } from '@mantine/core'
import { stageColors } from '@/lib/charts/colors'
import type { Format } from '@/lib/charts/format'
import type { MapMove, MapStage, StreamMap } from '@/lib/charts/value-stream-map'
import { moveText, stageFigures, timeText } from '@/lib/charts/value-stream-text'
import type { ValueStream } from '@/lib/model/value-stream'
import { bothSchemes } from '../../../_ui/both-schemes'
import classes from './map-column.module.css'
import type { MapItems } from './use-map-items'

interface MapColumnProps {
  readonly map: StreamMap
  readonly stream: ValueStream
  readonly efficiency: number | undefined
  readonly items: MapItems
  readonly onDone: () => void
  readonly format: Format
}

/** The map from top to bottom, where there is no room from left to right. */
export function MapColumn({ map, stream, efficiency, items, onDone, format }: MapColumnProps) {
  const most = Math.max(1, ...map.moves.filter(({ kind }) => kind === 'forward').map(({ moves }) => moves))
  const longest = Math.max(...map.stages.map((stage) => stage.active + stage.waiting), 0)
  const backFrom = (at: number) => map.moves.filter((move) => move.kind === 'back' && move.fromAt === at && move.moves >= most / 100)
  return (
    <ol className={classes.column}>
      {map.stages.map((stage, at) => (
        <li key={stage.id} className={classes.step}>
          <StageCard
            stage={stage}
            color={bothSchemes((palette) => stageColors(stream.stages, palette).get(stage.id))}
            longest={longest}
            format={format}
            onOpen={() => items.openStage(stage.id)}
          />
          <Loops moves={backFrom(at)} items={items} format={format} />
          <Down move={map.moves.find((move) => move.kind === 'forward' && move.fromAt === at)} most={most} format={format} items={items} />
        </li>
      ))}
      <li className={classes.end}>
        <UnstyledButton className={classes.done} onClick={onDone}>
          <span className={classes.name}>{map.doneName}</span> reached {format.count(map.doneCount, 'time')}
        </UnstyledButton>
        <Loops moves={backFrom(map.stages.length)} items={items} format={format} />
        <dl className={classes.totals}>
          <Total label="Waiting" value={timeText(map.waiting, format)} />
          <Total label="Active" value={timeText(map.active, format)} />
          <Total label="Together" value={timeText(map.waiting + map.active, format)} />
          {efficiency !== undefined && <Total label="Flow efficiency" value={format.percent(efficiency)} />}
        </dl>
      </li>
    </ol>
  )
}

interface StageCardProps {
  readonly stage: MapStage
  readonly color: string
  readonly longest: number
  readonly format: Format
  readonly onOpen: () => void
}

function StageCard({ stage, color, longest, format, onOpen }: StageCardProps) {
  const width = (days: number) => `${longest > 0 ? (100 * days) / longest : 0}%`
  const figures = stageFigures(stage, format).filter(({ label }) => stage.kind === 'active' || label === 'WIP')
  return (
    <UnstyledButton className={classes.card} data-kind={stage.kind} style={{ borderLeftColor: color }} onClick={onOpen}>
      <span className={classes.name}>{stage.name}</span>
      {stage.isBottleneck && <span className={classes.tag}>Bottleneck</span>}
      {stage.isWaste && <span className={classes.waste}>waste: {format.percent(stage.waitShare)} of all waiting</span>}
      <span className={classes.bar} aria-hidden>
        <span style={{ width: width(stage.waiting), backgroundColor: 'var(--stage-wait)' }} />
        <span style={{ width: width(stage.active), backgroundColor: 'var(--stage-work)' }} />
      </span>
      <span className={classes.figures}>
        {(stage.kind === 'queue' || stage.waiting > 0) && (
          <span>
            Waiting <b>{timeText(stage.waiting, format)}</b>
          </span>
        )}
        {figures.map(({ label, value }) => (
          <span key={label}>
            {label} <b>{value}</b>
          </span>
        ))}
      </span>
      {stage.isBottleneck && <span className={classes.evidence}>{stage.evidence[0]?.text}</span>}
      {!stage.counted && <span className={classes.evidence}>Outside the span: not part of the totals.</span>}
    </UnstyledButton>
  )
}

interface MoveProps {
  readonly items: MapItems
  readonly format: Format
}

function Loops({ moves, items, format }: MoveProps & { moves: readonly MapMove[] }) {
  return moves.map((move) => (
    <UnstyledButton
      key={move.id}
      className={classes.loop}
      aria-label={`${moveText(move, format)} Open the items.`}
      onClick={() => items.openMove(move)}
    >
      ↑ {format.number(move.moves)} back to {move.toName}
    </UnstyledButton>
  ))
}

function Down({ move, most, items, format }: MoveProps & { move: MapMove | undefined; most: number }) {
  if (!move) return <span className={classes.gap} />
  return (
    <UnstyledButton className={classes.down} aria-label={`${moveText(move, format)} Open the items.`} onClick={() => items.openMove(move)}>
      <span className={classes.stem} style={{ width: 1.5 + (7.5 * move.moves) / most }} aria-hidden />
      {format.number(move.moves)}
    </UnstyledButton>
  )
}

function Total({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
