import type { Annotation } from '@/lib/model/portfolio'
import type { FaultList, Path } from './fault-list'
import { check } from './issues'
import type { Names } from './reading'
import { annotationInput } from './schema'
import { readScope } from './scope'

/** Annotations in the order of their days. */
export function readAnnotations(faults: FaultList, entries: readonly unknown[], path: Path, names: Names): Annotation[] {
  const annotations = entries.flatMap((value, index): Annotation[] => {
    const at = [...path, index]
    const input = check(faults, { value, schema: annotationInput, path: at })
    if (!input) return []
    const { on, until, kind = 'note', text, scope = {} } = input
    if (until !== undefined && until < on) faults.add([...at, 'until'], `lies before on, ${on}`, { value: until })
    return [{ on, ...(until === undefined ? {} : { until }), kind, text, scope: readScope(faults, scope, [...at, 'scope'], names) }]
  })
  return annotations.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}
