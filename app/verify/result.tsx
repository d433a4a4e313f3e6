'use client'

import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconRefresh } from '@tabler/icons-react'
import type { Verification } from '@/lib/metrics/verify/verify'
import { useShell } from '../_ui/shell-context'
import mark from '../_ui/status-mark.module.css'
import { CheckList } from './check-list'
import { type FoundArea, heldText } from './found-areas'
import classes from './verify.module.css'

interface ResultProps {
  readonly found: Verification
  readonly areas: readonly FoundArea[]
  readonly onAgain: () => void
}

/** Whether all holds, what does not, and how to look again. */
export function Result({ found, areas, onAgain }: ResultProps) {
  const { format } = useShell()
  const failed = found.checks.filter((check) => !check.is_met)
  return (
    <section className={classes.card} aria-labelledby="result" data-testid="verify-result">
      <h2 id="result" className={mark.mark} data-tone={failed.length ? 'worse' : 'better'}>
        {failed.length ? <IconCircleX size={20} aria-hidden /> : <IconCircleCheck size={20} aria-hidden />}
        {failed.length
          ? `${format.number(failed.length)} of ${format.count(found.checks.length, 'check')} fail`
          : `All ${format.count(found.checks.length, 'check')} hold`}
      </h2>
      <p className={classes.text}>
        {failed.length
          ? 'Figures of this snapshot are not to be trusted until it is built again from its source.'
          : 'The figures of this snapshot follow from its history, and its files are as they were published.'}
      </p>
      {failed.length > 0 && <CheckList checks={failed} />}
      <ul className={classes.summary}>
        {areas.map((area) => (
          <li key={area.name}>
            <a href={`#area-${area.name}`}>{area.title}</a> <span className={classes.dim}>{heldText(area, format)}</span>
          </li>
        ))}
      </ul>
      <Button leftSection={<IconRefresh size={14} aria-hidden />} onClick={onAgain}>
        Check again
      </Button>
      <p className={classes.note}>
        A result is kept until a file is touched: only then are the checks run anew. On the command line, with exit code 1 when a check
        fails: <code>npx streamgauge verify {found.snapshot}</code>. Seed of what is drawn at random: {found.seed}.
      </p>
    </section>
  )
}
