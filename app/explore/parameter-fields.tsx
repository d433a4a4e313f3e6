'use client'

import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ParamDoc } from '@/lib/metrics/describe'
import { POLICIES, SLICE_RULES } from '@/lib/model/unit'
import { useScope } from '../_ui/use-scope'
import type { ExploreState } from './use-explore'

/** A field for everything that the metric takes beside the scope, made from its own description. */
export function ParameterFields({ state: { explored, change } }: { state: ExploreState }) {
  const { form, own } = explored
  return (
    <>
      {form.params.map((param) => (
        <ParameterField
          key={`${form.name} ${param.name} ${own[param.name] ?? ''}`}
          param={param}
          value={own[param.name]}
          onChange={(value) => change({ own: { [param.name]: value } })}
        />
      ))}
      {form.uses.includes('rule') && <ScopeChoice name="rule" label="Slice rule" values={SLICE_RULES} fallback="As the metric’s" />}
      {form.uses.includes('policy') && <ScopeChoice name="policy" label="Policy" values={POLICIES} fallback="First start, last finish" />}
    </>
  )
}

interface ParameterFieldProps {
  readonly param: ParamDoc
  readonly value: string | undefined
  readonly onChange: (value: string | null) => void
}

function ParameterField({ param, value, onChange }: ParameterFieldProps) {
  const [text, setText] = useState(value ?? '')
  const { name, allowed, default: fallback, required, meaning } = param
  const label = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase())
  if (allowed) {
    return (
      <Select
        size="xs"
        label={label}
        title={meaning}
        allowDeselect={false}
        value={value ?? fallback ?? null}
        data={allowed.map((one) => ({ value: one, label: one.replaceAll('_', ' ') }))}
        onChange={(one) => onChange(one === fallback ? null : one)}
      />
    )
  }
  const commit = () => {
    if (text.trim() !== (value ?? '')) onChange(text.trim() || null)
  }
  return (
    <TextInput
      size="xs"
      label={label}
      title={meaning}
      placeholder={fallback ?? (required ? 'needed' : 'any')}
      required={required}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}

interface ScopeChoiceProps {
  readonly name: 'rule' | 'policy'
  readonly label: string
  readonly values: readonly string[]
  readonly fallback: string
}

/** Choices that hold on every page; here, where figures are taken apart, they are at hand. */
function ScopeChoice({ name, label, values, fallback }: ScopeChoiceProps) {
  const { scope, change } = useScope()
  return (
    <Select
      size="xs"
      label={label}
      placeholder={fallback}
      clearable
      clearButtonProps={{ 'aria-label': `${label}: ${fallback.toLowerCase()}` }}
      value={scope[name] ?? null}
      data={values.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
      onChange={(value) => change({ values: { [name]: value } })}
    />
  )
}
