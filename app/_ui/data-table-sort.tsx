'use client'

import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSelector } from '@tabler/icons-react'
import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import classes from './data-table.module.css'

const Hint = dynamic(() => import('./hint').then((module) => module.Hint), { ssr: false })

interface SortButtonProps {
  readonly title: string
  readonly hint: string | undefined
  readonly sorted: false | 'asc' | 'desc'
  readonly onSort: () => void
}

/** A column's title that sorts by it; its definition is fetched when the pointer or the focus first comes. */
export function SortButton({ title, hint, sorted, onSort }: SortButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [isNear, setNear] = useState<boolean>()
  return (
    <>
      <UnstyledButton
        ref={button}
        className={classes.sort}
        onClick={onSort}
        onPointerEnter={({ pointerType }) => pointerType !== 'touch' && setNear(true)}
        onPointerLeave={() => setNear(false)}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && setNear(true)}
        onBlur={() => setNear(false)}
      >
        {title}
        <SortIcon sorted={sorted} />
      </UnstyledButton>
      {hint && isNear !== undefined && <Hint target={button} text={hint} isNear={isNear} />}
    </>
  )
}

function SortIcon({ sorted }: { sorted: false | 'asc' | 'desc' }) {
  if (sorted === 'asc') return <IconChevronUp size={12} aria-hidden />
  if (sorted === 'desc') return <IconChevronDown size={12} aria-hidden />
  return <IconSelector size={12} aria-hidden className={classes.unsorted} />
}
