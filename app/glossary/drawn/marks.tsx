import type { ReactNode } from 'react'
import { WIDTH } from './drawing'

/** Colours by what they mean. */
export const INK = {
  text: 'var(--sg-text)',
  dim: 'var(--sg-text-dim)',
  faint: 'var(--sg-faint)',
  line: 'var(--sg-line-strong)',
  surface: 'var(--sg-surface)',
  accent: 'var(--sg-accent)',
  worse: 'var(--sg-worse)',
  noise: 'var(--sg-noise)',
  active: 'var(--sg-active)',
  queue: 'var(--sg-queue)',
  done: 'var(--sg-done)',
} as const

const HATCH = 6

interface LabelProps {
  readonly x: number
  readonly y: number
  readonly children: ReactNode
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly color?: string
  readonly strong?: boolean
  /** Without the ground: inside of a coloured box. */
  readonly bare?: boolean
}

/** Text on its own ground, so that lines below it do not run through its letters. */
export function Label({ x, y, children, anchor = 'start', color = INK.text, strong = false, bare = false }: LabelProps) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor === 'start' ? undefined : anchor}
      fontWeight={strong ? 600 : undefined}
      fill={color}
      data-bare={bare || undefined}
    >
      {children}
    </text>
  )
}

interface StrokeProps {
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
  readonly color?: string
  readonly width?: number
  readonly dashed?: boolean
}

export function Stroke({ from, to, color = INK.line, width = 1, dashed = false }: StrokeProps) {
  return (
    <line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} stroke={color} strokeWidth={width} strokeDasharray={dashed ? '4 3' : undefined} />
  )
}

/** A length along the days: a line with an end at either side. */
export function Bracket({ from, to, y, color = INK.text }: { from: number; to: number; y: number; color?: string }) {
  return <path d={`M${from} ${y - 3}V${y + 3}M${from} ${y}H${to}M${to} ${y - 3}V${y + 3}`} fill="none" stroke={color} strokeWidth={1.5} />
}

export function Dot({
  x,
  y,
  r = 4,
  color = INK.accent,
  hollow = false,
}: {
  x: number
  y: number
  r?: number
  color?: string
  hollow?: boolean
}) {
  return <circle cx={x} cy={y} r={r} fill={hollow ? INK.surface : color} stroke={color} strokeWidth={1.5} />
}

interface BoxProps {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly color: string
  /** Name of the picture whose hatching lies over it: time that waits. */
  readonly hatch?: string
}

export function Box({ x, y, width, height, color, hatch }: BoxProps) {
  return (
    <>
      <rect x={x} y={y} width={width} height={height} rx={1.5} fill={color} />
      {hatch !== undefined && <rect x={x} y={y} width={width} height={height} rx={1.5} fill={`url(#${hatchId(hatch)})`} />}
    </>
  )
}

function hatchId(name: string): string {
  return `drawn-hatch-${name}`
}

/** The texture of waiting, so that it is told apart in print and without colours. */
export function Hatching({ name }: { name: string }) {
  return (
    <defs>
      <pattern id={hatchId(name)} width={HATCH} height={HATCH} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={1.6} height={HATCH} fill={INK.surface} opacity={0.65} />
      </pattern>
    </defs>
  )
}

/** The foot of a picture with bars or points: a line with what it stands for at its right end. */
export function Ground({ y, from = 0, to = WIDTH }: { y: number; from?: number; to?: number }) {
  return <Stroke from={[from, y]} to={[to, y]} color={INK.faint} />
}

interface CountCellProps {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly count: number
  readonly color: string
  /** The one that the caption speaks of. */
  readonly isMeant: boolean
}

/** A cell that is the stronger the more it counts; nothing where there is nothing. */
export function CountCell({ x, y, width, height, count, color, isMeant }: CountCellProps) {
  if (count === 0) return null
  const inside = { x: x + 1, y: y + 1, width: width - 2, height: height - 2, rx: 1.5 }
  return (
    <>
      <rect {...inside} fill={color} opacity={0.12 + 0.07 * count} />
      <Label x={x + width / 2} y={y + height / 2 + 4} anchor="middle" bare>
        {count}
      </Label>
      {isMeant && <rect {...inside} fill="none" stroke={INK.text} strokeWidth={1.5} />}
    </>
  )
}
