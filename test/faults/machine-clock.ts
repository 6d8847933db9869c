/** The machine's monotonic clock, ms: the same in all processes, and deaf to what is done to the wall's. */
const originMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

export function machineNowMs(): number {
  return performance.now() + originMs;
}
