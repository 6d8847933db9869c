/** Where a process's time went: a V8 CPU profile as shares of the time in which it was busy. Pure. */

/** The part of a .cpuprofile that is read. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  /** The node on top of the stack at each sample, and the time since the sample before, us. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The functions in which most time was spent, not counting what they called; without a place it is native code. */
export function topFunctions({ nodes, samples, timeDeltas }: CpuProfile, count: number): string[] {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url === "" ? "" : ` ${url.split("/").slice(-2).join("/")}:${lineNumber + 1}`;
      return [id, `${functionName || "(anonymous)"}${place}`];
    }),
  );
  const spentUs = new Map<string, number>();
  let busyUs = 0;
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? "(unknown)";
    // Starting the profiler takes a while, which is not the server's.
    if (name === "(idle)" || name.includes("node:inspector")) continue;
    busyUs += timeDeltas[i];
    spentUs.set(name, (spentUs.get(name) ?? 0) + timeDeltas[i]);
  }
  const most = [...spentUs].sort(([, a], [, b]) => b - a).slice(0, count);
  return most.map(([name, us]) => `${((us / busyUs) * 100).toFixed(1).padStart(5)} %  ${name}`);
}
