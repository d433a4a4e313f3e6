import { typeColors } from '@/lib/charts/colors'
import { bothSchemes } from './both-schemes'
import classes from './type-mark.module.css'

/** A type's colour and name: the same everywhere. */
export function TypeMark({ type }: { type: string }) {
  if (!type) return <span>–</span>
  return (
    <span className={classes.mark}>
      <span className={classes.key} style={{ background: bothSchemes((palette) => typeColors([type], palette).get(type)) }} aria-hidden />
      {type}
    </span>
  )
}
