/** The game that the configuration names. */
import type { Config } from "./config.ts";
import { englishFilter } from "./game/english-filter.ts";
import { pondGame } from "./game/pond.ts";
import { wanderGame } from "./game/wander.ts";
import { chainFilters, wordListFilter } from "./game/word-filter.ts";
import { readWordsFile } from "./game/words-file.ts";
import type { CreateGame } from "./room/game.ts";

/** Throws an Error, with words for the operator, for a list of words that cannot be read. */
export function chooseGame({ game, spawnRange, filter, wordsFile }: Config): CreateGame {
  const english = filter === "english" ? [englishFilter()] : [];
  const others = wordsFile === "" ? [] : [wordListFilter(readWordsFile(wordsFile))];
  const pond = pondGame({ spawnRange, filter: chainFilters([...english, ...others]) });
  return game === "wander" ? wanderGame(pond) : pond;
}
