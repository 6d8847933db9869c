/**
 * What a tadpole does with each kind of input: one entry for each case of Input. A case of game.proto without an entry
 * here does not compile, and the error names it.
 */
import type { shoal } from "../../proto/gen/shoal.js";
import { HEADING_STEPS } from "../../proto/motion.ts";

/** Whom the input is of, and what it may change. */
export interface Steered {
  readonly slot: number;
  /** Where each slot turns to, heading steps. */
  readonly wanted: Uint16Array;
  /** 1 for each slot whose player swims. */
  readonly swims: Uint8Array;
}

type InputCase = NonNullable<shoal.Input["kind"]>;
type Payload<Case extends InputCase> = NonNullable<shoal.Input.$Properties[Case]>;
type Handlers = {
  readonly [Case in InputCase]: {
    /** Whether every number is in range. */
    check(input: Payload<Case>): boolean;
    take(input: Payload<Case>, steered: Steered): void;
  };
};

const handlers: Handlers = {
  steer: {
    check: ({ heading }) => (heading ?? 0) < HEADING_STEPS,
    take({ heading, swim }, { slot, wanted, swims }) {
      wanted[slot] = heading ?? 0;
      swims[slot] = swim ? 1 : 0;
    },
  },
};

export function checkInput<Case extends InputCase>(kind: Case, input: shoal.Input.$Properties): boolean {
  const payload = input[kind];
  return payload != null && handlers[kind].check(payload);
}

export function takeInput<Case extends InputCase>(kind: Case, input: shoal.Input.$Properties, steered: Steered): void {
  const payload = input[kind];
  if (payload != null) handlers[kind].take(payload, steered);
}
