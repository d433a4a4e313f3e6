'use client'

import { SegmentedControl } from '@mantine/core'
import { INVESTMENT_MEASURES, INVESTMENT_SPLITS } from '@/lib/charts/investment-data'
import { INVESTMENT_GRAINS, type InvestmentChoice } from './use-investment'

/** What is shown: by goal or type, which figure, how long a period. */
export function InvestmentControls({ choice }: { choice: InvestmentChoice }) {
  return (
    <>
      <SegmentedControl
        aria-label="Goal or type"
        value={choice.by}
        onChange={(by) => choice.change({ investBy: by })}
        data={INVESTMENT_SPLITS.map((value) => ({ value, label: LABELS[value] }))}
      />
      <SegmentedControl
        aria-label="Figure"
        value={choice.measure}
        onChange={(invest) => choice.change({ invest })}
        data={INVESTMENT_MEASURES.map((value) => ({ value, label: LABELS[value] }))}
      />
      <SegmentedControl
        aria-label="Period length"
        value={choice.grain}
        onChange={(investPer) => choice.change({ investPer })}
        data={INVESTMENT_GRAINS.map((value) => ({ value, label: LABELS[value] }))}
      />
    </>
  )
}

const LABELS = {
  goal: 'Goal',
  type: 'Type',
  finished: 'Throughput',
  wip: 'In progress',
  time: 'Time, 85 %',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
} as const
