'use client'

import { SPARKLINE_SIZE, sparkline } from '@/lib/charts/sparkline'
import classes from './sparkline.module.css'

interface SparklineProps {
  readonly values: readonly (number | null)[]
  /** What the line shows, for those who do not see it. */
  readonly label: string
  /** px */
  readonly width?: number
}

/** The line and its last point. */
export function Sparkline({ values, label, width = SPARKLINE_SIZE.width }: SparklineProps) {
  const { height } = SPARKLINE_SIZE
  const { path, end } = sparkline(values, { width, height })
  return (
    <svg className={classes.line} width={width} height={height} role="img" aria-label={label}>
      <path d={path} />
      {end && <circle cx={end.x} cy={end.y} r={2.5} />}
    </svg>
  )
}
