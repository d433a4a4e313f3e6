import type { Format } from '@/lib/charts/format'
import type { PlacedMove, PlacedStage } from '@/lib/charts/value-stream-layout'
import { stageFigures, timeText, wrapText } from '@/lib/charts/value-stream-text'
import classes from './map.module.css'

const LETTER = 6.4
const LINE = 15
const TAG = 176

interface StageMarkProps {
  readonly placed: PlacedStage
  readonly color: string
  readonly format: Format
}

/** A box with its figures in a fixed grid. */
export function BoxMark({ placed: { stage, box }, color, format }: StageMarkProps) {
  const names = wrapText(stage.name, Math.floor((box.width - 14) / LETTER), 2)
  return (
    <g>
      <rect
        x={box.x + 0.5}
        y={box.y + 0.5}
        width={box.width - 1}
        height={box.height - 1}
        rx={3}
        className={classes.box}
        data-worst={stage.isBottleneck || undefined}
        data-outside={!stage.counted || undefined}
      />
      <rect x={box.x + 1} y={box.y + 1} width={box.width - 2} height={5} fill={color} />
      {names.map((name, line) => (
        <text key={name} x={box.x + 9} y={box.y + 24 + line * LINE} className={classes.name}>
          {name}
        </text>
      ))}
      {stageFigures(stage, format).map((figure, row) => (
        <g key={figure.label} transform={`translate(0 ${box.y + 66 + row * 20})`}>
          <line x1={box.x + 9} x2={box.x + box.width - 9} y1={-14} y2={-14} className={classes.rule} />
          <text x={box.x + 9} className={classes.note}>
            {figure.label}
          </text>
          <text x={box.x + box.width - 9} textAnchor="end" className={classes.figure}>
            {figure.value}
          </text>
        </g>
      ))}
    </g>
  )
}

/** A triangle: items wait here. */
export function TriangleMark({ placed: { stage, box }, color, format }: StageMarkProps) {
  const middle = box.x + box.width / 2
  const names = wrapText(stage.name, Math.floor((box.width + 8) / LETTER), 3)
  const top = box.y + 46
  const wip = format.number(stage.wip)
  return (
    <g>
      {names.map((name, line) => (
        <text key={name} x={middle} y={top - 8 - (names.length - 1 - line) * LINE} textAnchor="middle" className={classes.name}>
          {name}
        </text>
      ))}
      <path
        d={`M${middle} ${top}L${middle + 25} ${top + 42}H${middle - 25}Z`}
        className={classes.triangle}
        data-outside={!stage.counted || undefined}
        style={{ stroke: stage.isBottleneck ? 'var(--sg-worse)' : color, fill: color }}
      />
      <text x={middle} y={top + 36} textAnchor="middle" className={classes.inTriangle} style={{ fontSize: sizeInTriangle(wip) }}>
        {wip}
      </text>
      <text x={middle} y={top + 61} textAnchor="middle" className={classes.wait}>
        {timeText(stage.waiting, format)}
      </text>
      <text x={middle} y={top + 78} textAnchor="middle" className={classes.note}>
        waiting
      </text>
    </g>
  )
}

/** Font size in px with which a figure stays inside its triangle: wide ones must be small. */
function sizeInTriangle({ length }: string): number {
  if (length <= 4) return 13
  return length === 5 ? 12 : length === 6 ? 10 : 9
}

/** What a stage wears when it holds the flow up, with the evidence. */
export function TagMark({ placed: { stage, box }, top, format, bounds }: Omit<StageMarkProps, 'color'> & { top: number; bounds: number }) {
  if (!stage.isBottleneck) return null
  const strongest = stage.evidence[0]
  const more = stage.evidence.length - 1
  const lines = [...wrapText(strongest?.text ?? '', 28, 3), ...(more > 0 ? [`and ${format.count(more, 'more reason')}`] : [])].slice(0, 3)
  const middle = box.x + box.width / 2
  const x = Math.min(Math.max(middle - TAG / 2, 0), bounds - TAG)
  return (
    <g>
      <path d={`M${middle - 5} ${top}L${middle} ${top - 6}L${middle + 5} ${top}Z`} className={classes.tag} />
      <rect x={x} y={top} width={TAG} height={18} rx={2} className={classes.tag} />
      <text x={x + TAG / 2} y={top + 13} textAnchor="middle" className={classes.onTag}>
        Bottleneck
      </text>
      {lines.map((line, index) => (
        <text key={line} x={x + TAG / 2} y={top + 33 + index * LINE} textAnchor="middle" className={classes.note}>
          {line}
        </text>
      ))}
    </g>
  )
}

/** A way forward, as thick as its count, or a loop back with its count on it. */
export function MoveMark({ placed, format, isLoop = false }: { placed: PlacedMove; format: Format; isLoop?: boolean }) {
  const { move, path, thickness, label } = placed
  const kind = move.kind
  const text = format.number(move.moves)
  const width = text.length * 7.5 + 10
  return (
    <g data-move={kind}>
      <path
        d={path}
        className={classes.move}
        data-kind={kind}
        strokeWidth={thickness}
        markerEnd={`url(#map-head-${kind === 'back' ? 'back' : 'on'})`}
      />
      {isLoop && (
        <>
          <rect x={label.x - width / 2} y={label.y - 9} width={width} height={18} className={classes.behind} />
          <text x={label.x} y={label.y + 4} textAnchor="middle" className={classes.count} data-kind={kind}>
            {text}
          </text>
        </>
      )}
    </g>
  )
}
