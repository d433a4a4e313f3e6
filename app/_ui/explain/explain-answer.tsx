'use client'

import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { explainQuery } from '@/lib/client/explain'
import type { Params } from '@/lib/client/scope'
import { PanelError, PanelSkeleton } from '../panel-states'
import { useSnapshot } from '../shell-context'
import { useAskedParams } from '../use-metric'
import { Definition } from './definition'
import classes from './explain.module.css'
import { ExplainedItems } from './explained-items'
import { ExplainedParameters } from './explained-parameters'
import { ExplainedQueries } from './explained-queries'
import { LeftOut } from './left-out'
import type { AskedMetric } from './question'

const HEIGHT = 480
const PAGE_ITEMS = 50

/** Everything about the answers that a number or a picture was made of, one of them at a time. */
export function ExplainAnswer({ asked }: { asked: readonly AskedMetric[] }) {
  const [at, setAt] = useState(0)
  const chosen = asked[at] ?? asked[0]
  if (!chosen) return null
  return (
    <div className={classes.answer}>
      {asked.length > 1 && (
        <SegmentedControl
          aria-label="What is explained"
          fullWidth
          value={String(at)}
          onChange={(value) => setAt(Number(value))}
          data={asked.map((one, index) => ({ value: String(index), label: one.label ?? one.metric }))}
        />
      )}
      {chosen.about && <p className={classes.about}>{chosen.about}</p>}
      <OneAnswer key={at} asked={chosen} />
    </div>
  )
}

function OneAnswer({ asked }: { asked: AskedMetric }) {
  const { snapshot } = useSnapshot()
  const params: Params = useAskedParams(asked.params, asked.unscoped)
  const [offset, setOffset] = useState(0)
  const result = useQuery(explainQuery(snapshot.id, asked.metric, { ...params, limit: String(PAGE_ITEMS), offset: String(offset) }))
  if (result.error) return <PanelError error={result.error} height={HEIGHT} onRetry={() => void result.refetch()} />
  if (!result.data) return <Waiting />
  const told = result.data
  return (
    <div data-explained={told.metric} className={classes.sections}>
      <Definition told={told} />
      <ExplainedParameters told={told} />
      <ExplainedItems told={told} params={params} isStale={result.isPlaceholderData} onPage={setOffset} />
      <LeftOut told={told} />
      <ExplainedQueries told={told} />
    </div>
  )
}

function Waiting() {
  return (
    <div aria-busy="true" className={classes.sections}>
      <PanelSkeleton height={160} />
      <PanelSkeleton height={240} />
      <PanelSkeleton height={HEIGHT} />
    </div>
  )
}
