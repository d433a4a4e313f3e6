import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX, IconTrendingUp } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { KpiStatus } from '@/lib/model/kpi'
import classes from './status-mark.module.css'

interface Look {
  readonly word: string
  readonly tone: 'better' | 'worse' | 'noise'
  readonly Icon: ComponentType<{ size: number; 'aria-hidden': boolean }>
}

const LOOKS: Record<KpiStatus, Look> = {
  met: { word: 'Met', tone: 'better', Icon: IconCircleCheck },
  'on track': { word: 'On track', tone: 'better', Icon: IconTrendingUp },
  'at risk': { word: 'At risk', tone: 'worse', Icon: IconAlertTriangle },
  'off track': { word: 'Off track', tone: 'worse', Icon: IconCircleX },
  'no evidence': { word: 'No evidence', tone: 'noise', Icon: IconCircleDashed },
}

/** A computed status as icon, word and colour. */
export function StatusMark({ status }: { status: KpiStatus }) {
  const { word, tone, Icon } = LOOKS[status]
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={16} aria-hidden /> {word}
    </span>
  )
}
