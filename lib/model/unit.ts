export const SPANS = ['lead', 'flow', 'cycle'] as const
export type SpanName = (typeof SPANS)[number]

/** Whether a span is one that every stream has. */
export function isPreset(span: string): span is SpanName {
  return SPANS.some((name) => name === span)
}

/** `days`: inclusive calendar days; `elapsed`: fractional days of 86,400 s; `workdays`: inclusive working days. */
export const UNITS = ['days', 'elapsed', 'workdays'] as const
export type Unit = (typeof UNITS)[number]

export const POLICIES = ['first_start_last_finish', 'last_start_last_finish', 'sum_of_visits'] as const
export type Policy = (typeof POLICIES)[number]

export const SLICE_RULES = ['as_of', 'at_finish', 'current', 'ever'] as const
export type SliceRule = (typeof SLICE_RULES)[number]

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Grain = (typeof GRAINS)[number]
