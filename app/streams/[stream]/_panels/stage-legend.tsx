import { stageColors } from '@/lib/charts/colors'
import type { Stage } from '@/lib/model/stage'
import { bothSchemes } from '../../../_ui/both-schemes'
import classes from './stage-legend.module.css'

interface StageLegendProps {
  readonly stages: readonly Stage[]
  /** Shown stages; colours are those of all, so that a stage keeps its own. */
  readonly show?: readonly Stage[]
  /** Lines carry their names where there is room: the legend is for the phone only. */
  readonly onlyNarrow?: boolean
}

/** Colour and name of each stage; waiting is said by texture and word too. */
export function StageLegend({ stages, show = stages, onlyNarrow = false }: StageLegendProps) {
  const color = (id: string) => bothSchemes((palette) => stageColors(stages, palette).get(id))
  return (
    <ul className={classes.legend} data-only-narrow={onlyNarrow || undefined} aria-label="Stages">
      {show.map((stage) => (
        <li key={stage.id} className={classes.entry}>
          <span className={classes.key} data-kind={stage.kind} style={{ backgroundColor: color(stage.id) }} aria-hidden />
          {stage.name}
          {stage.kind === 'queue' ? <span className={classes.kind}>waiting</span> : null}
        </li>
      ))}
    </ul>
  )
}
