import { Fragment } from 'react'

/** A sentence of a definition, the names between its backticks as code. */
export function DocText({ text }: { text: string }) {
  return [...text.matchAll(/`([^`]+)`|[^`]+/g)].map((part) => (
    <Fragment key={part.index}>{part[1] === undefined ? part[0] : <code>{part[1]}</code>}</Fragment>
  ))
}
