// Others may work on the same machine: a figure counts when the machine was quiet right before and right after it was
// taken, whatever the figure says.

import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/** The machine is quiet when all of its cores together do nothing for this part of the time, over so many ms. */
const IDLE = 0.9;
const LOOK = 400;
/** How often a figure is taken at most. */
const TRIES = 4;

const counts = { quiet: 0, again: 0, busy: 0 };
let patience = 0;

/** Waits for quiet so many minutes, all in all; after that every figure counts. */
export function setPatience(minutes) {
  patience = minutes * 60_000;
}

/** Lets `measure` measure when the machine is quiet, and again if it was not quiet to the end. */
export async function inQuiet(measure) {
  for (let tries = 1; ; tries++) {
    while (!(await isQuiet()) && patience > 0) patience -= LOOK;
    const start = Date.now();
    const taken = await measure();
    const end = Date.now();
    // What was measured may have something to put away.
    await pause(LOOK);
    const wasQuiet = await isQuiet();
    if (wasQuiet || tries === TRIES || patience <= 0) {
      counts[wasQuiet ? "quiet" : "busy"] += 1;
      return taken;
    }
    counts.again += 1;
    patience -= end - start;
  }
}

/** Says how quiet it was since this was last asked. */
export function howQuiet() {
  const { quiet, again, busy } = counts;
  Object.assign(counts, { quiet: 0, again: 0, busy: 0 });
  return `${quiet} figures were taken in quiet, ${busy} on a busy machine; ${again} were not quiet to the end`;
}

async function isQuiet() {
  const before = spent();
  await pause(LOOK);
  const after = spent();
  return after.idle - before.idle > IDLE * (after.all - before.all);
}

function spent() {
  const times = cpus().map((core) => core.times);
  const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}
