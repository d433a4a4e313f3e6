import { keptTogether } from '../../_ui/kept-together'
import { type Drawing, WIDTH } from './drawing'
import classes from './drawn.module.css'
import { Hatching } from './marks'

/** A drawing with the sentence that reads it. @param name unique on the page */
export function Drawn({ drawing: { caption, height, Picture }, name, title }: { drawing: Drawing; name: string; title: string }) {
  return (
    <figure className={classes.drawn}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={title}>
        <Hatching name={name} />
        <Picture />
      </svg>
      <figcaption>{keptTogether(caption)}</figcaption>
    </figure>
  )
}
