// When a question comes back: rules without a page, from the record of a lesson alone. Days are texts such as 2026-11-25.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning } = globalThis;

  // Days from one look to the next. A right answer goes one on, any other goes back to the start; behind the last a
  // question rests.
  const GAPS = [1, 3, 7, 21];

  const plus = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

  const answerOf = ({ answers }, key) => (answers && Object.hasOwn(answers, key) ? answers[key] : {});

  const review = {
    /** How many questions make one sitting. */
    MOST: 3,

    /**
     * The day from which a question is due; undefined if its lesson is not finished, or if it rests.
     * @param {{ done?: string, answers?: Record<string, { on: string, step?: number }> }} record
     */
    dueOn(record, key, today) {
      const { on, step = 0 } = answerOf(record, key);
      if (!record.done || step >= GAPS.length) return undefined;
      // A clock that was wrong has left days that are still to come. One day ahead may be a journey; later ones say
      // nothing, and a question without a day is due.
      const said = (step === 0 ? [record.done, on] : [on]).filter((day) => day && day <= plus(today, 1));
      return said.length > 0 ? plus(said.sort().at(-1), GAPS[step]) : today;
    },

    isDue(record, key, today) {
      return review.dueOn(record, key, today) <= today;
    },

    /** Those of the questions that are due. */
    due(record, keys, today) {
      return keys.filter((key) => review.isDue(record, key, today));
    },

    /** How many looks in a row were right, after one more. To look before the time is no step. */
    next(step, isRight, isDue) {
      if (!isRight) return 0;
      return Math.min(isDue ? step + 1 : step, GAPS.length);
    },

    /** What is to be kept of a question after a look at it. */
    look(record, key, right, today) {
      const { step = 0 } = answerOf(record, key);
      return { right, on: today, step: review.next(step, right, review.isDue(record, key, today)) };
    },
  };

  globalThis.levelOneReview = review;

  /**
   * How many questions are due, as far as the storage alone tells: those of finished lessons. None on a day for which the
   * reader has said "not today".
   * @param {string} [today]
   * @param {string} [module] of this module only
   */
  globalThis.levelOneDue = (today = learning.today(), module) => {
    if (kept.get("notToday") === today) return 0;
    const records = Object.values(learning.all()).filter((record) => !module || record.module === module);
    return records.reduce(
      (sum, record) => sum + review.due(record, Object.keys(record.answers ?? {}), today).length,
      0,
    );
  };
})();
