'use client'

import dynamic from 'next/dynamic'
import { parseAsJson, useQueryState } from 'nuqs'
import { createContext, type ReactNode, use, useCallback, useMemo } from 'react'
import { LateDrawer } from '../late-drawer'
import { PanelSkeleton } from '../panel-states'
import { type ExplainQuestion, questionOf } from './question'

const Answer = dynamic(() => import('./explain-answer').then((module) => module.ExplainAnswer), {
  loading: () => <PanelSkeleton height={480} />,
})

interface Explaining {
  readonly open: (question: ExplainQuestion) => void
  readonly isOpen: boolean
}

const ExplainContext = createContext<Explaining>({ open: () => undefined, isOpen: false })

/** Opens "How is this computed?" for a number or a picture. */
export function useExplain(): Explaining {
  return use(ExplainContext)
}

const PARSER = parseAsJson(questionOf).withOptions({ history: 'push' })

/** The one drawer of a page that explains its numbers; what is open stands in the address, so it can be shared and gone back from. */
export function ExplainProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useQueryState('explain', PARSER)
  const open = useCallback((asked: ExplainQuestion) => void setQuestion(asked), [setQuestion])
  const close = useCallback(() => void setQuestion(null), [setQuestion])
  const value = useMemo(() => ({ open, isOpen: question !== null }), [open, question])
  return (
    <ExplainContext value={value}>
      {children}
      <LateDrawer
        opened={question !== null}
        onClose={close}
        position="right"
        size="min(760px, 100%)"
        zIndex={300}
        title={question ? `How is this computed? ${question.title}` : ''}
        closeButtonProps={{ 'aria-label': 'Close the explanation' }}
        transitionProps={{ duration: 0 }}
        styles={{ title: { fontSize: 16, fontWeight: 600, lineHeight: 1.4 } }}
      >
        {question && <Answer key={question.title} asked={question.asked} />}
      </LateDrawer>
    </ExplainContext>
  )
}
