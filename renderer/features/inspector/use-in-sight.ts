import { type RefObject, useEffect, useState } from 'react'

/** True once the element has come near the visible part of its scroller; stays true. */
export function useInSight(element: RefObject<Element | null>): boolean {
  const [isInSight, setInSight] = useState(false)
  useEffect(() => {
    const target = element.current
    if (target === null || isInSight) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setInSight(true)
      },
      { rootMargin: '200px' },
    )
    observer.observe(target)
    return () => observer.disconnect()
  }, [element, isInSight])
  return isInSight
}
