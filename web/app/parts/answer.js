// Asks what a round came to, and how its ranking came about, until the server can say.
import { useEffect, useState } from "../view.js";
import { sentence } from "../lib/i18n.js";
import { client } from "../state/session.js";

/** @import { Board, Hold, Result, Round, Sample } from "../../types/model.js" */
/** @typedef {{closed: boolean, result: Result | null, holds: Hold[] | null, schedule: {round: number, same: boolean | null}[] | null, round: Round}} Answer */

const AGAIN_MS = 2_000; // while the other countings, or the history, are under way
const TRIES = 15;

/** Of a final that everybody may see, the other countings come. @param {Answer} answer */
export const computes = ({ result, holds, round }) => result != null && holds == null && round.final && round.state === "revealed";

/** So does what an extension changed. @param {Answer} answer */
const waits = (answer) => computes(answer) || (answer.result != null && answer.schedule == null && answer.round.extended > 0 && answer.round.state === "revealed");

/** @param {Board} board @param {Round | undefined} round */
export function useAnswer(board, round) {
  const [answer, setAnswer] = useState(/** @type {Answer | null} */ (null));
  const [fault, setFault] = useState("");
  const stamp = round ? `${board.slug}.${round.n}.${round.state}.${round.reopenings}` : "";
  useEffect(() => {
    let wanted = Boolean(round);
    /** @type {any} */
    let timer = null;
    let tries = 0;
    const ask = async () => {
      const got = await client.request("round.result", { board: board.slug, round: round?.n });
      if (!wanted) return;
      setAnswer(got);
      setFault("");
      if (waits(got) && ++tries < TRIES) timer = setTimeout(again, AGAIN_MS);
    };
    const again = () => ask().catch((refusal) => wanted && setFault(sentence(refusal)));
    if (wanted) again();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [stamp]);
  return { answer: answer?.round.n === round?.n ? answer : null, fault };
}

/** @param {Board} board @param {Round | undefined} round @param {boolean} visible @returns {Sample[]} up to the end of the round */
export function useSamples(board, round, visible) {
  const [samples, setSamples] = useState(/** @type {Sample[]} */ ([]));
  useEffect(() => {
    if (!visible) return undefined;
    /** @type {any} */
    let timer = null;
    let tries = 0;
    const ask = () => client.request("board.history", { board: board.slug }).then((history) => setSamples(history?.samples ?? []), () => {
      if (++tries < TRIES) timer = setTimeout(ask, AGAIN_MS); // the log is being read
    });
    ask();
    return () => {
      tries = TRIES;
      clearTimeout(timer);
    };
  }, [board.slug, round?.n, visible]);
  return samples.filter((sample) => sample.round <= (round?.n ?? 0));
}
