/** CPU time a piece of work takes in this process, ms: unlike time on the clock, it does not grow while others have the processor. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
