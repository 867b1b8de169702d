/** Value of a `datetime-local` field, in local time to the second. */
export function toLocalField(ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** Undefined while the field holds no whole time. */
export function fromLocalField(text: string): number | undefined {
  const ms = new Date(text).getTime()
  return Number.isNaN(ms) ? undefined : ms
}
