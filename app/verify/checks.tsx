'use client'

import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconRefresh } from '@tabler/icons-react'
import type { Verification } from '@/lib/metrics/verify/verify'
import { useShell } from '../_ui/shell-context'
import mark from '../_ui/status-mark.module.css'
import { AREAS } from './areas'
import classes from './verify.module.css'

type Check = Verification['checks'][number]

/** Every check with its figures, those that fail first. */
export function Checks({ found, onAgain }: { found: Verification; onAgain: () => void }) {
  const { format } = useShell()
  const failed = found.checks.filter((check) => !check.is_met)
  return (
    <>
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
            : 'The figures of this snapshot follow from its history, and its files are as they were published.'}{' '}
          Seed of what is drawn at random: {found.seed}.
        </p>
        <Button leftSection={<IconRefresh size={14} aria-hidden />} onClick={onAgain}>
          Check again
        </Button>
        <p className={classes.note}>
          A result is kept until a file is touched: only then are the checks run anew. On the command line, with exit code 1 when a check
          fails: <code>npx streamgauge verify {found.snapshot}</code>
        </p>
      </section>
      {AREAS.map((area) => (
        <Area key={area.name} {...area} checks={found.checks.filter((check) => check.area === area.name)} />
      ))}
    </>
  )
}

function Area({ name, title, meaning, checks }: (typeof AREAS)[number] & { checks: readonly Check[] }) {
  const { format } = useShell()
  const met = checks.filter((check) => check.is_met).length
  const ordered = [...checks.filter((check) => !check.is_met), ...checks.filter((check) => check.is_met)]
  return (
    <section className={classes.card} aria-labelledby={`area-${name}`}>
      <h2 id={`area-${name}`}>
        {title} <span className={classes.note}>{`${format.number(met)} of ${format.count(checks.length, 'check')} hold`}</span>
      </h2>
      <p className={classes.text}>{meaning[0]?.toUpperCase() + meaning.slice(1)}.</p>
      {checks.length === 0 && <p className={classes.note}>Not reached: what comes before must be readable first.</p>}
      <ul className={classes.checks}>
        {ordered.map((check) => (
          <li key={check.name} data-met={check.is_met}>
            <CheckMark isMet={check.is_met} />
            <span className={classes.name}>{check.name}</span>
            <span className={classes.figures}>{check.figures}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CheckMark({ isMet }: { isMet: boolean }) {
  return (
    <span className={mark.mark} data-tone={isMet ? 'better' : 'worse'}>
      {isMet ? <IconCircleCheck size={16} aria-hidden /> : <IconCircleX size={16} aria-hidden />} {isMet ? 'Holds' : 'Fails'}
    </span>
  )
}
