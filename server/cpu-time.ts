/** Processor time, to tell work from waiting for a processor that others have. */

/** Processor time that the calling thread has had so far, ms. A call takes about a microsecond. */
export function threadCpuMs(): number {
  // Older Nodes of the same ABI count all threads of the process only: that is more, never less.
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}
