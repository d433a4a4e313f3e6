'use client'

import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { AREAS } from './areas'
import classes from './verify.module.css'

/** What is being done, and for how long already. */
export function Running() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <section className={classes.card} aria-labelledby="running" aria-busy="true">
      <h2 id="running" className={classes.running}>
        <Loader size={16} aria-hidden /> Checking
      </h2>
      <p className={classes.text}>
        {seconds} s so far; a minute or two in all. What is shown elsewhere stays as it is meanwhile. Leaving this page ends the run.
      </p>
      <ol className={classes.steps}>
        {AREAS.map((area) => (
          <li key={area.name}>
            <strong>{area.title}:</strong> {area.meaning}
          </li>
        ))}
      </ol>
    </section>
  )
}
