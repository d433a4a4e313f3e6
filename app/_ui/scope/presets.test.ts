import { describe, expect, it } from 'vitest'
import { parseDay } from '@/lib/time/day'
import { periodPresets } from './presets'

describe('periodPresets', () => {
  const presets = new Map(periodPresets(parseDay('2016-05-31') ?? 0).map((preset) => [preset.label, `${preset.from} ${preset.to}`]))

  it('counts days back from the last day of the data, that day included', () => {
    expect(presets.get('30 days')).toBe('2016-05-02 2016-06-01')
  })

  it('takes whole past periods, half-open', () => {
    expect(presets.get('Last month')).toBe('2016-04-01 2016-05-01')
    expect(presets.get('Last quarter')).toBe('2016-01-01 2016-04-01')
    expect(presets.get('This year')).toBe('2016-01-01 2016-06-01')
  })
})
