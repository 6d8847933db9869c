/**
 * Loaded into a control's server before its own code (`node --import`): a few words of its source are others, so that one defence is
 * missing (FAULTS_WITHOUT names it, see `defences.ts`). The process does not start if the words are not found.
 */
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { isDefence, rewrittenSources } from "./defences.ts";

const name = process.env["FAULTS_WITHOUT"] ?? "";
if (!isDefence(name)) throw new Error(`FAULTS_WITHOUT names no defence: ${JSON.stringify(name)}`);
const sources = new Map([...rewrittenSources(name)].map(([path, source]) => [pathToFileURL(path).href, source]));

registerHooks({
  load(url, context, nextLoad) {
    const source = sources.get(url);
    return source === undefined ? nextLoad(url, context) : { format: "module-typescript", source, shortCircuit: true };
  },
});
