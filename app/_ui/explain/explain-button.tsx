'use client'

import { UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import classes from './explain-button.module.css'
import { useExplain } from './explain-provider'
import type { AskedMetric } from './question'

interface ExplainButtonProps {
  /** The number, as one would ask for it: "Throughput of Web shop". */
  readonly what: string
  readonly asked: AskedMetric | readonly AskedMetric[]
}

/** Beside a number that is no panel: how it is computed. */
export function ExplainButton({ what, asked }: ExplainButtonProps) {
  const { open } = useExplain()
  return (
    <UnstyledButton
      className={classes.button}
      aria-label={`How is ${what} computed?`}
      title="How is this computed?"
      aria-haspopup="dialog"
      onClick={() => open({ title: what, asked: 'metric' in asked ? [asked] : asked })}
    >
      <IconInfoCircle size={14} aria-hidden />
    </UnstyledButton>
  )
}
