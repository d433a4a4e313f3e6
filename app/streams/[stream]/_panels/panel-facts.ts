'use client'

import type { MetricAnswer } from '@/lib/client/decode'
import { periodText } from '../../../_ui/scope/period-text'
import { useSnapshot } from '../../../_ui/shell-context'
import { useScope } from '../../../_ui/use-scope'

const RULES: Record<string, string> = {
  as_of: 'sliced as of each day',
  at_finish: 'sliced at finish',
  current: 'sliced by today’s values (history restated)',
  ever: 'sliced by any value ever held (slices overlap)',
}

/** Period and slice rule as they were in force, for a panel's second line; the rule is said only when something is sliced. */
export function usePanelFacts(answer: MetricAnswer | undefined): { period: string; rule: string | undefined } {
  const { scope } = useScope()
  const { format } = useSnapshot()
  const sliced = Object.keys(scope.dimensions).some((name) => name !== 'stream')
  const rule = String(answer?.meta.params.rule ?? '')
  return { period: periodText(scope, format), rule: sliced ? (RULES[rule] ?? undefined) : undefined }
}
