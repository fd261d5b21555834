/** Faults of the store during a turn. `sinon.restore()` ends them. */
import sinon from 'sinon';
import type { BegunTurn, TurnStore } from '../../bot/store/conversations/turn-store.js';

type InTurn = TurnStore['inTurn'];

/** Every turn does its work, and then its state cannot be stored. */
export function failWrites(turns: TurnStore, error: Error): void {
  const inTurn = turns.inTurn.bind(turns);
  const failing = (begun: BegunTurn): BegunTurn => ({
    ...begun,
    run: async (work) => {
      await work();
      throw error;
    },
  });
  const faked: InTurn = (turn, work) => inTurn(turn, (begun) => work(failing(begun)));
  sinon.stub(turns, 'inTurn').callsFake(faked);
}

/** Every look for the place and the state of a turn takes this long. */
export function slowReads(turns: TurnStore, ms: number): void {
  const inTurn = turns.inTurn.bind(turns);
  const faked: InTurn = async (turn, work) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return inTurn(turn, work);
  };
  sinon.stub(turns, 'inTurn').callsFake(faked);
}
