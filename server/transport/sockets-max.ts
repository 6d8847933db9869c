/**
 * How many sockets this process may hold. At its limit of open files it would spin at full load in `accept` (measured:
 * 98 % of a core), so the port closes well before. Knows nothing of what the sockets are for.
 */

/** More than the players of one process; a bound is wanted even where files are not limited. */
const SOCKETS_MAX = 12_000;
/** For files, logs, what Node keeps open by itself (27 in all, measured) and the operators' port (at most 24). */
const DESCRIPTORS_KEPT = 64;
/** With less, fewer sockets than kept descriptors would be left. */
const DESCRIPTORS_MIN = 128;

/**
 * The most sockets at once, HTTP included, under a limit of open files; undefined: there is none. Throws Error, with
 * words for the operator, when the limit is too low.
 */
export function socketsMaxFor(descriptorLimit: number | undefined): number {
  if (descriptorLimit === undefined) return SOCKETS_MAX;
  if (descriptorLimit < DESCRIPTORS_MIN) {
    throw new Error(
      `this process may open ${descriptorLimit} files, sockets included, and needs at least ${DESCRIPTORS_MIN}: ` +
        "raise the limit (`ulimit -n 4096`, or LimitNOFILE of a systemd unit)",
    );
  }
  return Math.min(SOCKETS_MAX, descriptorLimit - DESCRIPTORS_KEPT);
}

/**
 * This process's limit of open files, which Node has raised as far as it may; undefined where there is none (Windows)
 * or it is unlimited. From Node's diagnostic report, the only place that tells on macOS, too; takes some milliseconds.
 */
export function readDescriptorLimit(): number | undefined {
  // A checked border: the report's shape has no types.
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : undefined;
}
