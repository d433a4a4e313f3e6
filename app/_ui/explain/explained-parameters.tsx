'use client'

import type { Explanation } from '@/lib/metrics/explain/explain'
import { DocText } from '../doc-text'
import classes from './explain.module.css'

type Parameter = Explanation['parameters'][number]

const ORIGINS: Record<Parameter['origin'], string> = {
  asked: 'asked for',
  cut: 'asked for, cut at the as-of day',
  snapshot: 'from the snapshot',
  metric: 'default',
}

/** Parameters in force, where each value came from, and the ones that play no part. */
export function ExplainedParameters({ told }: { told: Explanation }) {
  const inForce = told.parameters.filter((parameter) => parameter.value !== null)
  const open = told.parameters.filter((parameter) => parameter.value === null)
  return (
    <section aria-labelledby="explain-parameters">
      <h3 id="explain-parameters" className={classes.heading}>
        Parameters in force
      </h3>
      <dl className={classes.parameters}>
        {inForce.map((parameter) => (
          <div key={parameter.name}>
            <dt>
              <code>{parameter.name}</code>
            </dt>
            <dd>
              <span className={classes.value}>{parameter.value}</span> <span className={classes.origin}>{originText(parameter)}</span>
              <span className={classes.meaning}>
                <DocText text={parameter.meaning} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {open.length > 0 && <p className={classes.note}>Not set: {open.map(({ name }) => name).join(', ')}</p>}
      {told.ignored.length > 0 && <p className={classes.note}>Without meaning for this metric, so ignored: {told.ignored.join(', ')}</p>}
    </section>
  )
}

function originText({ origin, value, default: fallback }: Parameter): string {
  if (origin !== 'asked' || fallback === null || fallback === value) return ORIGINS[origin]
  return `${ORIGINS.asked}; default ${fallback}`
}
