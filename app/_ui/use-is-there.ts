'use client'

import { useEffect, useState } from 'react'

/** False when first drawn. Mantine notes where the focus was when something goes from closed to open, so what comes late comes closed. */
export function useIsThere(): boolean {
  const [isThere, setThere] = useState(false)
  useEffect(() => setThere(true), [])
  return isThere
}
