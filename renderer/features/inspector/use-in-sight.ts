import { type RefObject, useCallback, useRef, useState } from 'react'

export interface InSight {
  /** For the element to watch. */
  readonly ref: (element: HTMLElement | null) => (() => void) | undefined
  /** The element as long as it is there. */
  readonly element: RefObject<HTMLElement | null>
  /** True once it has come near the visible part of its scroller; stays true. */
  readonly isInSight: boolean
}

/** Tells when an element comes into sight, also one that goes and comes back. */
export function useInSight(): InSight {
  const element = useRef<HTMLElement | null>(null)
  const [isInSight, setInSight] = useState(false)
  const ref = useCallback(
    (target: HTMLElement | null) => {
      element.current = target
      if (target === null || isInSight) return undefined
      const observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) setInSight(true)
        },
        { rootMargin: '200px' },
      )
      observer.observe(target)
      return () => {
        observer.disconnect()
        element.current = null
      }
    },
    [isInSight],
  )
  return { ref, element, isInSight }
}
