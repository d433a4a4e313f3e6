import type { Metric } from '@/lib/metrics/define'
import { type MetricDescription, type ParamDoc, SCOPE_PARAMS } from '@/lib/metrics/describe'
import { SHARED_SHAPE } from '@/lib/metrics/params'
import { defaultRule } from '@/lib/metrics/slice'
import { DocText } from '../_ui/doc-text'
import { DRAWINGS } from './drawn/drawings'
import { Drawn } from './drawn/drawn'
import classes from './glossary.module.css'

/** All that is said of a metric: definition, parameters, columns and a question to try. */
export function MetricEntry({ metric, told }: { metric: Metric; told: MetricDescription }) {
  const scope = new Set(SCOPE_PARAMS.map((param) => param.name))
  const own = told.params.filter((param) => param.name in metric.params.shape)
  const drawing = DRAWINGS.get(told.name)
  const shared = told.params.filter((param) => param.name in SHARED_SHAPE && !scope.has(param.name))
  return (
    <article className={classes.entry} id={`metric-${told.name}`} aria-labelledby={`title-${told.name}`}>
      <h3 id={`title-${told.name}`}>
        <a href={`#metric-${told.name}`}>{told.title}</a> <code className={classes.name}>{told.name}</code>
      </h3>
      <p className={classes.note}>
        Unit: {told.unit}
        {told.aka.length > 0 && ` · also called ${told.aka.join(', ')}`}
      </p>
      <p className={classes.doc}>
        <DocText text={told.doc} />
      </p>
      <p className={classes.note}>Source: {told.source}</p>
      {drawing && <Drawn drawing={drawing} name={told.name} title={told.title} />}
      <h4>Parameters</h4>
      {own.length > 0 && <OwnParameters params={own} />}
      <p className={classes.note}>
        {own.length > 0 ? 'And the shared ones: ' : 'The shared ones: '}
        {shared.map((param, index) => (
          <span key={param.name}>
            {index > 0 && ', '}
            <a href={`#param-${param.name}`}>{param.name}</a>
            {sharedDefault(param, metric)}
          </span>
        ))}
        , and the <a href="#param-scope">scope</a>
      </p>
      <h4>Columns of a row</h4>
      <Columns told={told} />
      <h4>Example</h4>
      <pre className={classes.example}>{told.example.command}</pre>
      <pre className={classes.example}>
        <a href={told.example.address}>{told.example.address}</a>
      </pre>
    </article>
  )
}

function sharedDefault(param: ParamDoc, metric: Metric): string {
  const fallback = param.name === 'rule' ? defaultRule(metric.subject) : param.default
  return fallback === undefined ? '' : ` (${fallback})`
}

function OwnParameters({ params }: { params: readonly ParamDoc[] }) {
  return (
    <dl className={classes.params}>
      {params.map((param) => (
        <div key={param.name}>
          <dt>
            <code>{param.name}</code>
          </dt>
          <dd>
            <DocText text={param.meaning} />
            <span className={classes.note}>{factsOf(param)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function factsOf({ required, allowed, default: fallback }: ParamDoc): string {
  const facts = [
    ...(required ? ['required'] : []),
    ...(allowed ? [`allowed: ${allowed.join(', ')}`] : []),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
  ]
  return facts.join(' · ')
}

function Columns({ told }: { told: MetricDescription }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, also by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={`Columns of ${told.title}`}>
      <table className={classes.columns}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">Unit</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {told.columns.map((column) => (
            <tr key={column.name}>
              <td>
                <code>{column.name}</code>
              </td>
              <td>{column.nullable ? `${column.kind}, may be absent` : column.kind}</td>
              <td>{column.unit ?? '–'}</td>
              <td>{column.meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
