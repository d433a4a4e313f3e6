'use client'

import { SPARKLINE_SIZE, sparkline } from '@/lib/charts/sparkline'
import classes from './sparkline.module.css'

interface SparklineProps {
  readonly values: readonly (number | null)[]
  /** What the line shows, for those who do not see it. */
  readonly label: string
}

/** 96 × 24: the line and its last point. */
export function Sparkline({ values, label }: SparklineProps) {
  const { path, end } = sparkline(values)
  return (
    <svg className={classes.line} width={SPARKLINE_SIZE.width} height={SPARKLINE_SIZE.height} role="img" aria-label={label}>
      <path d={path} />
      {end && <circle cx={end.x} cy={end.y} r={2.5} />}
    </svg>
  )
}
