import { SCOPE_PARAMS, sharedParamDocs } from '@/lib/metrics/describe'
import { Drawn } from './drawn/drawn'
import { wholeStory } from './drawn/whole-story'
import classes from './glossary.module.css'
import { TERM_LISTS } from './terms'

/** What many metrics take, said once: parameters, spans, units, policies, slice rules, periods. */
export function SharedParameters() {
  const explained = new Set(TERM_LISTS.map((list) => list.name))
  return (
    <section aria-labelledby="shared">
      <h2 className={classes.areaTitle} id="shared">
        What metrics share
      </h2>
      <article className={classes.entry}>
        <h3 id="story">The story in the drawings</h3>
        <Drawn drawing={wholeStory} name="story" title="The story in the drawings" />
      </article>
      <article className={classes.entry}>
        <h3 id="param-scope">Scope and window</h3>
        <p className={classes.doc}>
          Every metric can be narrowed to value streams and dimension values, looks at a window of local days [from, to), and knows nothing
          that happened after the as-of day. Parameters that mean nothing to a metric are ignored, and the answer names them.
        </p>
        <dl className={classes.params}>
          {[...SCOPE_PARAMS, ...sharedParamDocs().filter((param) => !explained.has(param.name))].map((param) => (
            <div key={param.name} id={`param-${param.name}`}>
              <dt>
                <code>{param.name}</code>
              </dt>
              <dd>
                {param.meaning}
                {param.default !== undefined && <span className={classes.note}>default: {param.default}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </article>
      {TERM_LISTS.map((list) => (
        <article key={list.name} className={classes.entry} id={`param-${list.name}`}>
          <h3>
            {list.title} <code className={classes.name}>{list.name}</code>
          </h3>
          <p className={classes.doc}>{list.lead}</p>
          <dl className={classes.params}>
            {list.terms.map((term) => (
              <div key={term.name}>
                <dt>
                  <code>{term.name}</code>
                </dt>
                <dd>{term.meaning}</dd>
              </div>
            ))}
          </dl>
        </article>
      ))}
    </section>
  )
}
