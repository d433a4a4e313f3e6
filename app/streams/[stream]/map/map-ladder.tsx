import type { Format } from '@/lib/charts/format'
import type { LadderStep, MapLayout } from '@/lib/charts/value-stream-layout'
import type { StreamMap } from '@/lib/charts/value-stream-map'
import { timeText } from '@/lib/charts/value-stream-text'
import classes from './map.module.css'

interface LadderProps {
  readonly map: StreamMap
  readonly layout: MapLayout
  readonly efficiency: number | undefined
  readonly format: Format
}

/** Waiting up, active down, with what they come to at the end. */
export function Ladder({ map, layout, efficiency, format }: LadderProps) {
  const steps = layout.stages.flatMap(({ steps: own }) => own)
  const wastes = layout.stages.filter(({ stage }) => stage.isWaste)
  const { up, down, to } = layout.ladder
  const y = (step: LadderStep) => (step.up ? up : down)
  return (
    <g>
      {steps.map((step, index) => {
        const before = steps[index - 1]
        const rise = before && before.up !== step.up ? `M${step.from} ${y(before)}V${y(step)}` : ''
        return (
          <g key={step.from}>
            <path d={`${rise}M${step.from} ${y(step)}H${step.to}`} className={classes.ladder} data-faint={!step.counted || undefined} />
            <text
              x={(step.from + step.to) / 2}
              y={step.up ? up - 7 : down + 17}
              textAnchor="middle"
              className={step.counted ? classes.figure : classes.note}
            >
              {timeText(step.days, format)}
            </text>
          </g>
        )
      })}
      {wastes.map(({ stage, steps: [first] }) => (
        <text
          key={stage.id}
          x={first ? (first.from + first.to) / 2 : 0}
          y={up - 24}
          textAnchor="middle"
          className={classes.waste}
        >{`waste ${format.percent(stage.waitShare)}`}</text>
      ))}
      <text x={0} y={up + 16} className={classes.note}>
        Waiting
      </text>
      <text x={0} y={down - 7} className={classes.note}>
        Active
      </text>
      <Totals map={map} at={to + 4} width={layout.done.width - 4} top={up - 14} efficiency={efficiency} format={format} />
    </g>
  )
}

interface TotalsProps {
  readonly map: StreamMap
  readonly at: number
  readonly width: number
  readonly top: number
  readonly efficiency: number | undefined
  readonly format: Format
}

function Totals({ map, at, width, top, efficiency, format }: TotalsProps) {
  const rows = [
    { label: 'Waiting', value: timeText(map.waiting, format) },
    { label: 'Active', value: timeText(map.active, format) },
    { label: 'Together', value: timeText(map.waiting + map.active, format) },
    ...(efficiency === undefined ? [] : [{ label: 'Efficiency', value: format.percent(efficiency) }]),
  ]
  return (
    <g>
      {rows.map((row, index) => (
        <g key={row.label} transform={`translate(${at} ${top + index * 24})`}>
          {index === 2 && <line x1={0} x2={Math.min(width, 132)} y1={-16} y2={-16} className={classes.total} />}
          <text className={classes.note}>{row.label}</text>
          <text x={Math.min(width, 132)} textAnchor="end" className={index < 2 ? classes.figure : classes.wait}>
            {row.value}
          </text>
        </g>
      ))}
    </g>
  )
}
