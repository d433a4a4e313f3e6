import type { Format } from '@/lib/charts/format'

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** "12.3 MB" */
export function bytesText(bytes: number, format: Format): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${format.number(bytes / 1000 ** step, step === 0 ? 0 : 1)} ${UNITS[step]}`
}
