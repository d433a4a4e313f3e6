import type { StageKind } from '@/lib/model/stage'

export type ColorScheme = 'light' | 'dark'

/** Every colour of the product, as hex. CSS variables and chart options are both made from this. */
export interface Palette {
  readonly page: string
  readonly surface: string
  readonly raised: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly textDim: string
  /** Axis ticks and other quiet marks; no text. */
  readonly faint: string
  readonly accent: string
  /** Steps of one hue per stage kind, first in the flow first. */
  readonly stages: Readonly<Record<StageKind, readonly string[]>>
  readonly types: Readonly<Record<string, string>>
  /** Tracker types that no flow type names. */
  readonly otherTypes: readonly string[]
  /** Goals, teams and other slices, in a fixed order (Okabe–Ito family). */
  readonly slices: readonly string[]
  readonly rest: string
  readonly better: string
  readonly worse: string
  readonly noise: string
  /** Text on a filled accent. */
  readonly onAccent: string
}

const LIGHT: Palette = {
  page: '#f6f6f4',
  surface: '#ffffff',
  raised: '#ffffff',
  line: '#e5e5e1',
  lineStrong: '#c9cac5',
  text: '#1d2126',
  textDim: '#565d66',
  faint: '#858b93',
  accent: '#0067a3',
  stages: {
    queue: ['#ad8747', '#8f6d35', '#735626', '#57411a'],
    active: ['#2a958e', '#187b75', '#0e625d', '#074a46'],
    done: ['#788491', '#616d7a', '#4b5663', '#37414c'],
  },
  types: { feature: '#0072b2', defect: '#c85200', risk: '#a5528a', debt: '#8f6400' },
  otherTypes: ['#2f353c', '#5d656e', '#8a9199'],
  slices: ['#0072b2', '#c85200', '#008060', '#a5528a', '#3a9bd0', '#a87100', '#5b4fa8', '#6f6200', '#b03a48', '#4d7f2e'],
  rest: '#737a83',
  better: '#0067a3',
  worse: '#b84a00',
  noise: '#6b727b',
  onAccent: '#ffffff',
}

const DARK: Palette = {
  page: '#131518',
  surface: '#1b1e22',
  raised: '#24282d',
  line: '#2b3036',
  lineStrong: '#454c54',
  text: '#e4e7ea',
  textDim: '#a3abb4',
  faint: '#767e87',
  accent: '#58ade6',
  stages: {
    queue: ['#8f7343', '#ad8c4c', '#c8a86c', '#e0c691'],
    active: ['#1f8880', '#2fa59c', '#55bfb6', '#8ad8d1'],
    done: ['#6c7886', '#8692a0', '#a2adba', '#c0c9d3'],
  },
  types: { feature: '#3d9fdb', defect: '#e8743b', risk: '#d689b6', debt: '#d9a23a' },
  otherTypes: ['#dfe3e7', '#a3abb4', '#6d757e'],
  slices: ['#3d9fdb', '#e8743b', '#22b28c', '#d689b6', '#7cc4ee', '#e3a32b', '#9b8fe0', '#d9cb3c', '#e27d88', '#8dbb66'],
  rest: '#8b939c',
  better: '#58ade6',
  worse: '#f08a55',
  noise: '#98a0a9',
  onAccent: '#10171d',
}

/** The colours of a scheme. */
export function paletteOf(scheme: ColorScheme): Palette {
  return scheme === 'dark' ? DARK : LIGHT
}
