import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import mark from '../_ui/status-mark.module.css'
import type { FoundArea } from './found-areas'
import classes from './verify.module.css'

/** What a check says that has no figures; its mark says the same. */
const HOLDS = 'holds'

/** Checks with their figures. */
export function CheckList({ checks }: Pick<FoundArea, 'checks'>) {
  return (
    <ul className={classes.checks}>
      {checks.map((check) => (
        <li key={`${check.area} ${check.name}`} data-met={check.is_met}>
          <CheckMark isMet={check.is_met} />
          <span className={classes.name}>{check.name}</span>
          {check.figures !== HOLDS && <span className={classes.figures}>{check.figures}</span>}
        </li>
      ))}
    </ul>
  )
}

function CheckMark({ isMet }: { isMet: boolean }) {
  return (
    <span className={mark.mark} data-tone={isMet ? 'better' : 'worse'}>
      {isMet ? <IconCircleCheck size={16} aria-hidden /> : <IconCircleX size={16} aria-hidden />} {isMet ? 'Holds' : 'Fails'}
    </span>
  )
}
