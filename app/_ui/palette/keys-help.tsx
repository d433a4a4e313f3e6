'use client'

import { Kbd, Modal } from '@mantine/core'
import classes from './palette.module.css'

const KEYS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ['⌘ K', 'Ctrl K'], what: 'Go to a page, stream, goal, metric or item' },
  { keys: ['?'], what: 'This list' },
  { keys: ['Tab'], what: 'On to the next chart, table or control' },
  { keys: ['←', '→'], what: 'Through the points of a chart; each is read out' },
  { keys: ['Home', 'End'], what: 'First and last point of a chart' },
  { keys: ['Enter'], what: 'The items behind a point' },
  { keys: ['Esc'], what: 'Closes what is open' },
]

/** Which keys do what. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={classes.keys}>
        {KEYS.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} ff="inherit">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
