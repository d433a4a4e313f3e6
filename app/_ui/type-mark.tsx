'use client'

import { useComputedColorScheme } from '@mantine/core'
import { typeColors } from '@/lib/charts/colors'
import { paletteOf } from '@/lib/charts/palette'
import classes from './type-mark.module.css'

/** A type's colour and name: the same everywhere. */
export function TypeMark({ type }: { type: string }) {
  const palette = paletteOf(useComputedColorScheme('light', { getInitialValueInEffect: false }))
  if (!type) return <span>–</span>
  return (
    <span className={classes.mark}>
      <span className={classes.key} style={{ background: typeColors([type], palette).get(type) }} aria-hidden />
      {type}
    </span>
  )
}
